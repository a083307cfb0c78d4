import type { Locale } from '../../shared/i18n/i18n.js';
import { shortName } from '../person-name.js';
import type { PhonePerson } from '../phone-book.js';
import type { PersonChoice } from './auth.dto.js';

/** "Fatima A.": names as several people of one phone may see them. */
export function presentChoice(person: PhonePerson, locale: Locale): PersonChoice {
  return { id: person.id, name: shortName(person.name, locale) };
}
