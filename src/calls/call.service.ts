import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import type { CampaignScope } from '../campaigns/public.js';
import { Clock } from '../shared/clock/clock.js';
import { instantOf, wallTimeOf } from '../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { newId } from '../shared/new-id.js';
import { type Call, type CallDesign, type LocalMoment, LONGEST } from './call.js';
import { shapeOf } from './call-design.js';
import { CallChanged, CallDecided, CallFieldsFrozen, CallNotInState } from './call.errors.js';
import { CallDecisions } from './call-decisions.js';
import { slugFrom } from './call-slug.js';
import { CallStore, type DatedDesign } from './call.store.js';

/** Slugs that are tried before a call is named by its id. */
const MOST_TRIES = 20;

/** Calls as the staff make them. Whoever calls has made sure that the actor may. */
@Injectable()
export class CallService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly store: CallStore,
    private readonly decisions: CallDecisions,
  ) {}

  create(
    actor: StaffActor,
    { campaignId, organisationId }: CampaignScope,
    design: CallDesign,
  ): Promise<Call> {
    const id = newId();
    const base = slugFrom(design.title.fr);
    return this.db.transaction(async () => {
      for (let n = 1; ; n += 1) {
        const slug = n === 1 ? base : n <= MOST_TRIES ? `${base}-${n}` : `${base}-${id.slice(-12)}`;
        const call = { ...dated(design), id, organisationId, campaignId, slug, zone: DEFAULT_ZONE };
        if (await this.store.insert(call, this.clock.now())) break;
      }
      await this.note(actor, 'call.create', { id, organisationId }, { campaignId });
      return this.reread(id);
    });
  }

  /**
   * Saves a draft, or the words of a call that is published.
   *
   * @param revision of the call that was read
   * @throws CallChanged when somebody else saved in between, CallFieldsFrozen
   */
  save(actor: StaffActor, id: string, revision: number, design: CallDesign): Promise<Call> {
    return this.db.transaction(async () => {
      const call = await this.held(id);
      if (call.revision !== revision) throw new CallChanged(call.revision);
      const isPublished = call.state === 'published';
      if (isPublished && shapeOf(design.fields) !== shapeOf(call.fields))
        throw new CallFieldsFrozen('The questions are published');
      // The dates of a call that people read have a change of their own, with a reason.
      const { opens, closes, opensAt, closesAt } = call;
      const saved = isPublished ? { ...design, opens, closes, opensAt, closesAt } : dated(design);
      await this.store.rewrite(id, saved, this.clock.now());
      await this.note(actor, isPublished ? 'call.reword' : 'call.save', call, { revision: revision + 1 });
      return this.reread(id);
    });
  }

  /** Shows the call to everybody, once and for good. @throws CallChanged, CallNotInState */
  publish(actor: StaffActor, id: string, revision?: number): Promise<Call> {
    return this.db.transaction(async () => {
      const call = await this.held(id);
      if (call.state === 'published') throw new CallNotInState('published');
      if (revision !== undefined && call.revision !== revision) throw new CallChanged(call.revision);
      const now = this.clock.now();
      if (call.closesAt <= now)
        throw new InvalidFields([{ pointer: '/closes/localDate', code: 'call-closing-past' }]);
      await this.store.publish(id, now);
      await this.note(actor, 'call.publish', call, { fields: call.fields.length });
      return this.reread(id);
    });
  }

  /**
   * Closes a published call at once, or moves its closing: sooner, later, also after it was closed.
   *
   * @param closes null: now, to the second
   * @throws CallNotInState, CallDecided, InvalidFields
   */
  setClosing(actor: StaffActor, id: string, closes: LocalMoment | null, reason: unknown): Promise<Call> {
    const words = typeof reason === 'string' ? reason.trim() : '';
    if (words === '') throw new InvalidFields([{ pointer: '/reason', code: 'required' }]);
    if ([...words].length > LONGEST.reason || /[\0\p{Surrogate}]/u.test(words))
      throw new InvalidFields([{ pointer: '/reason', code: 'longer-than', params: { max: LONGEST.reason } }]);
    return this.db.transaction(async () => {
      const call = await this.held(id);
      if (call.state !== 'published') throw new CallNotInState('not-published');
      const now = this.clock.now();
      const at = closes ? instantOf({ ...closes, zone: call.zone }) : wholeSecond(now);
      if (at < call.opensAt)
        throw new InvalidFields([{ pointer: '/closes/localDate', code: 'call-closes-before-it-opens' }]);
      if (at > now && (await this.decisions.isDecided(id))) throw new CallDecided();
      const local = closes ?? localOf(at, call.zone);
      await this.store.setClosing(id, local, at, now);
      const change = { at: now, from: call.closesAt, to: at, reason: words, accountId: actor.accountId };
      await this.store.noteClosing(id, change);
      const facts = {
        from: call.closesAt.toISOString(),
        to: at.toISOString(),
        reason: this.audit.digest(words),
      };
      await this.note(actor, at < call.closesAt ? 'call.close' : 'call.extend', call, facts);
      return this.reread(id);
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

  private async held(id: string): Promise<Call> {
    const call = await this.store.lock(id);
    if (!call) throw new NotFound('call');
    return call;
  }

  private async reread(id: string): Promise<Call> {
    const call = await this.store.find(id);
    if (!call) throw new Error(`Call ${id} is gone`);
    return call;
  }
}

function dated(design: CallDesign): DatedDesign {
  const at = (moment: LocalMoment): Date => instantOf({ ...moment, zone: DEFAULT_ZONE });
  return { ...design, opensAt: at(design.opens), closesAt: at(design.closes) };
}

function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

function localOf(at: Date, zone: string): LocalMoment {
  const { localDate, localTime } = wallTimeOf(at, zone);
  return { date: localDate, time: localTime };
}
