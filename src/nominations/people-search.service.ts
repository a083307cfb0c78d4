import { Injectable } from '@nestjs/common';
import { comparePersonNames } from '../people/public.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { matcherOf } from './people-match.js';
import { type SeenPerson, SeenPeople } from './seen-people.query.js';

/**
 * Finds people of a campaign by name, in both scripts and whatever the spelling, or by number. The names are compared
 * here and not in the database, so that the key may change without a migration.
 */
@Injectable()
export class PeopleSearch {
  constructor(
    private readonly db: Database,
    private readonly seen: SeenPeople,
  ) {}

  /** Those whose whole words were given first, then by name; nobody for a query that asks for nothing. */
  async find(campaignId: string, query: string, locale: Locale): Promise<SeenPerson[]> {
    const match = matcherOf(query);
    if (!match) return [];
    const people = await this.db.on('reports', () => this.seen.of(campaignId));
    const found = people.flatMap((person) => {
      const how = match(person);
      return how ? [{ person, how }] : [];
    });
    const byName = comparePersonNames(locale);
    found.sort(
      (a, b) => b.how.localeCompare(a.how) || byName(a.person.name, b.person.name) || compareIds(a, b),
    );
    return found.map(({ person }) => person);
  }
}

function compareIds(a: { person: SeenPerson }, b: { person: SeenPerson }): number {
  return a.person.personId < b.person.personId ? -1 : 1;
}
