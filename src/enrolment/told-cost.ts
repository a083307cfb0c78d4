import type { NewMessage } from '../messages/public.js';
import { LOCALES } from '../shared/i18n/i18n.js';
import type { ToldInLanguage, ToldPreview } from '../tours/public.js';
import type { EnrolmentStatus } from './enrolment-status.js';

/** A message that would be written, its text and how many SMS that is. */
export interface Reckoned {
  message: NewMessage;
  text: string;
  segments: number;
}

/** Somebody who would be told. */
export interface ToldPerson {
  status: EnrolmentStatus;
  /** The SMS; else why there is none. */
  way: Reckoned | 'landline' | 'noNumber';
}

/**
 * Adds up who would be told and for how much.
 *
 * @param price of one SMS, in centimes; undefined where the house has set none
 */
export function addUp(people: readonly ToldPerson[], price: number | undefined): ToldPreview {
  const count = (status: EnrolmentStatus): number => people.filter((one) => one.status === status).length;
  const without = (way: 'landline' | 'noNumber'): number => people.filter((one) => one.way === way).length;
  const sms = people.flatMap(({ way }) => (typeof way === 'string' ? [] : [way]));
  const costOf = (segments: number): number | null => (price === undefined ? null : segments * price);
  const languages = LOCALES.flatMap((language): ToldInLanguage[] => {
    const mine = sms.filter(({ message }) => message.language === language);
    const [longest] = [...mine].sort((a, b) => b.segments - a.segments || b.text.length - a.text.length);
    if (!longest) return [];
    const segments = mine.reduce((sum, one) => sum + one.segments, 0);
    return [
      {
        language,
        channel: 'sms',
        people: mine.length,
        segments,
        centimes: costOf(segments),
        text: longest.text,
      },
    ];
  });
  const segments = languages.reduce((sum, one) => sum + one.segments, 0);
  return {
    people: people.length,
    booked: count('booked'),
    offered: count('offered'),
    waiting: count('waiting'),
    languages,
    segments,
    centimes: costOf(segments),
    calls: { landline: without('landline'), noNumber: without('noNumber') },
  };
}
