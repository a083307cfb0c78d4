import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { isUuid, newId } from '../../shared/new-id.js';
import type { Position } from '../../shared/paging/cursor.js';
import { maskIdentityCards } from '../../shared/text/mask-identity-card.js';
import { CallDone, CallReplaced, CallTaken } from './call.errors.js';
import type { CallFilter, CallLine, CallOutcome, CallProgress, NewCall } from './call-line.js';
import { CallStore } from './call.store.js';

/** How long a line stays with whoever took it, in milliseconds: a call, and a second try. */
const TAKEN_MS = 10 * 60_000;

/** Lists of people who are called because a message does not reach them. Who may use one, its feature decides. */
@Injectable()
export class CallList {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly store: CallStore,
  ) {}

  /** Puts somebody on a list instead of sending an SMS; in the transaction of the deed. */
  async add(call: NewCall): Promise<void> {
    const now = this.clock.now();
    await this.store.replace(call.aboutId, now, now, call.dedupeKey);
    await this.store.add(newId(), call, now);
  }

  /** Nobody has to be called about these any more: they answered by themselves, or there is nothing to come to. */
  async withdraw(aboutIds: readonly string[]): Promise<void> {
    if (aboutIds.length > 0) await this.store.withdraw(aboutIds, this.clock.now());
  }

  /** What becomes of a message decides who is called; runs in the transaction that settles it. */
  async settled(messageId: string): Promise<void> {
    const about = await this.store.about(messageId);
    if (!about) return;
    // Told by this one, or to be called because of it: either way what was said before is old.
    await this.store.replace(about.aboutId, about.createdAt, this.clock.now());
    await this.store.addUndelivered(newId(), messageId);
  }

  /** One more than `limit`. */
  page(listId: string, filter: CallFilter, after: Position | undefined, limit: number): Promise<CallLine[]> {
    return this.store.page(listId, filter, this.clock.now(), after, limit);
  }

  progress(listId: string): Promise<CallProgress> {
    return this.store.progress(listId);
  }

  /** @throws NotFound for a line that is not of this list */
  async assertKnown(listId: string, id: string): Promise<void> {
    if (!isUuid(id) || !(await this.store.isKnown(listId, id))) throw new NotFound('call');
  }

  /**
   * Gives the line to the caller for ten minutes, or for ten more; of two who ask at once one has it.
   *
   * @throws NotFound, CallTaken, CallDone, CallReplaced
   */
  async take(actor: StaffActor, listId: string, id: string): Promise<CallLine> {
    return this.db.transaction(async () => {
      const line = await this.held(actor, listId, id);
      const until = new Date(this.clock.now().getTime() + TAKEN_MS);
      await this.store.take(id, actor.accountId, until);
      await this.record(actor, 'take', line, {});
      return { ...line, takenBy: { id: actor.accountId, name: actor.name }, takenUntil: until };
    });
  }

  /**
   * Writes down what came of a call, and gives the line back. Numbers of identity cards in the note are masked.
   *
   * @throws NotFound, CallTaken, CallDone, CallReplaced
   */
  async settle(
    actor: StaffActor,
    listId: string,
    id: string,
    { outcome, note }: { outcome: CallOutcome; note?: string | null | undefined },
  ): Promise<void> {
    await this.db.transaction(async () => {
      const line = await this.held(actor, listId, id);
      const kept = note?.trim() ? maskIdentityCards(note) : null;
      const now = this.clock.now();
      await this.store.settle(id, outcome, kept, now);
      await this.store.attempt(newId(), { id, accountId: actor.accountId, outcome, note: kept }, now);
      await this.record(actor, 'settle', line, { outcome, attempt: line.attempts + 1 });
    });
  }

  private async held(actor: StaffActor, listId: string, id: string): Promise<CallLine> {
    const line = isUuid(id) ? await this.store.hold(listId, id, this.clock.now()) : undefined;
    if (!line) throw new NotFound('call');
    if (line.isReplaced) throw new CallReplaced();
    if (line.outcome === 'reached') throw new CallDone();
    if (line.takenBy && line.takenUntil && line.takenBy.id !== actor.accountId)
      throw new CallTaken(line.takenBy.name, line.takenUntil);
    return line;
  }

  private async record(
    actor: StaffActor,
    verb: 'take' | 'settle',
    line: CallLine,
    facts: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    await this.audit.record(actor, {
      action: `messages.call.${verb}`,
      subjectKind: 'call',
      subjectId: line.id,
      organisationId: line.organisationId,
      facts: { listId: line.listId, personId: line.personId, ...facts },
    });
  }
}
