import { Injectable } from '@nestjs/common';
import {
  type FillableTraits,
  isSameName,
  NominatedPeople,
  type NominatedPerson,
  type PersonBehindPhone,
} from '../people/public.js';
import { newId } from '../shared/new-id.js';
import type { Judged } from './import-judge.js';
import type { ReadRow } from './import-row.js';
import type { ImportRecord } from './import.store.js';
import { type NewNomination, NominationStore, type WrittenCopy } from './nomination.store.js';
import { type PersonCopy, type SeenPerson, SeenPeople } from './seen-people.query.js';

/** What a row did: made a nomination, or changed what is written in one or of a person. */
export type Deed =
  | { made: string }
  | { rewrote: string; before: Partial<PersonCopy>; after: Partial<PersonCopy> }
  | { filled: string; before: Partial<PersonCopy>; after: Partial<PersonCopy> };

/** What a transaction holds while it writes. */
export interface Held {
  /** Ids by number. */
  phoneIds: ReadonlyMap<string, string>;
  seen: readonly SeenPerson[];
}

export interface RowDeed {
  n: number;
  done: Deed;
}

const BLANK: Omit<PersonCopy, 'language'> = {
  givenFr: null,
  familyFr: null,
  givenAr: null,
  familyAr: null,
  gender: 'unspecified',
  birthYear: null,
  communeCode: null,
  citySlug: null,
  category: null,
  sector: null,
};

/** Writes the rows of an import, many at a time, and takes them back. Part of a transaction that holds the campaign. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly people: NominatedPeople,
    private readonly nominations: NominationStore,
    private readonly seen: SeenPeople,
  ) {}

  /** Holds the campaign and the rows of the numbers, in this order; who is seen is read after that. */
  async hold(campaignId: string, rows: readonly ReadRow[]): Promise<Held> {
    await this.nominations.holdCampaign(campaignId);
    const phones = new Map<string, boolean>();
    for (const { problems, candidate } of rows)
      if (problems.length === 0 && candidate.phone) phones.set(candidate.phone.e164, candidate.phone.sms);
    const phoneIds = await this.people.keepPhones(phones);
    return { phoneIds, seen: await this.seen.of(campaignId) };
  }

  /** @param held what `hold` gave in the same transaction */
  async write(record: ImportRecord, rows: readonly Judged[], held: Held, now: Date): Promise<RowDeed[]> {
    const made = await this.make(record, rows, held, now);
    const updates = rows.filter(({ outcome }) => outcome === 'update');
    const changed = updates.flatMap(({ n, seen: person, changes }): RowDeed[] => {
      if (!person) return [];
      const { copy, nominationId, personId, spokeForThemselves } = person;
      const before = Object.fromEntries(
        Object.keys(changes).map((field) => [field, copy[field as keyof PersonCopy]]),
      );
      if (spokeForThemselves) return [{ n, done: { filled: personId, before, after: changes } }];
      return nominationId ? [{ n, done: { rewrote: nominationId, before, after: changes } }] : [];
    });
    await this.change(
      changed.map(({ done }) => done),
      'after',
    );
    return [...made, ...changed];
  }

  /** Takes back what is still as the import left it; whoever signed up since stays. */
  async takeBack(campaignId: string, deeds: readonly Deed[]): Promise<void> {
    await this.nominations.holdCampaign(campaignId);
    await this.change(deeds, 'before');
    const made = deeds.flatMap((deed) => ('made' in deed ? [deed.made] : []));
    await this.people.forget(await this.nominations.remove(made));
  }

  private async make(
    record: ImportRecord,
    rows: readonly Judged[],
    { seen, phoneIds }: Held,
    now: Date,
  ): Promise<RowDeed[]> {
    const creates = rows.filter(({ outcome }) => outcome === 'create');
    const strangers = await this.strangers(creates, seen, phoneIds);
    const newPeople: NominatedPerson[] = [];
    const made = creates.map(({ n, candidate }) => {
      const phoneId = phoneIds.get(candidate.phone?.e164 ?? '');
      if (phoneId === undefined || !candidate.name) throw new Error('A row without a phone was judged good');
      const name = candidate.name;
      const known = strangers.get(phoneId)?.find((person) => isSameName(person.name, name));
      const copy = copyOf(candidate);
      const personId = known?.id ?? newId();
      // Each of them is named once, whatever two spellings of one name do.
      if (known) strangers.set(phoneId, strangers.get(phoneId)?.filter((one) => one !== known) ?? []);
      else newPeople.push({ ...namesOf(copy), id: personId, phoneId });
      const { organisationId, campaignId, id: importId } = record;
      const ids = { id: newId(), organisationId, campaignId, personId, phoneId, importId };
      return { n, nomination: { ...copy, ...ids, createdAt: now } satisfies NewNomination };
    });
    await this.people.add(newPeople);
    await this.nominations.insert(made.map(({ nomination }) => nomination));
    return made.map(({ n, nomination }) => ({ n, done: { made: nomination.id } }));
  }

  /** People of the same phones whom the campaign does not see: they are the same person, and nothing of them is told. */
  private async strangers(
    creates: readonly Judged[],
    seen: readonly SeenPerson[],
    phoneIds: ReadonlyMap<string, string>,
  ): Promise<Map<string, PersonBehindPhone[]>> {
    const ids = creates.flatMap(({ candidate }) => phoneIds.get(candidate.phone?.e164 ?? '') ?? []);
    const seenIds = new Set(seen.map(({ personId }) => personId));
    const byPhone = new Map<string, PersonBehindPhone[]>();
    for (const person of await this.people.behind(ids))
      if (!seenIds.has(person.id))
        byPhone.set(person.phoneId, [...(byPhone.get(person.phoneId) ?? []), person]);
    return byPhone;
  }

  /** Writes one side of changes over the other, where the other still stands. */
  private async change(deeds: readonly Deed[], side: 'before' | 'after'): Promise<void> {
    const rewrites = deeds.flatMap((deed) => ('rewrote' in deed ? [[deed.rewrote, deed] as const] : []));
    const fills = deeds.flatMap((deed) => ('filled' in deed ? [[deed.filled, deed] as const] : []));
    if (rewrites.length > 0) {
      const current = await this.nominations.lock(rewrites.map(([id]) => id));
      await this.nominations.rewrite(turned<WrittenCopy>(current, new Map(rewrites), side));
    }
    if (fills.length > 0) {
      const current = await this.people.traits(fills.map(([id]) => id));
      await this.people.fill(turned<FillableTraits>(current, new Map(fills), side));
    }
  }
}

