import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { StartupTasks } from '../operations/startup-tasks.js';
import {
  digestOf,
  type ReferenceRow,
  type ReferenceTable,
  referenceTables,
  rowName,
} from './reference-rows.js';

const NAME = 'geography';
const LOADED = `SELECT name, digest FROM reference_load WHERE name = $1 OR starts_with(name, $1 || '.')`;
const REMEMBER = `
  INSERT INTO reference_load (name, digest, loaded_at)
  SELECT name, digest, $3 FROM unnest($1::text[], $2::text[]) AS given (name, digest)
  ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, loaded_at = excluded.loaded_at`;

// The columns of each table in the order of `referenceTables()`.
const READ: Readonly<Record<ReferenceTable['name'], string>> = {
  province: `SELECT code, name_fr, name_ar, kind FROM province`,
  commune: `SELECT code, province_code, name_fr, name_ar, milieu FROM commune`,
  city: `SELECT slug, province_code, name_fr, name_ar, name_en, latitude, longitude FROM city`,
  leg: `SELECT from_city, to_city, minutes, km FROM leg`,
};
const WRITE: Readonly<Record<ReferenceTable['name'], string>> = {
  province: `
    INSERT INTO province (code, name_fr, name_ar, kind)
    SELECT code, name_fr, name_ar, kind FROM json_populate_recordset(NULL::province, $1)
    ON CONFLICT (code) DO UPDATE SET name_fr = excluded.name_fr, name_ar = excluded.name_ar, kind = excluded.kind`,
  commune: `
    INSERT INTO commune (code, province_code, name_fr, name_ar, milieu)
    SELECT code, province_code, name_fr, name_ar, milieu FROM json_populate_recordset(NULL::commune, $1)
    ON CONFLICT (code) DO UPDATE SET province_code = excluded.province_code, name_fr = excluded.name_fr,
      name_ar = excluded.name_ar, milieu = excluded.milieu`,
  city: `
    INSERT INTO city (slug, province_code, name_fr, name_ar, name_en, latitude, longitude)
    SELECT slug, province_code, name_fr, name_ar, name_en, latitude, longitude FROM json_populate_recordset(NULL::city, $1)
    ON CONFLICT (slug) DO UPDATE SET province_code = excluded.province_code, name_fr = excluded.name_fr,
      name_ar = excluded.name_ar, name_en = excluded.name_en, latitude = excluded.latitude, longitude = excluded.longitude`,
  leg: `
    INSERT INTO leg (from_city, to_city, minutes, km)
    SELECT from_city, to_city, minutes, km FROM json_populate_recordset(NULL::leg, $1)
    ON CONFLICT (from_city, to_city) DO UPDATE SET minutes = excluded.minutes, km = excluded.km`,
};

/**
 * Puts the reference files into their tables at start. A row that an administrator has changed since it was loaded
 * stays as it is, and the log says so; a start with unchanged files costs one read.
 */
@Injectable()
export class GeographyLoader implements OnModuleInit {
  private readonly logger = new Logger(GeographyLoader.name);

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: StartupTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: NAME, order: 10, run: () => this.load() });
  }

  /** Loads `tables`, the project's own files unless a test gives others. */
  async load(tables: readonly ReferenceTable[] = referenceTables()): Promise<void> {
    const whole = digestOf(tables);
    const known = await this.db.read<{ name: string; digest: string }>('geography.loaded', LOADED, [NAME]);
    const digests = new Map(known.map(({ name, digest }) => [name, digest]));
    if (digests.get(NAME) === whole) return;
    for (const table of tables) await this.loadTable(table, digests);
    await this.db.write('geography.remember', REMEMBER, [[NAME], [whole], this.clock.now()]);
  }

  private async loadTable(table: ReferenceTable, digests: ReadonlyMap<string, string>): Promise<void> {
    const stored = await this.db.read<Record<string, string | number>>(
      `geography.read.${table.name}`,
      READ[table.name],
    );
    const present = new Map(
      stored
        .map((record) => table.columns.map((column) => record[column] ?? ''))
        .map((row) => [rowName(table, row), row]),
    );
    const mayWrite = (row: ReferenceRow): boolean => {
      const name = rowName(table, row);
      const found = present.get(name);
      // Never loaded and never changed by hand, or as we left it.
      if (!found || digestOf(found) === (digests.get(name) ?? digestOf(row))) return true;
      this.logger.warn(`${name} was changed here and stays; the reference file has another version`);
      return false;
    };
    const rows = table.rows.filter(mayWrite);
    const records = rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i]])));
    await this.db.write(`geography.write.${table.name}`, WRITE[table.name], [JSON.stringify(records)]);
    await this.db.write('geography.remember', REMEMBER, [
      rows.map((row) => rowName(table, row)),
      rows.map((row) => digestOf(row)),
      this.clock.now(),
    ]);
  }
}
