import { t } from '../shared/i18n/i18n.js';
import { type ListeningLanguage, writtenFor } from '../shared/listening/listening-language.js';
import { digestOfWords } from '../shared/listening/words-digest.js';
import { SUPPORT_PHONE } from '../shared/web/page-renderer.js';
import { formatPhone } from './phone-number.js';
import { type Purpose, PURPOSES } from './person.kinds.js';

/** What of the consent is heard apart: the notice, the number of its receipt, and the words of each purpose. */
export type ConsentLine = 'notice' | 'receipt' | Purpose;

/** A line and what is read of it, a paragraph an entry. */
export interface ConsentWords {
  readonly line: ConsentLine;
  readonly words: Readonly<Record<'fr' | 'ar', readonly string[]>>;
}

const NOTICE = ['title', 'who', 'why', 'recipients', 'rights'] as const;

/**
 * Everything that is read aloud, in the order of the pages. The receipt stands apart: its number is this installation's
 * own, and a recording of the rest stays true when it comes.
 *
 * @param receipt its number; without one that line is not there
 */
export function consentScript(receipt: string | undefined): ConsentWords[] {
  const phone = formatPhone(SUPPORT_PHONE);
  const words = (line: ConsentLine, locale: 'fr' | 'ar'): string[] => {
    if (line === 'notice') return NOTICE.map((part) => t(locale, `people:consent.${part}`, { phone }));
    if (line === 'receipt') return [t(locale, 'people:consent.cndp', { receipt })];
    const needed = line === 'training' ? [t(locale, 'people:consent.needed')] : [];
    return [t(locale, `people:purpose.${line}`), ...needed];
  };
  const lines: ConsentLine[] = [
    'notice',
    ...(receipt === undefined ? [] : ['receipt' as const]),
    ...PURPOSES,
  ];
  return lines.map((line) => ({ line, words: { fr: words(line, 'fr'), ar: words(line, 'ar') } }));
}

/** Digest of what is read of a line in a language. */
export function consentDigest({ words }: ConsentWords, lang: ListeningLanguage): string {
  return digestOfWords(words[writtenFor(lang)]);
}
