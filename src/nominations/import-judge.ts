import { isSameName, type PersonName } from '../people/public.js';
import type { Candidate, ReadRow } from './import-row.js';
import type { FieldError } from '../shared/errors/domain-error.js';
import type { PersonCopy, SeenPerson } from './seen-people.query.js';

export const OUTCOMES = ['create', 'update', 'same', 'error'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What becomes of a row when the import is confirmed. */
export interface Judged extends ReadRow {
  outcome: Outcome;
  /** Whom it speaks of, where the organisation sees them already. */
  seen?: SeenPerson;
  /** What would be written of them. */
  changes: Partial<PersonCopy>;
}

/** People whom one phone serves at most. */
const PEOPLE_PER_PHONE = 5;
const TRAITS = ['gender', 'birthYear', 'communeCode', 'citySlug', 'category', 'sector'] as const;

/** Says of each row what it would do, given the people whom the campaign sees. A pure function: the same twice. */
export function judge(rows: readonly ReadRow[], people: readonly SeenPerson[]): Judged[] {
  const file = new File(people);
  return rows.map((row) => file.judge(row));
}

/** What was read of the file so far. */
class File {
  private readonly byId: ReadonlyMap<string, SeenPerson>;
  private readonly byPhone = new Map<string, SeenPerson[]>();
  private readonly rowOf = new Map<string, number>();
  private readonly fresh = new Map<string, Array<{ n: number; name: PersonName }>>();

  constructor(people: readonly SeenPerson[]) {
    this.byId = new Map(people.map((person) => [person.personId, person]));
    for (const person of people)
      for (const phone of person.phones)
        this.byPhone.set(phone, [...(this.byPhone.get(phone) ?? []), person]);
  }

  judge(row: ReadRow): Judged {
    if (row.problems.length > 0) return refused(row);
    const { id } = row.candidate;
    const seen = id === undefined ? this.byName(row.candidate) : this.byId.get(id);
    if (id !== undefined && !seen) return refused(row, '/id', 'person-unknown');
    return seen ? this.judgeSeen(row, seen) : this.judgeNew(row);
  }

  private byName({ phone, name }: Candidate): SeenPerson | undefined {
    const people = this.byPhone.get(phone?.e164 ?? '') ?? [];
    return name && people.find((person) => isSameName(person.name, name));
  }

  private judgeSeen(row: ReadRow, seen: SeenPerson): Judged {
    const before = this.rowOf.get(seen.personId);
    if (before !== undefined) return refused(row, '/phone', 'twice-in-file', { row: before });
    const { phone } = row.candidate;
    if (phone && !seen.phones.includes(phone.e164)) return refused(row, '/phone', 'phone-not-changed');
    this.rowOf.set(seen.personId, row.n);
    const differing = differencesOf(row.candidate, seen);
    const changes = seen.spokeForThemselves ? blanksOf(differing, seen) : differing;
    const kept = Object.keys(differing).filter((field) => !(field in changes));
    const notes = [...row.notes, ...kept.map((field) => ({ pointer: `/${field}`, code: 'own-word-kept' }))];
    return { ...row, notes, seen, changes, outcome: Object.keys(changes).length > 0 ? 'update' : 'same' };
  }

  private judgeNew(row: ReadRow): Judged {
    const { phone, name } = row.candidate;
    if (!phone || !name) throw new Error('A row without a phone or a name was not refused');
    const others = this.fresh.get(phone.e164) ?? [];
    const before = others.find((other) => isSameName(other.name, name));
    if (before) return refused(row, '/phone', 'twice-in-file', { row: before.n });
    if (others.length + (this.byPhone.get(phone.e164)?.length ?? 0) >= PEOPLE_PER_PHONE)
      return refused(row, '/phone', 'phone-serves-five');
    this.fresh.set(phone.e164, [...others, { n: row.n, name }]);
    return { ...row, outcome: 'create', changes: {} };
  }
}

function refused(row: ReadRow, pointer?: string, code?: string, params?: Record<string, number>): Judged {
  const more: FieldError[] = pointer && code ? [{ pointer, code, ...(params ? { params } : {}) }] : [];
  return { ...row, problems: [...row.problems, ...more], outcome: 'error', changes: {} };
}

function differencesOf(candidate: Candidate, { copy, name }: SeenPerson): Partial<PersonCopy> {
  const differing: Record<string, unknown> = {};
  for (const trait of [...TRAITS, 'language'] as const) {
    const said = candidate[trait];
    if (said !== undefined && said !== copy[trait]) differing[trait] = said;
  }
  for (const [script, key] of [
    ['fr', 'Fr'],
    ['ar', 'Ar'],
  ] as const) {
    const said = candidate.name?.[script];
    if (!said || (said.given === name[script]?.given && said.family === name[script]?.family)) continue;
    Object.assign(differing, { [`given${key}`]: said.given, [`family${key}`]: said.family });
  }
  return differing;
}

/** What a person said stays; what they left open may be filled in, their name never. */
function blanksOf(differing: Partial<PersonCopy>, { copy }: SeenPerson): Partial<PersonCopy> {
  const isBlank = (trait: (typeof TRAITS)[number]): boolean =>
    copy[trait] === null || (trait === 'gender' && copy.gender === 'unspecified');
  const open = TRAITS.filter((trait) => trait in differing && isBlank(trait));
  return Object.fromEntries(open.map((trait) => [trait, differing[trait]]));
}
