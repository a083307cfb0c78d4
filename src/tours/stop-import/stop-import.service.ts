import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { isLocalDate } from '../../shared/clock/local-date.js';
import { Database } from '../../shared/database/database.js';
import { violates } from '../../shared/database/database.errors.js';
import { type FieldError, InvalidFields } from '../../shared/errors/domain-error.js';
import { newId } from '../../shared/new-id.js';
import { TableReader } from '../../shared/tables/table-reader.js';
import { StopExists } from '../session.errors.js';
import { Stop } from '../stop.entity.js';
import { TourKeeping } from '../tour-keeping.service.js';
import { TourQuery, type TourRow } from '../tour.query.js';
import { type ImportedStop, judgeStops, missingColumns, type StopLine } from './stop-judge.js';

/** Rows of one table of stops. */
export const MAX_STOP_ROWS = 300;

const LOCK = `SELECT id FROM tour WHERE id = $1 FOR UPDATE`;

/** Stops of a tour from a table: looked at, then written. */
@Injectable()
export class StopImport {
  constructor(
    private readonly db: Database,
    private readonly tables: TableReader,
    private readonly keeping: TourKeeping,
    private readonly tours: TourQuery,
    private readonly audit: AuditLog,
  ) {}

  /**
   * What each row of a file would do; nothing is written.
   *
   * @throws NotFound, TableTooLarge, TableUnreadable, InvalidFields when a column is missing
   */
  async preview(actor: StaffActor, tourId: string, file: Uint8Array): Promise<StopLine[]> {
    const tour = await this.keeping.tourFor(actor, tourId);
    const { header, rows } = await this.tables.read(file);
    const teams = await this.tours.teams(tour.id);
    const [missing] = missingColumns(header.cells, { teams });
    if (missing) throw new InvalidFields([{ pointer: '/file', code: `column-${missing}-missing` }]);
    if (rows.length > MAX_STOP_ROWS)
      throw new InvalidFields([{ pointer: '/file', code: 'too-many', params: { max: MAX_STOP_ROWS } }]);
    return judgeStops(header.cells, rows, { teams, stops: await this.tours.stops(tour.id) });
  }

  /**
   * Reads a file and writes its stops: all of them, or none when a row is wrong.
   *
   * @throws NotFound, TableTooLarge, TableUnreadable, InvalidFields, StopExists
   */
  async save(actor: StaffActor, tourId: string, file: Uint8Array): Promise<StopLine[]> {
    const lines = await this.preview(actor, tourId, file);
    const errors = lines.flatMap(({ n, problems }) =>
      problems.map(({ field, code, params = {} }) => ({ pointer: `/rows/${n}/${field}`, code, params })),
    );
    if (errors.length > 0) throw new InvalidFields(errors);
    await this.write(
      actor,
      tourId,
      lines.flatMap(({ stop }) => stop ?? []),
    );
    return lines;
  }

  /**
   * Writes stops that were looked at; one that is there meanwhile stays as it is.
   *
   * @returns how many are new
   * @throws NotFound, InvalidFields
   */
  async write(actor: StaffActor, tourId: string, wanted: readonly ImportedStop[]): Promise<number> {
    const tour = await this.keeping.tourFor(actor, tourId);
    try {
      return await this.db.transaction(async () => {
        await this.db.read('stopImport.lock', LOCK, [tour.id]);
        return this.writeHeld(actor, tour, wanted);
      });
    } catch (error) {
      if (violates(error, 'stop_team_id_city_slug_local_date_key')) throw new StopExists();
      throw error;
    }
  }

  private async writeHeld(
    actor: StaffActor,
    tour: TourRow,
    wanted: readonly ImportedStop[],
  ): Promise<number> {
    await this.assertKnown(tour.id, wanted);
    const there = await this.tours.stops(tour.id);
    const fresh = wanted.filter(
      ({ teamId, city, localDate }) =>
        !there.some((one) => one.teamId === teamId && one.citySlug === city && one.localDate === localDate),
    );
    for (const { teamId, city: citySlug, localDate } of fresh)
      await this.db.manager.insert(Stop, { id: newId(), tourId: tour.id, teamId, citySlug, localDate });
    const subject = { subjectKind: 'tour', subjectId: tour.id, organisationId: tour.organisationId };
    const facts = { stops: fresh.length, there: wanted.length - fresh.length };
    await this.audit.record(actor, { action: 'tours.stops.import', ...subject, facts });
    return fresh.length;
  }

  /** What comes back from a page is looked at again. */
  private async assertKnown(tourId: string, wanted: readonly ImportedStop[]): Promise<void> {
    const teams = new Set((await this.tours.teams(tourId)).map(({ id }) => id));
    const cities = new Set((await this.tours.cities()).map(({ slug }) => slug));
    const errors: FieldError[] = wanted.length === 0 ? [{ pointer: '/stops', code: 'required' }] : [];
    if (wanted.length > MAX_STOP_ROWS)
      errors.push({ pointer: '/stops', code: 'too-many', params: { max: MAX_STOP_ROWS } });
    wanted.forEach(({ teamId, city, localDate }, i) => {
      if (!teams.has(teamId)) errors.push({ pointer: `/stops/${i}/teamId`, code: 'not-a-choice' });
      if (!cities.has(city)) errors.push({ pointer: `/stops/${i}/city`, code: 'city-unknown' });
      if (!isLocalDate(localDate)) errors.push({ pointer: `/stops/${i}/localDate`, code: 'not-a-date' });
    });
    if (errors.length > 0) throw new InvalidFields(errors);
  }
}
