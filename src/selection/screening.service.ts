import { Injectable } from '@nestjs/common';
import { type Application, type Call, dossierNumber } from '../calls/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { wallTimeOf } from '../shared/clock/wall-time.js';
import { violates } from '../shared/database/database.errors.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { ineligibility } from './eligibility.js';
import { pointsOf, standingOf } from './scoring.js';
import type { ScoresRead } from './scores.js';
import {
  DossierNotYours,
  ScreeningNotDone,
  ScreeningNotOpen,
  SelectionNotInState,
  ThirdLookRefused,
} from './selection.errors.js';
import type { Selection, SelectionDesign } from './selection.js';
import { SelectionStore } from './selection.store.js';
import { type LookRow, type ScreenedRow, type ScreeningDossier, ScreeningStore } from './screening.store.js';

/** So long a dossier stays with who took it; longer than anybody needs for one. */
export const LEASE_MS = 20 * 60 * 1000;
const ATTEMPTS = 3;

/** How far the screening is. */
export interface Progress {
  /** Dossiers that were sent and not taken back. */
  readonly dossiers: number;
  readonly eligible: number;
  /** With all their scores, and no gap that is open. */
  readonly done: number;
  /** Flagged: two scorers too far apart, and nobody has settled it. */
  readonly gaps: number;
  /** That the actor has scored. */
  readonly mine: number;
}