type Change = { before: Partial<PersonCopy>; after: Partial<PersonCopy> };

function turned<Row extends { id: string }>(
  rows: readonly Row[],
  changes: ReadonlyMap<string, Change>,
  side: 'before' | 'after',
): Row[] {
  return rows.map((row) => {
    const change = changes.get(row.id);
    if (!change) return row;
    const [to, from] = side === 'after' ? [change.after, change.before] : [change.before, change.after];
    const still = Object.entries(to).filter(
      ([field]) => (row as Record<string, unknown>)[field] === from[field as keyof PersonCopy],
    );
    return { ...row, ...Object.fromEntries(still) };
  });
}

function copyOf({
  name,
  gender,
  birthYear,
  communeCode,
  citySlug,
  category,
  sector,
  language,
}: Judged['candidate']): PersonCopy {
  const said = { gender, birthYear, communeCode, citySlug, category, sector };
  return {
    ...BLANK,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    ...(name?.fr ? { givenFr: name.fr.given, familyFr: name.fr.family } : {}),
    ...(name?.ar ? { givenAr: name.ar.given, familyAr: name.ar.family } : {}),
    // Until they say so themselves: a name in Arabic letters is the best sign of what they read.
    language: language ?? (name?.ar ? 'ar' : 'fr'),
  };
}

function namesOf({
  givenFr,
  familyFr,
  givenAr,
  familyAr,
  language,
}: PersonCopy): Omit<NominatedPerson, 'id' | 'phoneId'> {
  return { givenFr, familyFr, givenAr, familyAr, language };
}
