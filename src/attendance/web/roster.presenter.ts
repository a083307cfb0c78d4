import { cityBySlug, placeName } from '../../shared/geography/geography.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { passDigest, type PassToken } from '../pass-token.js';
import type { RolledSession } from '../rolled-session.query.js';
import type { RosterRow } from '../roster.query.js';
import type { RosterDto, RosterNameDto, RosterPersonDto } from './roster.dto.js';

/** What a phone takes along: names, digests of passes and units. No phone number, year of birth or photo. */
export function presentRoster(
  session: RolledSession,
  rows: readonly RosterRow[],
  passes: { tokens: PassToken; codes: ReadonlyMap<string, string> },
  locale: Locale,
): RosterDto {
  const { sessionId, status, citySlug, course, units } = session;
  const city = cityBySlug(citySlug);
  return {
    sessionId,
    status,
    city: { slug: citySlug, name: city ? placeName(city.name, locale) : citySlug },
    course: pickText(course, locale).text,
    units: units.map((unit) => ({
      ...unit,
      startsAt: new Date(unit.startsAt).toISOString(),
      endsAt: new Date(unit.endsAt).toISOString(),
    })),
    people: rows.map((row) => presentPerson(row, passes)),
  };
}

/** A name in the scripts it is written in. */
export function presentName({ nameFr, nameAr }: Pick<RosterRow, 'nameFr' | 'nameAr'>): RosterNameDto {
  return { ...(nameFr === null ? {} : { fr: nameFr }), ...(nameAr === null ? {} : { ar: nameAr }) };
}

function presentPerson(
  { enrolmentId, nameFr, nameAr, status, presence }: RosterRow,
  { tokens, codes }: { tokens: PassToken; codes: ReadonlyMap<string, string> },
): RosterPersonDto {
  return {
    enrolmentId,
    name: presentName({ nameFr, nameAr }),
    status,
    passDigest: passDigest(tokens.make(enrolmentId)),
    codeDigest: passDigest(codes.get(enrolmentId) ?? ''),
    presence: Object.fromEntries(Object.entries(presence).map(([unit, { mark }]) => [unit, mark])),
  };
}
