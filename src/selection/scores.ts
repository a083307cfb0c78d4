import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import type { Scores } from './scoring.js';
import { type Criterion, HIGHEST, LONGEST_NOTE } from './selection.js';

/** What a scorer sends. */
export interface ScoresRead {
  readonly scores: Scores;
  readonly note: string | null;
}

/** Reads scores: a whole number from 0 to 5 for every criterion, and a note. @throws InvalidFields */
export function readScores(
  criteria: readonly Criterion[],
  given: { readonly scores?: unknown; readonly note?: unknown },
): ScoresRead {
  const problems: FieldError[] = [];
  const isRecord = typeof given.scores === 'object' && given.scores !== null && !Array.isArray(given.scores);
  const values = isRecord ? (given.scores as Readonly<Record<string, unknown>>) : {};
  for (const id of Object.keys(values))
    if (!criteria.some((one) => one.id === id))
      problems.push({ pointer: `/scores/${id}`, code: 'unknown-field' });
  const scores: Record<string, number> = {};
  for (const { id } of criteria) {
    const value = values[id];
    const pointer = `/scores/${id}`;
    if (value === undefined || value === null) problems.push({ pointer, code: 'required' });
    else if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > HIGHEST)
      problems.push({ pointer, code: 'whole-between', params: { min: 0, max: HIGHEST } });
    else scores[id] = value;
  }
  const note = readNote(given.note, problems);
  if (problems.length > 0) throw new InvalidFields(problems);
  return { scores, note };
}

/** A few words, or none; what is wrong with them goes to `problems`. */
export function readNote(value: unknown, problems: FieldError[]): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') problems.push({ pointer: '/note', code: 'not-text' });
  else if (/[\0\p{Surrogate}]/u.test(value)) problems.push({ pointer: '/note', code: 'not-unicode' });
  else if ([...value].length > LONGEST_NOTE)
    problems.push({ pointer: '/note', code: 'longer-than', params: { max: LONGEST_NOTE } });
  else return value.trim() || null;
  return null;
}
