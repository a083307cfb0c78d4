import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** An E.164 number as people read it: Moroccan ones in pairs (`06 12 34 56 78`), others international. */
export function formatPhone(e164: string): string {
  const moroccan = /^\+212([5-8]\d{8})$/.exec(e164)?.[1];
  if (moroccan !== undefined) return `0${moroccan}`.replace(/(\d{2})(?=\d)/g, '$1 ');
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}
