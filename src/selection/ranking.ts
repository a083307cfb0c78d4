import { drawOf } from './draw.js';
import type { Ineligibility, Outcome, Quota, RefusalCode, SelectionDesign } from './selection.js';

/** A dossier as it comes to the ranking. */
export interface Contender {
  readonly number: string;
  /** Empty for who is eligible. */
  readonly reasons: readonly Ineligibility[];
  /** Points of all scorers; not looked at where there are reasons. */
  readonly total: number;
  /** Ids of the quotas that count this dossier. */
  readonly quotas: readonly string[];
}

/** What became of a dossier. */
export interface Ranked {
  readonly number: string;
  readonly outcome: Outcome;
  /** Among the eligible: more points first, then the smaller draw. From 1. */
  readonly rank: number | null;
  readonly reserveRank: number | null;
  readonly points: number | null;
  readonly draw: string | null;
  readonly code: RefusalCode | null;
  /** The quota that took the dossier before its rank, or kept it out in spite of it. */
  readonly quota: string | null;
  readonly reasons: readonly Ineligibility[];
}

/** A quota that could not be met. */
export interface Shortfall {
  readonly quota: string;
  readonly least: number;
  readonly chosen: number;
}

export interface Ranking {
  /** The eligible by their rank, then the others by their number. */
  readonly dossiers: readonly Ranked[];
  readonly shortfalls: readonly Shortfall[];
  /** Places that nobody took. */
  readonly unfilled: number;
}

type Ordered = Contender & { readonly draw: string; readonly rank: number };

/**
 * Who is chosen. A pure function of the design, the secret and the set of dossiers, whatever their order.
 *
 * 1. The eligible are ordered: more points first, the same points by their draw.
 * 2. Quotas with an *at least*, in the order of the design: the first of the group that is not chosen yet is chosen,
 *    until the group has as many, as long as there is a place and no *at most* stands against it.
 * 3. The places that are left go by order, past those whom an *at most* stands against.
 * 4. Those who are left, by order, are the reserve, as many as the design says; the others are not selected.
 *
 * An *at least* that cannot be met leaves a shortfall; it never takes somebody who is not eligible.
 */
export function rank(
  design: Pick<SelectionDesign, 'places' | 'reserve' | 'quotas'>,
  secret: string,
  contenders: readonly Contender[],
): Ranking {
  const ordered = inOrder(secret, contenders);
  const { chosen, counts, takenBy } = choose(design, ordered);
  let reserved = 0;
  const ranked = ordered.map((one): Ranked => {
    const { number, total: points, draw } = one;
    const base = { number, rank: one.rank, points, draw, reasons: [], reserveRank: null, code: null };
    if (chosen.has(number)) return { ...base, outcome: 'selected', quota: takenBy.get(number) ?? null };
    const full = fullQuota(design.quotas, one, counts);
    if (reserved < design.reserve)
      return { ...base, outcome: 'reserve', reserveRank: ++reserved, quota: full ?? null };
    return {
      ...base,
      outcome: 'not-selected',
      code: full ? 'quota-reached' : 'places-taken',
      quota: full ?? null,
    };
  });
  const out = contenders.filter(({ reasons }) => reasons.length > 0).sort(byNumber);
  return {
    dossiers: [...ranked, ...out.map(notEligible)],
    shortfalls: shortfalls(design.quotas, counts),
    unfilled: design.places - chosen.size,
  };
}

function inOrder(secret: string, contenders: readonly Contender[]): Ordered[] {
  return contenders
    .filter(({ reasons }) => reasons.length === 0)
    .map((one) => ({ ...one, draw: drawOf(secret, one.number) }))
    .sort((a, b) => b.total - a.total || (a.draw < b.draw ? -1 : 1))
    .map((one, n) => ({ ...one, rank: n + 1 }));
}

/** Chosen dossiers by the id of the quota that counts them. */
type Counts = ReadonlyMap<string, number>;

interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly counts: Counts;
  /** Numbers that an *at least* took before their rank would have. */
  readonly takenBy: ReadonlyMap<string, string>;
}

function choose(
  { places, quotas }: Pick<SelectionDesign, 'places' | 'quotas'>,
  ordered: readonly Ordered[],
): Choice {
  const chosen = new Set<string>();
  const takenBy = new Map<string, string>();
  const counts = new Map<string, number>(quotas.map(({ id }) => [id, 0]));
  const fits = (one: Ordered): boolean =>
    quotas.every(({ id, most }) => most === null || !one.quotas.includes(id) || (counts.get(id) ?? 0) < most);
  const take = ({ number, quotas: groups }: Ordered): void => {
    chosen.add(number);
    for (const id of groups) counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  for (const { id, least } of quotas)
    for (const one of ordered) {
      if (least === null || (counts.get(id) ?? 0) >= least || chosen.size >= places) break;
      if (chosen.has(one.number) || !one.quotas.includes(id) || !fits(one)) continue;
      take(one);
      if (one.rank > places) takenBy.set(one.number, id);
    }
  for (const one of ordered) {
    if (chosen.size >= places) break;
    if (!chosen.has(one.number) && fits(one)) take(one);
  }
  return { chosen, counts, takenBy };
}

/** The first quota whose *at most* is reached and that counts the dossier. */
function fullQuota(quotas: readonly Quota[], one: Ordered, counts: Counts): string | undefined {
  return quotas.find(
    ({ id, most }) => most !== null && one.quotas.includes(id) && (counts.get(id) ?? 0) >= most,
  )?.id;
}

function shortfalls(quotas: readonly Quota[], counts: Counts): Shortfall[] {
  return quotas.flatMap(({ id, least }) => {
    const chosen = counts.get(id) ?? 0;
    return least !== null && chosen < least ? [{ quota: id, least, chosen }] : [];
  });
}

function notEligible({ number, reasons }: Contender): Ranked {
  return {
    ...{ number, reasons, outcome: 'not-selected', code: 'not-eligible', quota: null },
    ...{ rank: null, reserveRank: null, points: null, draw: null },
  };
}

function byNumber(a: Contender, b: Contender): number {
  return a.number.localeCompare(b.number, 'en', { numeric: true });
}