/** The dossiers of a call before those who score them. Whoever calls has made sure that the actor may. */
@Injectable()
export class ScreeningService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
    private readonly selections: SelectionStore,
    private readonly store: ScreeningStore,
  ) {}

  /**
   * The next dossier for a scorer: the one in hand, else the first that nobody has in hand and that the scorer has not
   * scored. It is theirs for twenty minutes; two scorers at once never get the same one.
   *
   * @returns undefined when nothing is left for this scorer now
   * @throws ScreeningNotOpen, SelectionNotInState
   */
  async next(actor: StaffActor, call: Call): Promise<string | undefined> {
    for (let attempt = 1; ; attempt++)
      try {
        return await this.db.transaction(() => this.take(actor, call));
      } catch (error) {
        // Two windows of one scorer asked at once: the other has taken one, which is the one in hand now.
        const isMet = violates(error, 'screening_dossier_call_id_lease_account_key');
        if (!isMet || attempt >= ATTEMPTS) throw error;
      }
  }

  private async take(actor: StaffActor, call: Call): Promise<string | undefined> {
    const { design } = await this.open(call);
    if (await this.store.isOutdated(call.id)) await this.enter(call, design);
    const now = this.clock.now();
    const held = await this.store.leased(call.id, actor.accountId, now);
    if (held) return held;
    await this.store.forgetLease(call.id, actor.accountId);
    const until = new Date(now.getTime() + LEASE_MS);
    return this.store.leaseNext(call.id, actor.accountId, { now, until, scorers: design.scorers });
  }

  /**
   * Keeps what a scorer gives, the first time or again; again until the other scorer has scored too.
   *
   * @throws DossierNotYours when somebody else has it in hand, or all its scores are there
   */
  async score(
    actor: StaffActor,
    call: Call,
    dossier: Application,
    { scores, note }: ScoresRead,
  ): Promise<void> {
    await this.db.transaction(async () => {
      const { design } = await this.open(call);
      const held = await this.held(dossier.id);
      const looks = await this.store.looks(dossier.id);
      const mine = looks.find(({ accountId }) => accountId === actor.accountId);
      const isFull = looks.length >= design.scorers;
      if (isFull && !(mine && design.scorers === 1)) throw new DossierNotYours('scored');
      const now = this.clock.now();
      const isOthers = held.leaseAccount !== actor.accountId && (held.leaseUntil ?? now) > now;
      if (!mine && isOthers) throw new DossierNotYours('taken');
      const slot = mine?.slot ?? looks.length + 1;
      await this.keep(actor, held, { slot, scores, note, points: pointsOf(design.criteria, scores) }, now);
      if (!isOthers) await this.store.release(dossier.id);
      await this.note(actor, 'selection.score', call, dossier, slot);
    });
  }

  /** Settles a gap: what is given here stands for both. @throws ThirdLookRefused */
  async thirdLook(
    actor: StaffActor,
    call: Call,
    dossier: Application,
    { scores, note }: ScoresRead,
  ): Promise<void> {
    await this.db.transaction(async () => {
      const { design } = await this.open(call);
      const held = await this.held(dossier.id);
      const looks = await this.store.looks(dossier.id);
      const mine = looks.find(({ accountId }) => accountId === actor.accountId);
      if (standingOf(design, looks).kind !== 'gap' && mine?.slot !== 3)
        throw new ThirdLookRefused('not-needed');
      if (mine && mine.slot !== 3) throw new ThirdLookRefused('by-another');
      const points = pointsOf(design.criteria, scores);
      await this.keep(actor, held, { slot: 3, scores, note, points }, this.clock.now());
      await this.note(actor, 'selection.settle', call, dossier, 3);
    });
  }

  /** What a scorer may see of the looks at a dossier: their own, and the others' once all are there. */
  async looks({ design }: Selection, actor: StaffActor, applicationId: string): Promise<LookRow[]> {
    const looks = await this.store.looks(applicationId);
    if (standingOf(design, looks).kind !== 'open') return looks;
    return looks.filter(({ accountId }) => accountId === actor.accountId);
  }

  async progress({ design }: Selection, actor: StaffActor, callId: string): Promise<Progress> {
    const rows = await this.store.all(callId);
    const eligible = rows.filter(({ reasons }) => reasons.length === 0);
    const count = (kind: string): number =>
      eligible.filter(({ looks }) => standingOf(design, looks).kind === kind).length;
    const isMine = ({ looks }: ScreenedRow): boolean =>
      looks.some(({ accountId }) => accountId === actor.accountId);
    return {
      dossiers: rows.length,
      eligible: eligible.length,
      done: count('done'),
      gaps: count('gap'),
      mine: eligible.filter(isMine).length,
    };
  }

  /** Dossiers whose gap nobody has settled, by their numbers. */
  async gaps({ design }: Selection, callId: string): Promise<ScreenedRow[]> {
    const rows = await this.store.all(callId);
    return rows.filter(
      ({ reasons, looks }) => reasons.length === 0 && standingOf(design, looks).kind === 'gap',
    );
  }

  /**
   * Ends the screening: no score changes any more, and what was drawn may be looked at.
   *
   * @throws ScreeningNotDone while scores are missing
   */
  close(actor: StaffActor, call: Call): Promise<Selection> {
    return this.db.transaction(async () => {
      const selection = this.assertOpen(call, await this.selections.lock(call.id));
      await this.enter(call, selection.design);
      const { eligible, done, gaps } = await this.progress(selection, actor, call.id);
      if (done < eligible) throw new ScreeningNotDone(eligible - done - gaps, gaps);
      await this.selections.close(call.id, this.clock.now());
      await this.audit.record(actor, {
        ...{ action: 'selection.close', subjectKind: 'call', subjectId: call.id },
        organisationId: call.organisationId,
        facts: { eligible },
      });
      return (await this.selections.of(call.id)) ?? selection;
    });
  }

  /** Enters what was sent since, where the screening is open; else leaves all as it stands. */
  async refreshIfOpen(call: Call): Promise<void> {
    await this.db.transaction(async () => {
      const selection = await this.selections.share(call.id);
      if (selection?.state !== 'announced' || this.clock.now() < call.closesAt) return;
      if (await this.store.isOutdated(call.id)) await this.enter(call, selection.design);
    });
  }

  /** Every look at a dossier, whoever asks: for where it stands, not to be shown. */
  allLooks(applicationId: string): Promise<LookRow[]> {
    return this.store.looks(applicationId);
  }

  /** Dossiers that do not keep a rule, by their numbers. */
  async ineligible(callId: string): Promise<ScreenedRow[]> {
    return (await this.store.all(callId)).filter(({ reasons }) => reasons.length > 0);
  }

  private async enter(call: Call, { rules }: SelectionDesign): Promise<void> {
    const year = Number(wallTimeOf(call.closesAt, call.zone).localDate.slice(0, 4));
    const rows = await this.store.candidates(call.id);
    await this.store.enter(
      call.id,
      rows.map((row) => ({
        id: row.id,
        n: row.n,
        version: row.version,
        reasons: ineligibility(rules, row, year),
      })),
    );
  }

  /** The selection, held against being closed. */
  private async open(call: Call): Promise<Selection> {
    return this.assertOpen(call, await this.selections.share(call.id));
  }

  private assertOpen(call: Call, selection: Selection | undefined): Selection {
    if (selection?.state !== 'announced') throw new SelectionNotInState(selection?.state ?? 'none');
    if (this.clock.now() < call.closesAt) throw new ScreeningNotOpen(call.closesAt);
    return selection;
  }

  private async held(id: string): Promise<ScreeningDossier> {
    const held = await this.store.lock(id);
    if (!held?.eligible) throw new NotFound('dossier');
    return held;
  }

  private keep(
    actor: StaffActor,
    { id, version }: ScreeningDossier,
    look: Pick<LookRow, 'slot' | 'scores' | 'points' | 'note'>,
    at: Date,
  ): Promise<void> {
    return this.store.put(id, { ...look, accountId: actor.accountId, version, at });
  }

  private note(
    actor: StaffActor,
    action: string,
    { id: callId, organisationId }: Call,
    dossier: Application,
    slot: number,
  ): Promise<void> {
    const facts = { callId, number: dossierNumber(dossier), slot };
    return this.audit.record(actor, {
      ...{ action, subjectKind: 'application', subjectId: dossier.id, organisationId, facts },
    });
  }
}
