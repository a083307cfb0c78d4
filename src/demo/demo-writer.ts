import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { StartupTasks } from '../shared/operations/startup-tasks.js';

const KNOWN = `SELECT digest FROM reference_load WHERE name = $1`;
const REMEMBER = `
  INSERT INTO reference_load (name, digest, loaded_at) VALUES ($1, $2, $3)
  ON CONFLICT (name) DO UPDATE SET digest = excluded.digest, loaded_at = excluded.loaded_at`;

/** A row as its columns; ranges, dates and JSON as PostgreSQL writes them. */
export type Row = Readonly<Record<string, unknown>>;

/** How demo files write: once per database, many rows by one statement. */
@Injectable()
export class DemoWriter {
  constructor(
    readonly config: AppConfig,
    readonly clock: Clock,
    readonly db: Database,
    private readonly tasks: StartupTasks,
  ) {}

  /**
   * Registers a part of the demo. In demo mode it runs once per database; a later start finds the mark and does nothing.
   *
   * @param order 100 or more; parts that need the rows of another come after it
   */
  register(name: string, order: number, load: () => Promise<void>): void {
    this.registerEach(`demo.${name}`, order, async () => {
      if (await this.known(`demo.${name}`)) return;
      await load();
      await this.remember(`demo.${name}`, 'loaded');
    });
  }

  /** Registers work of every start in demo mode, which decides by itself whether there is something to do. */
  registerEach(name: string, order: number, run: () => Promise<void>): void {
    if (this.config.hasDemoData) this.tasks.add({ name, order, run });
  }

  /** What was remembered of a part, if it was loaded. */
  async known(name: string): Promise<string | undefined> {
    return (await this.db.readOne<{ digest: string }>('demo.known', KNOWN, [name]))?.digest;
  }

  async remember(name: string, digest: string): Promise<void> {
    await this.db.write('demo.remember', REMEMBER, [name, digest, this.clock.now()]);
  }

  /** Inserts rows that all have the same columns. */
  async put(table: string, rows: readonly Row[]): Promise<void> {
    await this.insert(table, rows, '');
  }

  /** Inserts the rows whose key is not in the table yet; those that are there belong to somebody else and stay. */
  async putMissing(table: string, key: string, rows: readonly Row[]): Promise<void> {
    await this.insert(table, rows, `ON CONFLICT (${key}) DO NOTHING`);
  }

  private async insert(table: string, rows: readonly Row[], conflict: string): Promise<void> {
    const columns = Object.keys(rows[0] ?? {}).join(', ');
    if (!columns) return;
    const sql = `
      INSERT INTO ${table} (${columns})
      SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)
      ${conflict}`;
    const name = `demo.put.${table}.${createHash('sha256').update(sql).digest('hex').slice(0, 12)}`;
    await this.db.write(name, sql, [JSON.stringify(rows)]);
  }
}
