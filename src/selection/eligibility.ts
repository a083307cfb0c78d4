import type { Answers } from '../calls/public.js';
import type { Category, Gender, Sector } from '../people/public.js';
import { cities, communeByCode } from '../shared/geography/geography.js';
import type { Bounds, EligibilityRule, Ineligibility, Quota } from './selection.js';

/** What the rules and quotas look at. */
export interface Candidate {
  readonly answers: Answers;
  readonly communeCode: string | null;
  readonly gender: Gender;
  readonly birthYear: number | null;
  readonly category: Category | null;
  readonly sector: Sector | null;
}

/** The city that a commune belongs to: itself, else the first city of its province; undefined without one. */
export function cityOf(communeCode: string | null): string | undefined {
  const commune = communeCode === null ? undefined : communeByCode(communeCode);
  if (!commune) return undefined;
  const all = cities();
  const city =
    all.find((one) => one.communeCode === commune.code) ??
    all.find((one) => one.provinceCode === commune.provinceCode);
  return city?.slug;
}

/**
 * Every rule that a candidate does not keep; empty for who is eligible.
 *
 * @param year in which the call closes: an age is what one reaches in it
 */
export function ineligibility(
  rules: readonly EligibilityRule[],
  candidate: Candidate,
  year: number,
): Ineligibility[] {
  return rules.flatMap((rule): Ineligibility[] => {
    const verdict = keeps(rule, candidate, year);
    if (verdict === true) return [];
    const code = verdict === undefined ? (`${rule.kind}-unknown` as const) : rule.kind;
    return ['field' in rule ? { code, field: rule.field } : { code }];
  });
}

/** @returns undefined where the candidate did not say */
function keeps(rule: EligibilityRule, candidate: Candidate, year: number): boolean | undefined {
  switch (rule.kind) {
    case 'age':
      return candidate.birthYear === null ? undefined : within(rule, year - candidate.birthYear);
    case 'gender':
      return candidate.gender === 'unspecified' && !rule.values.includes('unspecified')
        ? undefined
        : rule.values.includes(candidate.gender);
    case 'city': {
      const city = cityOf(candidate.communeCode);
      return city === undefined ? undefined : rule.values.includes(city);
    }
    case 'sector':
      return candidate.sector === null ? undefined : rule.values.includes(candidate.sector);
    case 'choice': {
      const taken = candidate.answers[rule.field];
      return Array.isArray(taken) ? taken.some((one: string) => rule.values.includes(one)) : undefined;
    }
    case 'number': {
      const answer = candidate.answers[rule.field];
      return typeof answer === 'number' ? within(rule, answer) : undefined;
    }
  }
}

function within({ min, max }: Bounds, value: number): boolean {
  return (min === null || value >= min) && (max === null || value <= max);
}

const COOPERATIVES: ReadonlySet<Category | null> = new Set(['cooperative-artisanat', 'autre-cooperative']);

/** True when the candidate is of the group that a quota counts. */
export function isOfGroup(
  { kind, value }: Pick<Quota, 'kind' | 'value'>,
  { communeCode, gender, sector, category }: Candidate,
): boolean {
  switch (kind) {
    case 'city':
      return cityOf(communeCode) === value;
    case 'gender':
      return gender === value;
    case 'sector':
      return sector === value;
    case 'cooperative':
      return COOPERATIVES.has(category) === (value === 'cooperative');
  }
}
