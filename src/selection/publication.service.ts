import { Injectable } from '@nestjs/common';
import { CallStore } from '../calls/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { ResultRecord } from './result.record.js';
import { countsOf, ResultReckoner } from './result.reckoner.js';
import { PreviewOutdated } from './selection.errors.js';
import type { Selection } from './selection.js';

/** Publishes results, so that everybody can check them. Whoever calls has made sure that the actor may. */
@Injectable()
export class PublicationService {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly calls: CallStore,
    private readonly reckoner: ResultReckoner,
    private readonly record: ResultRecord,
  ) {}

  /**
   * Publishes the result with the secret, once and for good, and tells everybody.
   *
   * @param digest of the preview that was looked at
   * @throws PreviewOutdated when somebody took a dossier back in between, SelectionNotInState
   */
  publish(actor: StaffActor, callId: string, digest: string): Promise<Selection> {
    return this.db.transaction(async () => {
      const call = await this.calls.lock(callId);
      if (!call) throw new NotFound('call');
      const reckoned = await this.reckoner.reckon(callId, await this.record.hold(callId));
      if (reckoned.digest !== digest)
        throw new PreviewOutdated('Another result than the one that was looked at');
      const messages = await this.record.write(call, reckoned, this.clock.now());
      await this.audit.record(actor, {
        ...{ action: 'selection.publish', subjectKind: 'call', subjectId: callId },
        organisationId: call.organisationId,
        facts: { ...countsOf(reckoned.ranking.dossiers), messages, digest },
      });
      const published = await this.record.hold(callId);
      if (!published) throw new Error(`Selection of ${callId} is gone`);
      return published;
    });
  }
}
