import { createHash } from 'node:crypto';
import { cities, communes, provinces, roadLegs } from './geography.js';

/** Values of a row, column by column in the order of the table's `columns`. */
export type ReferenceRow = readonly (string | number)[];

/** A reference table: what the files say should stand in it. */
export interface ReferenceTable {
  name: 'province' | 'commune' | 'city' | 'leg';
  /** Key columns first. */
  columns: readonly string[];
  keys: number;
  rows: readonly ReferenceRow[];
}

/** The four tables as the reference files have them, referenced ones first. */
export function referenceTables(): readonly ReferenceTable[] {
  return [
    {
      name: 'province',
      columns: ['code', 'name_fr', 'name_ar', 'kind'],
      keys: 1,
      rows: provinces().map(({ code, name, type }) => [code, name.fr, name.ar, type]),
    },
    {
      name: 'commune',
      columns: ['code', 'province_code', 'name_fr', 'name_ar', 'milieu'],
      keys: 1,
      rows: communes().map(({ code, provinceCode, name, milieu }) => [
        code,
        provinceCode,
        name.fr,
        name.ar,
        milieu,
      ]),
    },
    {
      name: 'city',
      columns: ['slug', 'province_code', 'name_fr', 'name_ar', 'name_en', 'latitude', 'longitude'],
      keys: 1,
      rows: cities().map(({ slug, provinceCode, name, lat, lon }) => [
        slug,
        provinceCode,
        name.fr,
        name.ar,
        name.en,
        lat,
        lon,
      ]),
    },
    {
      name: 'leg',
      columns: ['from_city', 'to_city', 'minutes', 'km'],
      keys: 2,
      // Stored once, the smaller slug first: both directions take as long.
      rows: roadLegs().map(({ from, to, minutes, km }) =>
        from < to ? [from, to, minutes, km] : [to, from, minutes, km],
      ),
    },
  ];
}

/** What tells two versions of a row, or of all tables, apart. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}

/** Name under which a row's last loaded version is remembered in `reference_load`. */
export function rowName(table: ReferenceTable, row: ReferenceRow): string {
  return `geography.${table.name}.${row.slice(0, table.keys).join('/')}`;
}
