import type { Facts } from './facts.js';
import type { Condition, Exercise, Scenario, WrongPath } from './scenario.js';

/** Does a condition hold? A fact that is not there makes a comparison false. */
export function holdsTrue(condition: Condition, facts: Facts): boolean {
  if ('all' in condition) return condition.all.every((one) => holdsTrue(one, facts));
  if ('any' in condition) return condition.any.some((one) => holdsTrue(one, facts));
  if ('none' in condition) return !condition.none.some((one) => holdsTrue(one, facts));
  const value = facts.get(condition.fact);
  if (value === undefined) return false;
  if ('is' in condition) return value === condition.is;
  if ('in' in condition) return condition.in.includes(value);
  if (typeof value !== 'number') return false;
  return 'atLeast' in condition ? value >= condition.atLeast : value <= condition.atMost;
}

export type ExerciseState = 'open' | 'wrong' | 'done';

/** Points given or taken, and the rule that did it. */
export interface Reason {
  /** `done`, or the id of a wrong path. */
  readonly rule: string;
  readonly points: number;
}

export interface ExerciseResult {
  readonly exercise: Exercise;
  readonly state: ExerciseState;
  /** The wrong path that is on now. */
  readonly path?: WrongPath;
  readonly points: number;
  readonly reasons: readonly Reason[];
}

export interface Score {
  readonly points: number;
  readonly max: number;
  readonly exercises: readonly ExerciseResult[];
}

/** Where each exercise stands, and the points with their reasons. */
export function scoreOf({ exercises }: Scenario, facts: Facts): Score {
  const results = exercises.map((exercise) => resultOf(exercise, facts));
  return {
    points: results.reduce((sum, { points }) => sum + points, 0),
    max: exercises.reduce((sum, { points }) => sum + points, 0),
    exercises: results,
  };
}

function resultOf(exercise: Exercise, facts: Facts): ExerciseResult {
  const taken = exercise.wrong.filter(({ when }) => holdsTrue(when, facts));
  const [path] = taken;
  if (!holdsTrue(exercise.done, facts)) {
    return path
      ? { exercise, state: 'wrong', path, points: 0, reasons: [] }
      : { exercise, state: 'open', points: 0, reasons: [] };
  }
  const costs = taken
    .filter((one) => one.costs > 0)
    .map(({ id, costs: points }) => ({ rule: id, points: -points }));
  const reasons = [{ rule: 'done', points: exercise.points }, ...costs];
  const points = Math.max(
    0,
    reasons.reduce((sum, one) => sum + one.points, 0),
  );
  const costly = taken.find((one) => one.costs > 0);
  return { exercise, state: 'done', points, reasons, ...(costly ? { path: costly } : {}) };
}
