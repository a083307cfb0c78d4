import { type Locale, t } from '../i18n/i18n.js';
import { type DomainError, InvalidFields } from './domain-error.js';
import { fieldDetail } from './field-detail.js';

/** Why something was refused, as one text above a form. */
export function refusalText(error: DomainError, locale: Locale): string {
  if (error instanceof InvalidFields) return error.errors.map((one) => fieldDetail(locale, one)).join(' ');
  return t(locale, `errors:${error.code}.detail`, error.params);
}
