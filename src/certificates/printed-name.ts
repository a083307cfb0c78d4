import type { PrintedName } from './certificate.js';

/** Names as the person's record holds them. */
export interface NameColumns {
  givenFr: string | null;
  familyFr: string | null;
  givenAr: string | null;
  familyAr: string | null;
}

/** Given name, then family name, on one line: runs of spaces and line breaks are one space, nothing else changes. */
function oneLine(given: string | null, family: string | null): string | undefined {
  const line = `${given ?? ''} ${family ?? ''}`.replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : line;
}

/** The name as it will be printed, in the scripts the person gave. */
export function printedName(names: NameColumns): PrintedName {
  const fr = oneLine(names.givenFr, names.familyFr);
  const ar = oneLine(names.givenAr, names.familyAr);
  return { ...(fr === undefined ? {} : { fr }), ...(ar === undefined ? {} : { ar }) };
}

/** True when both print the same. */
export function isSameName(a: PrintedName, b: PrintedName): boolean {
  return a.fr === b.fr && a.ar === b.ar;
}
