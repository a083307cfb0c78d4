import { isLocale, type Locale } from '../../shared/i18n/i18n.js';

const LONGEST = 500;

/** `?next=` as a path of this site, or undefined: a link in a message must not lead elsewhere after the sign-in. */
export function safeNext(next: unknown): string | undefined {
  if (typeof next !== 'string' || next.length > LONGEST) return undefined;
  // Browsers read a backslash as a slash and drop tabs and line breaks.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return undefined;
  return next;
}

/** Where the sign-in leads, in the language that is read now: one may have changed it on the way. */
export function onward(next: string, locale: Locale): string {
  const [, language, rest = ''] = /^\/([^/?#]*)(.*)$/s.exec(next) ?? [];
  return isLocale(language) ? `/${locale}${rest}` : `/${locale}${next}`;
}
