import { Injectable } from '@nestjs/common';
import { MANAGING_ROLES, reachOf } from '../../campaigns/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { daysBetween, isLocalDate } from '../../shared/clock/local-date.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { violates } from '../../shared/database/database.errors.js';
import { Database } from '../../shared/database/database.js';
import { type FieldError, InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { isUuid, newId } from '../../shared/new-id.js';
import { TrainerStore } from './trainer.store.js';
import { CoursesNotOwn, DaysOffOverlap } from './trainer.errors.js';
import { type DaysOff, type TaughtCourse, type TrainerDetail, TrainerQuery } from './trainer.query.js';

/** Longest absence, in days. */
const MAX_DAYS_OFF = 366;
const UNKNOWN_CITY = 'trainer_profile_home_city_fkey';

/** What may change of a trainer; what is left out stays. */
export interface TrainerChange {
  /** Slug of a city; null when it is not known any more. */
  homeCity?: string | null;
  /** Ids or slugs of all courses that they may teach. */
  courses?: readonly string[];
}

/** Where trainers set out from, what they may teach, and when they cannot: by those who plan with them, in part by themselves. */
@Injectable()
export class TrainerService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly trainers: TrainerQuery,
    private readonly store: TrainerStore,
  ) {}

  /** Those that the actor plans with. */
  list(actor: StaffActor): Promise<TrainerDetail[]> {
    return this.trainers.within(reachOf(actor.grants, MANAGING_ROLES), this.clock.now(), this.today());
  }

  /**
   * A trainer, and whether the actor plans with them: only then is it theirs to say what they teach.
   *
   * @throws NotFound for whoever is neither oneself nor somebody one plans with
   */
  async find(actor: StaffActor, id: string): Promise<{ trainer: TrainerDetail; plansWith: boolean }> {
    const reach = reachOf(actor.grants, MANAGING_ROLES);
    const within = await this.trainers.oneWithin(id, reach, this.clock.now(), this.today());
    if (within) return { trainer: within, plansWith: true };
    const own = id === actor.accountId ? await this.trainers.own(id, this.today()) : undefined;
    if (!own) throw new NotFound('trainer');
    return { trainer: own, plansWith: false };
  }

  /** Courses that they may be said to teach. */
  courses(actor: StaffActor): Promise<TaughtCourse[]> {
    return this.trainers.courses(reachOf(actor.grants, MANAGING_ROLES));
  }

  /** @throws NotFound, InvalidFields, CoursesNotOwn */
  async change(actor: StaffActor, id: string, { homeCity, courses }: TrainerChange): Promise<void> {
    const { trainer, plansWith } = await this.find(actor, id);
    if (courses !== undefined && !plansWith) throw new CoursesNotOwn();
    const courseIds = courses && (await this.courseIds(courses));
    try {
      await this.db.transaction(async () => {
        if (homeCity !== undefined) await this.store.setHome(id, homeCity);
        if (courseIds) await this.store.setCourses(id, courseIds);
        await this.note(actor, trainer, 'tours.trainer.change', {
          ...(homeCity === undefined ? {} : { homeCity }),
          ...(courseIds ? { courses: courseIds } : {}),
        });
      });
    } catch (error) {
      if (violates(error, UNKNOWN_CITY))
        throw new InvalidFields([{ pointer: '/homeCity', code: 'not-a-choice' }]);
      throw error;
    }
  }

  /**
   * Marks days on which a trainer cannot come.
   *
   * @throws NotFound, InvalidFields, DaysOffOverlap
   */
  async addDaysOff(actor: StaffActor, id: string, days: Omit<DaysOff, 'id'>): Promise<DaysOff> {
    const { trainer } = await this.find(actor, id);
    const errors = flawsOf(days, this.today());
    if (errors.length > 0) throw new InvalidFields(errors);
    const added = { id: newId(), ...days };
    try {
      await this.db.transaction(async () => {
        await this.store.addDaysOff(id, added, this.clock.now());
        await this.note(actor, trainer, 'tours.trainer.days-off', { from: days.from, to: days.to });
      });
    } catch (error) {
      if (violates(error, 'trainer_absence_once_a_day')) throw new DaysOffOverlap();
      throw error;
    }
    return added;
  }

  /** @throws NotFound */
  async dropDaysOff(actor: StaffActor, id: string, daysOffId: string): Promise<void> {
    const { trainer } = await this.find(actor, id);
    if (!isUuid(daysOffId)) throw new NotFound('days off');
    await this.db.transaction(async () => {
      if (!(await this.store.dropDaysOff(id, daysOffId))) throw new NotFound('days off');
      await this.note(actor, trainer, 'tours.trainer.days-on', { daysOff: daysOffId });
    });
  }

  private async courseIds(keys: readonly string[]): Promise<string[]> {
    const rows = await this.store.knownCourses(keys);
    const errors = keys.flatMap((key, i): FieldError[] =>
      rows.some(({ id, slug }) => id === key || slug === key)
        ? []
        : [{ pointer: `/courses/${i}`, code: 'not-a-choice' }],
    );
    if (errors.length > 0) throw new InvalidFields(errors);
    return rows.map(({ id }) => id);
  }

  private async note(
    actor: StaffActor,
    { id, organisationId }: TrainerDetail,
    action: string,
    facts: Readonly<Record<string, string | null | readonly string[]>>,
  ): Promise<void> {
    await this.audit.record(actor, {
      action,
      subjectKind: 'account',
      subjectId: id,
      organisationId,
      facts,
    });
  }

  private today(): string {
    return wallTimeOf(this.clock.now(), DEFAULT_ZONE).localDate;
  }
}

function flawsOf({ from, to }: Omit<DaysOff, 'id'>, today: string): FieldError[] {
  const errors: FieldError[] = [
    ['from', from],
    ['to', to],
  ].flatMap(([field = '', date = '']) =>
    isLocalDate(date) ? [] : [{ pointer: `/${field}`, code: 'not-a-date', params: { date } }],
  );
  if (errors.length > 0) return errors;
  if (to < from) return [{ pointer: '/to', code: 'ends-before-start' }];
  if (to < today) return [{ pointer: '/to', code: 'in-the-past' }];
  if (daysBetween(from, to) >= MAX_DAYS_OFF)
    return [{ pointer: '/to', code: 'too-many-days', params: { max: MAX_DAYS_OFF } }];
  return [];
}
