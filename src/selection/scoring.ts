import { type Criterion, HIGHEST, type SelectionDesign } from './selection.js';

/** By the id of the criterion: 0 to 5, whole. */
export type Scores = Readonly<Record<string, number>>;

/** One look at a dossier. Slots 1 and 2 are the scorers', 3 is the third look that settles a gap. */
export interface Look {
  readonly slot: number;
  readonly points: number;
}

const weightOf = (criteria: readonly Criterion[]): number =>
  criteria.reduce((sum, { weight }) => sum + weight, 0);

/** Weighted points of one scorer: whole, so that equal is equal. */
export function pointsOf(criteria: readonly Criterion[], scores: Scores): number {
  return criteria.reduce((sum, { id, weight }) => sum + weight * (scores[id] ?? 0), 0);
}

/** The most that one scorer can give. */
export function mostPoints(criteria: readonly Criterion[]): number {
  return HIGHEST * weightOf(criteria);
}

/** The most that a dossier can have: of all its scorers. */
export function mostTotal({ criteria, scorers }: SelectionDesign): number {
  return mostPoints(criteria) * scorers;
}

/** True when two scorers are further apart than 30 % of what one can give. */
export function isGap(criteria: readonly Criterion[], one: number, other: number): boolean {
  return 10 * Math.abs(one - other) > 3 * mostPoints(criteria);
}

/** Where the looks at a dossier stand. */
export type Standing =
  | { readonly kind: 'open' }
  /** Both have scored, too far apart: somebody else decides. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'done'; readonly total: number };

/** What the looks at a dossier come to; a third look stands for both scorers. */
export function standingOf({ criteria, scorers }: SelectionDesign, looks: readonly Look[]): Standing {
  const third = looks.find(({ slot }) => slot === 3);
  if (third) return { kind: 'done', total: third.points * scorers };
  const [one, other] = looks;
  if (!one || (scorers === 2 && !other)) return { kind: 'open' };
  if (scorers === 1 || !other) return { kind: 'done', total: one.points };
  if (isGap(criteria, one.points, other.points)) return { kind: 'gap' };
  return { kind: 'done', total: one.points + other.points };
}
