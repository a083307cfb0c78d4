import type { PersonName } from './person-name.js';

/** The columns of a name, as every read of persons lists them. */
export interface NameColumns {
  givenFr: string | null;
  familyFr: string | null;
  givenAr: string | null;
  familyAr: string | null;
}

const parts = (given: string | null, family: string | null) =>
  given === null || family === null ? undefined : { given, family };

/** The name of a row, with the scripts it has. */
export function nameOf(row: NameColumns): PersonName {
  const fr = parts(row.givenFr, row.familyFr);
  const ar = parts(row.givenAr, row.familyAr);
  return { ...(fr ? { fr } : {}), ...(ar ? { ar } : {}) };
}
