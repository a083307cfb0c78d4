import type { DomainError } from '../errors/domain-error.js';
import { type Locale, t } from '../i18n/i18n.js';
import { formatSize } from './format-size.js';

const MEGABYTE = 1_000_000;

/** Why something was refused, as a form says it: what is wrong, and what to do; sizes in the reader's unit. */
export function refusalWords(error: DomainError, locale: Locale, code: string = error.code): string {
  const { limitBytes } = error.params;
  // A whole number, as the hints of forms have it; the little more that is taken wrongs nobody.
  const limit = limitBytes === undefined ? 0 : Math.floor(Number(limitBytes) / MEGABYTE) * MEGABYTE;
  const params = limit === 0 ? error.params : { ...error.params, limit: formatSize(limit, locale) };
  const [title, text] = ['title', 'detail'].map((key) => t(locale, `errors:${code}.${key}`, params));
  return `${title}. ${text}`;
}
