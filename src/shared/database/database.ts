import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import type pg from 'pg';
import type { EntityManager } from 'typeorm';
import { isRetryable, postgresFailure } from './database.errors.js';
import { DataSources, type PoolName } from './data-sources.js';
import { bySlot, GATHERED_CALLS, listsOf, type Slotted } from './call-lists.js';
import { Gathered } from './gathered.js';

interface Scope {
  client: pg.PoolClient;
  manager: EntityManager;
  afterCommit: Array<() => void>;
}

type Values = readonly unknown[];

const FEATURE_NOT_SUPPORTED = '0A000';
const ATTEMPTS = 3;

/**
 * The one door to PostgreSQL. Statements are named, so each connection prepares them once; inside `transaction`
 * they run on its connection, so none can slip outside because somebody forgot an argument.
 */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);
  private readonly scope = new AsyncLocalStorage<Scope>();
  private readonly lane = new AsyncLocalStorage<PoolName>();
  private readonly gathered = new Map<string, Gathered<Values, Slotted | undefined>>();
  private readonly texts = new Map<string, string>();

  constructor(private readonly sources: DataSources) {}

  /** Entities of one row: the open transaction's manager, or the pool's. */
  get manager(): EntityManager {
    return this.scope.getStore()?.manager ?? this.sources.get(this.pool).manager;
  }

  /** Runs `work` on the connections of another pool: jobs and reports never take those of requests. */
  on<T>(pool: PoolName, work: () => Promise<T>): Promise<T> {
    return this.lane.run(pool, work);
  }

  /**
   * Rows of one prepared statement.
   *
   * @param name unique name of the statement, `feature.what`; a name always stands for one text
   * @param sql module constant with its columns listed
   */
  async read<Row extends object>(name: string, sql: string, values: Values = []): Promise<Row[]> {
    return (await this.run<Row>(name, sql, values)).rows;
  }

  /** The only row, or undefined when there is none. */
  async readOne<Row extends object>(
    name: string,
    sql: string,
    values: Values = [],
  ): Promise<Row | undefined> {
    return (await this.run<Row>(name, sql, values)).rows[0];
  }

  /**
   * As {@link readOne}, for a read that nearly every request makes: what many ask at the same moment goes as one
   * statement. In a transaction, and on the connections of jobs and reports, it goes by itself.
   *
   * @param sql takes for each value a list with those of ten calls, nulls where there are fewer (`unnest($1::uuid[])
   * WITH ORDINALITY`), and gives each row the `slot` of its call, from 1
   */
  async readGathered<Row extends Slotted>(
    name: string,
    sql: string,
    values: Values,
  ): Promise<Row | undefined> {
    if (this.scope.getStore() || this.lane.getStore()) return this.readOne<Row>(name, sql, listsOf([values]));
    let gathered = this.gathered.get(name);
    if (!gathered) {
      gathered = new Gathered(GATHERED_CALLS, async (calls) =>
        bySlot(await this.read<Slotted>(name, sql, listsOf(calls)), calls),
      );
      this.gathered.set(name, gathered);
    }
    return (await gathered.of(values)) as Row | undefined;
  }

  /** Runs a prepared writing statement. @returns the number of rows it touched */
  async write(name: string, sql: string, values: Values = []): Promise<number> {
    return (await this.run(name, sql, values)).rowCount ?? 0;
  }

  /**
   * Runs `work` atomically, and again, twice at most, after a deadlock. Nested calls join the transaction that is
   * open, so never swallow an inner failure: PostgreSQL has aborted the whole. One transaction is one connection:
   * await statements in turn, no `Promise.all`.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.scope.getStore()) return work();
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  /**
   * Calls `task` once the open transaction has committed, or now when there is none. For wake-ups only, never
   * awaited: a crash in between loses it, so a row must say what is still to be done.
   */
  afterCommit(task: () => void): void {
    const open = this.scope.getStore();
    if (open) open.afterCommit.push(task);
    else task();
  }

  private get pool(): PoolName {
    return this.lane.getStore() ?? 'requests';
  }

  private async run<Row extends object>(
    name: string,
    text: string,
    values: Values,
  ): Promise<pg.QueryResult<Row>> {
    this.keepName(name, text);
    const query = { name, text, values: values as unknown[] };
    const open = this.scope.getStore();
    if (open) return open.client.query<Row>(query);
    const pool = this.sources.pool(this.pool);
    try {
      return await pool.query<Row>(query);
    } catch (error) {
      // "cached plan must not change result type": a migration ran since this connection prepared the statement.
      if (postgresFailure(error)?.code !== FEATURE_NOT_SUPPORTED) throw error;
      return pool.query<Row>({ text, values: values as unknown[] });
    }
  }

  /** The driver notices a name with two texts only when both reach one connection: here it fails every time. */
  private keepName(name: string, text: string): void {
    const known = this.texts.get(name);
    if (known === undefined) this.texts.set(name, text);
    else if (known !== text) throw new Error(`The statement "${name}" stands for two texts`);
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T> {
    const { runner, client } = await this.sources.open(this.pool);
    const afterCommit: Scope['afterCommit'] = [];
    try {
      await runner.startTransaction();
      const result = await this.scope.run({ client, manager: runner.manager, afterCommit }, work);
      await runner.commitTransaction();
      this.ring(afterCommit);
      return result;
    } catch (error) {
      // The connection may be the very thing that broke; the first error is the one to tell.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private ring(tasks: Scope['afterCommit']): void {
    // The commit stands: a wake-up that fails must not turn success into an error.
    for (const task of tasks) {
      try {
        this.scope.exit(task);
      } catch (error) {
        this.logger.error('A task after commit failed', error instanceof Error ? error.stack : String(error));
      }
    }
  }
}
