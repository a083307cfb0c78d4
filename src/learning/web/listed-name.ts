import { displayName } from '../../people/public.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { ListedPerson } from '../taught-session.query.js';

/** Name of somebody on a session's list, in the reader's script where there is one. */
export function listedName({ givenFr, familyFr, givenAr, familyAr }: ListedPerson, locale: Locale): string {
  const name = {
    ...(givenFr || familyFr ? { fr: { given: givenFr ?? '', family: familyFr ?? '' } } : {}),
    ...(givenAr || familyAr ? { ar: { given: givenAr ?? '', family: familyAr ?? '' } } : {}),
  };
  return displayName(name, locale);
}
