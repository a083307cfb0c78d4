import { Injectable } from '@nestjs/common';
import { type Call, dossierNumber } from '../calls/public.js';
import { sha256 } from './draw.js';
import { DrawSecrets } from './draw-secret.js';
import { isOfGroup } from './eligibility.js';
import { rank, type Ranked, type Ranking } from './ranking.js';
import { ResultNotice, type ResultTold, type Told } from './result-notice.js';
import { standingOf } from './scoring.js';
import { type CandidateRow, ScreeningStore } from './screening.store.js';
import { SelectionNotInState } from './selection.errors.js';
import { type Outcome, OUTCOMES, type Selection, type SelectionDesign } from './selection.js';
import { SelectionStore } from './selection.store.js';

/** The result before anybody is told. */
export interface Preview extends Ranking {
  /** Names exactly this result: publishing takes it back. */
  readonly digest: string;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly told: ResultTold;
}

/** A result with what writing it needs. */
export interface Reckoned {
  readonly secret: string;
  readonly ranking: Ranking;
  readonly digest: string;
  readonly byNumber: ReadonlyMap<string, CandidateRow>;
}

/** From scores to a result, as often as one likes: it changes nothing. */
@Injectable()
export class ResultReckoner {
  constructor(
    private readonly selections: SelectionStore,
    private readonly screening: ScreeningStore,
    private readonly secrets: DrawSecrets,
    private readonly notice: ResultNotice,
  ) {}

  /** What publishing would say, to whom and for how much. @throws SelectionNotInState while scores may change */
  async preview(call: Call): Promise<Preview> {
    const selection = await this.selections.of(call.id);
    const { ranking, digest, byNumber } = await this.reckon(call.id, selection);
    const told = await this.notice.reckon(call.organisationId, toldOf(ranking, byNumber));
    return { ...ranking, digest, counts: countsOf(ranking.dossiers), told };
  }

  /** @throws SelectionNotInState unless the screening is closed and nothing is published */
  async reckon(callId: string, selection: Selection | undefined): Promise<Reckoned> {
    if (selection?.state !== 'closed') throw new SelectionNotInState(selection?.state ?? 'none');
    const secret = this.secrets.open(callId, await this.selections.sealed(callId));
    const candidates = new Map((await this.screening.candidates(callId)).map((row) => [row.id, row]));
    const screened = await this.screening.all(callId);
    const byNumber = new Map<string, CandidateRow>();
    const contenders = screened.flatMap(({ id, reasons, looks }) => {
      const row = candidates.get(id);
      // Taken back since: it is nobody's any more.
      if (!row) return [];
      const standing = standingOf(selection.design, looks);
      const number = dossierNumber(row);
      byNumber.set(number, row);
      const total = standing.kind === 'done' ? standing.total : 0;
      return [{ number, reasons, total, quotas: groupsOf(selection.design, row) }];
    });
    const ranking = rank(selection.design, secret, contenders);
    const { dossiers, shortfalls } = ranking;
    return { secret, ranking, byNumber, digest: sha256(JSON.stringify({ dossiers, shortfalls })) };
  }
}

function groupsOf({ quotas }: SelectionDesign, row: CandidateRow): string[] {
  return quotas.filter((quota) => isOfGroup(quota, row)).map(({ id }) => id);
}

/** Everybody of a result, with what they are told. */
export function toldOf({ dossiers }: Ranking, byNumber: ReadonlyMap<string, CandidateRow>): Told[] {
  return dossiers.flatMap(({ number, outcome }) => {
    const row = byNumber.get(number);
    return row ? [{ id: row.id, personId: row.personId, n: row.n, callNumber: row.callNumber, outcome }] : [];
  });
}

/** How many of each outcome. */
export function countsOf(dossiers: readonly Ranked[]): Record<Outcome, number> {
  const count = (outcome: Outcome): number => dossiers.filter((one) => one.outcome === outcome).length;
  const [selected, reserve, notSelected] = OUTCOMES.map(count);
  return { selected: selected ?? 0, reserve: reserve ?? 0, 'not-selected': notSelected ?? 0 };
}
