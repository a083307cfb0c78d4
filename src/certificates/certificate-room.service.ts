import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import type { CertificateRow } from './certificate.js';
import type { SessionPlace } from './certificate-scope.query.js';
import { CertificateRoomQuery, type RoomRow } from './certificate-room.query.js';
import { CertificateService } from './certificate.service.js';
import { NameConfirmationService } from './name-confirmation.service.js';
import { printedName } from './printed-name.js';

/** Somebody of a session, with the name that will be printed. */
export interface RoomPerson extends RoomRow {
  confirmed: boolean;
}

/** What is done in the room: confirm the names of those who are there, and issue to one of them. */
@Injectable()
export class CertificateRoomService {
  constructor(
    private readonly db: Database,
    private readonly room: CertificateRoomQuery,
    private readonly names: NameConfirmationService,
    private readonly certificates: CertificateService,
    private readonly audit: AuditLog,
  ) {}

  /** The people of a session. @param sessionId id of a session the caller may see */
  async people(sessionId: string): Promise<RoomPerson[]> {
    const rows = await this.room.people(sessionId);
    const confirmed = await this.names.confirmedAmong(rows.map(({ personId }) => personId));
    return rows.map((row) => ({ ...row, confirmed: confirmed.has(row.personId) }));
  }

  /** @throws NotFound for somebody who is not of the session, and what `CertificateService.issue` throws */
  async issue(
    actor: StaffActor,
    session: SessionPlace,
    personId: string,
    confirmName: boolean,
  ): Promise<CertificateRow> {
    const { sessionId, courseId, campaignId } = session;
    const people = await this.room.people(sessionId);
    if (!people.some((row) => row.personId === personId)) throw new NotFound('person');
    return this.certificates.issue(actor, { personId, courseId, campaignId }, confirmName);
  }

  /** Keeps that the names are right as they stand now. @returns how many @throws NotFound */
  async confirm(actor: StaffActor, session: SessionPlace, personIds: readonly string[]): Promise<number> {
    const people = new Map((await this.room.people(session.sessionId)).map((row) => [row.personId, row]));
    const rows = personIds.map((id) => people.get(id));
    await this.db.transaction(async () => {
      for (const row of rows) {
        if (!row) throw new NotFound('person');
        await this.names.confirm(row.personId, printedName(row), actor.accountId);
      }
      await this.audit.record(actor, {
        action: 'certificates.confirm-names',
        subjectKind: 'session',
        subjectId: session.sessionId,
        organisationId: session.organisationId,
        facts: { people: personIds },
      });
    });
    return rows.length;
  }
}
