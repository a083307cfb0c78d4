/** Formats of dates and times that every workbook has without saying so. */
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50,
]);
const DAY_MS = 24 * 3600 * 1000;
/** Day 0 of the calendar that Excel counts by, and of the older one of the Macintosh. */
const EPOCH = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;

/** Whether a number format shows a date. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (BUILT_IN_DATES.has(id)) return true;
  return (
    code !== undefined && /[dmy]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').replace(/general/gi, ''))
  );
}

/** `YYYY-MM-DD` of a counted day; the number itself where it is no day of our time. */
export function dayText(value: string, is1904: boolean): string {
  const days = Number(value);
  const date = new Date(EPOCH[is1904 ? 1904 : 1900] + Math.floor(days) * DAY_MS);
  return value.trim() === '' || Number.isNaN(date.getTime()) ? value : date.toISOString().slice(0, 10);
}

/** A number as one would type it: whole ones without an exponent, so that a phone number stays one. */
export function numberText(value: string): string {
  const number = Number(value);
  return /e/i.test(value) && Number.isSafeInteger(number) ? String(number) : value;
}

/** `_x000D_` is how a workbook writes a sign that XML cannot hold. */
export function unescaped(text: string): string {
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

/** Signs that XML cannot hold, would change, or that the writer drops. */
const UNWRITABLE = /[\u0001-\u0008\u000b-\u001f\u007f-\u009f]|\p{Noncharacter_Code_Point}/gu;

/** As a workbook must write it; `unescaped` takes it back. */
export function escapedForXml(text: string): string {
  const unit = (sign: string): string =>
    `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  return text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(UNWRITABLE, (sign) => sign.split('').map(unit).join(''));
}

/** Column of a reference, from 0: `C7` is 2. */
export function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/i.exec(reference)?.[0].toUpperCase() ?? 'A')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
