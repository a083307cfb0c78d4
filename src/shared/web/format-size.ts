import { type Locale, t } from '../i18n/i18n.js';
import { formatNumber } from './handlebars/format.js';

const KILOBYTE = 1000;
const MEGABYTE = 1_000_000;

/** Bytes in words, as a phone counts its data: "240 Ko", from a megabyte on "1,2 Mo"; never less than 1 KB. */
export function formatSize(bytes: number, locale: Locale): string {
  const kilobytes = Math.max(1, Math.round(bytes / KILOBYTE));
  if (kilobytes < KILOBYTE) return t(locale, 'web:size.kilobytes', { size: formatNumber(kilobytes, locale) });
  return t(locale, 'web:size.megabytes', { size: formatNumber(bytes / MEGABYTE, locale, 1) });
}
