import { Injectable } from '@nestjs/common';
import { type Call, CallStore } from '../calls/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { DrawSecrets } from './draw-secret.js';
import type { Selection, SelectionDesign } from './selection.js';
import { SelectionChanged, SelectionNotInState, SelectionTooLate } from './selection.errors.js';
import { SelectionStore } from './selection.store.js';

/** How the dossiers of a call are to be chosen, until it is announced. Whoever calls has made sure that the actor may. */
@Injectable()
export class SelectionService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly calls: CallStore,
    private readonly store: SelectionStore,
    private readonly secrets: DrawSecrets,
  ) {}

  /**
   * Writes the design, the first time or again.
   *
   * @param revision of the design that was read; 0 where there was none
   * @throws SelectionChanged when somebody else saved in between, SelectionNotInState once it is announced
   */
  save(actor: StaffActor, call: Call, revision: number, design: SelectionDesign): Promise<Selection> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const isNew = revision === 0 && (await this.store.insert(call, design, now));
      if (!isNew) {
        const before = await this.store.lock(call.id);
        if (!before) throw new SelectionChanged(0);
        if (before.state !== 'draft') throw new SelectionNotInState(before.state);
        if (before.revision !== revision) throw new SelectionChanged(before.revision);
        await this.store.rewrite(call.id, design, now);
      }
      const { places, scorers, criteria, rules, quotas } = design;
      const counts = { criteria: criteria.length, rules: rules.length, quotas: quotas.length };
      await this.note(actor, 'selection.save', call, { places, scorers, ...counts });
      return this.reread(call.id);
    });
  }

  /**
   * Shows the design to everybody, with the hash of a secret that is made now. From then on the design is frozen.
   *
   * @throws SelectionNotInState, SelectionChanged; SelectionTooLate for a call that is not published, or closed
   */
  announce(actor: StaffActor, callId: string, revision?: number): Promise<Selection> {
    return this.db.transaction(async () => {
      const call = await this.calls.lock(callId);
      if (!call) throw new NotFound('call');
      const selection = await this.store.lock(callId);
      if (selection?.state !== 'draft') throw new SelectionNotInState(selection?.state ?? 'none');
      if (revision !== undefined && selection.revision !== revision)
        throw new SelectionChanged(selection.revision);
      const now = this.clock.now();
      if (call.state !== 'published' || now >= call.closesAt)
        throw new SelectionTooLate('Announced before the closing of a published call only');
      const promise = this.secrets.promise(callId);
      await this.store.announce(callId, promise, now, call.closesAt);
      await this.note(actor, 'selection.announce', call, { hash: promise.hash });
      return this.reread(callId);
    });
  }

  private note(
    actor: StaffActor,
    action: string,
    { id, organisationId }: Pick<Call, 'id' | 'organisationId'>,
    facts: Record<string, string | number>,
  ): Promise<void> {
    return this.audit.record(actor, { action, subjectKind: 'call', subjectId: id, organisationId, facts });
  }

  private async reread(callId: string): Promise<Selection> {
    const selection = await this.store.of(callId);
    if (!selection) throw new Error(`Selection of ${callId} is gone`);
    return selection;
  }
}
