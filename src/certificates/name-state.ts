import type { PrintedName } from './certificate.js';
import { isSameName, type NameColumns, printedName } from './printed-name.js';

/**
 * Columns of a name and of who confirmed it, for `person p LEFT JOIN certificate_name n`. Whoever signed up by themselves
 * typed their own name; anybody else's was typed by somebody at a desk or by an import.
 */
export const NAME_COLUMNS = `
  p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr",
  n.person_id IS NOT NULL AS "wasConfirmed", n.name_fr AS "nameFr", n.name_ar AS "nameAr",
  EXISTS (SELECT 1 FROM consent k
           WHERE k.person_id = p.id AND k.purpose = 'training' AND k.channel IN ('form', 'api') AND k.in_force_at IS NOT NULL)
    AS "signedUpAlone"`;

/** What NAME_COLUMNS gives. */
export interface NameStateColumns extends NameColumns {
  wasConfirmed: boolean;
  nameFr: string | null;
  nameAr: string | null;
  signedUpAlone: boolean;
}

/** The name a certificate will print, and whether somebody has said that it is right. */
export interface NameState {
  name: PrintedName;
  confirmed: boolean;
}

export function nameStateOf(row: NameStateColumns): NameState {
  const name = printedName(row);
  if (!row.wasConfirmed) return { name, confirmed: row.signedUpAlone };
  // A confirmation is of these letters: a record that changed since asks again.
  const said = { ...(row.nameFr ? { fr: row.nameFr } : {}), ...(row.nameAr ? { ar: row.nameAr } : {}) };
  return { name, confirmed: isSameName(name, said) };
}
