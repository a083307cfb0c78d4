import { hasWords, type Locale, t } from '../i18n/i18n.js';
import type { FieldError } from './domain-error.js';

/** The sentence of one field error, in words that say what to do. */
export function fieldDetail(locale: Locale, error: FieldError): string {
  const key = `errors:field.${error.code}`;
  return hasWords(locale, key) ? t(locale, key, error.params) : t(locale, 'errors:field.invalid');
}
