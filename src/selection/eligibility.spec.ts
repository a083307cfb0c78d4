import { cities } from '../shared/geography/geography.js';
import { type Candidate, cityOf, ineligibility, isOfGroup } from './eligibility.js';
import type { EligibilityRule } from './selection.js';

const tetouan = cities().find(({ slug }) => slug === 'tetouan')?.communeCode ?? '';
const candidate = (changes: Partial<Candidate> = {}): Candidate => ({
  answers: { f2: ['o1'], f3: 4 },
  communeCode: tetouan,
  gender: 'female',
  birthYear: 1990,
  category: 'artisan',
  sector: 'cuir',
  ...changes,
});
const codes = (rule: EligibilityRule, changes: Partial<Candidate> = {}): string[] =>
  ineligibility([rule], candidate(changes), 2027).map(({ code }) => code);

describe('eligibility', () => {
  it('keeps the code of each rule that a dossier does not keep', () => {
    const age = { kind: 'age', min: 18, max: 37 } as const;
    expect(codes(age)).toEqual([]);
    expect(codes(age, { birthYear: 1989 })).toEqual(['age']);
    expect(codes(age, { birthYear: 2009 })).toEqual([]);
    expect(codes(age, { birthYear: 2010 })).toEqual(['age']);
    expect(codes({ kind: 'gender', values: ['male'] })).toEqual(['gender']);
    expect(codes({ kind: 'city', values: ['larache'] })).toEqual(['city']);
    expect(codes({ kind: 'sector', values: ['tapis'] })).toEqual(['sector']);
    expect(codes({ kind: 'choice', field: 'f2', values: ['o2', 'o1'] })).toEqual([]);
    expect(codes({ kind: 'choice', field: 'f2', values: ['o2'] })).toEqual(['choice']);
    expect(codes({ kind: 'number', field: 'f3', min: 5, max: null })).toEqual(['number']);
  });

  it('says apart what was not answered', () => {
    expect(codes({ kind: 'age', min: 18, max: null }, { birthYear: null })).toEqual(['age-unknown']);
    expect(codes({ kind: 'gender', values: ['male'] }, { gender: 'unspecified' })).toEqual([
      'gender-unknown',
    ]);
    expect(codes({ kind: 'city', values: ['larache'] }, { communeCode: null })).toEqual(['city-unknown']);
    expect(codes({ kind: 'sector', values: ['cuir'] }, { sector: null })).toEqual(['sector-unknown']);
    const rules: EligibilityRule[] = [
      { kind: 'choice', field: 'f2', values: ['o1'] },
      { kind: 'number', field: 'f3', min: 1, max: null },
    ];
    expect(ineligibility(rules, candidate({ answers: {} }), 2027)).toEqual([
      { code: 'choice-unknown', field: 'f2' },
      { code: 'number-unknown', field: 'f3' },
    ]);
  });

  it('counts a dossier under its city, its sector, and as of a cooperative or for oneself', () => {
    expect(cityOf(tetouan)).toBe('tetouan');
    expect(isOfGroup({ kind: 'cooperative', value: 'individual' }, candidate())).toBe(true);
    expect(
      isOfGroup({ kind: 'cooperative', value: 'cooperative' }, candidate({ category: 'autre-cooperative' })),
    ).toBe(true);
    expect(isOfGroup({ kind: 'city', value: 'tetouan' }, candidate())).toBe(true);
    expect(isOfGroup({ kind: 'gender', value: 'male' }, candidate())).toBe(false);
    expect(isOfGroup({ kind: 'sector', value: 'cuir' }, candidate())).toBe(true);
  });
});
