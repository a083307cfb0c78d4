import { displayName, formatPhone } from '../../people/public.js';
import { communeByCode, placeName } from '../../shared/geography/geography.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { SeenPerson } from '../seen-people.query.js';
import type { FoundPersonDto } from './people-search.dto.js';

/** More people than these are not shown on the page: one word more finds fewer. */
const SHOWN = 50;

export function presentFound(
  { personId, name, copy, phones, spokeForThemselves }: SeenPerson,
  locale: Locale,
): FoundPersonDto {
  const commune = copy.communeCode === null ? undefined : communeByCode(copy.communeCode);
  return {
    id: personId,
    name: displayName(name, locale),
    birthYear: copy.birthYear,
    commune: commune ? placeName(commune.name, locale) : null,
    phones,
    state: spokeForThemselves ? 'enrolled' : 'nominated',
  };
}

/** The part of the page under the form: nothing was asked, nobody found, or a table. */
export function presentSearch(q: string, found: readonly SeenPerson[], locale: Locale): object {
  return {
    q,
    isAsked: q !== '',
    count: found.length,
    more: found.length > SHOWN,
    columns: ['name', 'born', 'commune', 'phone', 'state'].map((key) => ({
      label: t(locale, `nominations:search.${key}`),
    })),
    rows: found.slice(0, SHOWN).map((person) => {
      const { name, birthYear, commune, phones, state } = presentFound(person, locale);
      const other = displayName(person.name, locale === 'ar' ? 'fr' : 'ar');
      return {
        cells: [
          { text: other === name ? name : `${name} · ${other}` },
          { text: birthYear === null ? '–' : String(birthYear) },
          { text: commune ?? '–' },
          { text: phones.map((phone) => formatPhone(phone)).join(' · ') || '–' },
          { text: t(locale, `nominations:search.${state}`) },
        ],
      };
    }),
  };
}
