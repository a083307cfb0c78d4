import { type DomainError, InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';

/** What is wrong with a form: a sentence for each field, or one for the whole. */
export interface PageRefusal {
  errors: Array<{ field: string; text: string }>;
  /** The same by the name of the field. */
  byField: Record<string, string>;
}

/**
 * Puts an error into the words of a form.
 *
 * @param fieldOf name of the control for a JSON pointer; unknown pointers go to `fallback`
 */
export function refusalOf(
  error: DomainError,
  locale: Locale,
  fallback: string,
  fieldOf: Readonly<Record<string, string>> = {},
): PageRefusal {
  const errors =
    error instanceof InvalidFields
      ? error.errors.map((one) => ({
          field: fieldOf[one.pointer] ?? (one.pointer.slice(1).replaceAll('/', '-') || fallback),
          text: fieldDetail(locale, one),
        }))
      : [{ field: fallback, text: t(locale, `errors:${error.code}.detail`, error.params) }];
  return { errors, byField: Object.fromEntries(errors.map(({ field, text }) => [field, text])) };
}
