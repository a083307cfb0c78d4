import { extname } from 'node:path';
import { type Locale, t } from '../i18n/i18n.js';
import { formatNumber, isolate } from './handlebars/format.js';

const KILOBYTE = 1000;
const MEGABYTE = 1_000_000;

/** Bytes in words, as a phone counts its data: "240 Ko", from a megabyte on "1,2 Mo"; never less than 1 KB. */
export function formatSize(bytes: number, locale: Locale): string {
  const kilobytes = Math.max(1, Math.round(bytes / KILOBYTE));
  if (kilobytes < KILOBYTE) return t(locale, 'web:size.kilobytes', { size: formatNumber(kilobytes, locale) });
  // A limit is a whole number; what weighs something hardly ever is.
  const digits = bytes % MEGABYTE === 0 ? 0 : 1;
  return t(locale, 'web:size.megabytes', { size: formatNumber(bytes / MEGABYTE, locale, digits) });
}

/** What a file is and how heavy, "PDF, 240 Ko": the type by the ending of its name, set apart from the script around it. */
export function formatFile(name: string, bytes: number, locale: Locale): string {
  const type = isolate(extname(name).slice(1).toUpperCase(), locale);
  return t(locale, 'web:size.file', { type, size: formatSize(bytes, locale) });
}
