import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';

const SECOND = 1000;

// Pages never go through a type parser that makes a local Date of a bare date or text of a count.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

/** Requests, jobs, and sync with reports have connections of their own: none starves another. Times in milliseconds. */
export const POOL_LIMITS = {
  requests: { max: 10, statementTimeoutMs: 5 * SECOND, lockTimeoutMs: 3 * SECOND },
  jobs: { max: 4, statementTimeoutMs: 600 * SECOND, lockTimeoutMs: 30 * SECOND },
  reports: { max: 4, statementTimeoutMs: 60 * SECOND, lockTimeoutMs: 3 * SECOND },
} as const;

export type PoolName = keyof typeof POOL_LIMITS;
export const POOL_NAMES = Object.keys(POOL_LIMITS) as PoolName[];

/** The pooled connections behind `Database`, one TypeORM data source per kind of work. */
@Injectable()
export class DataSources {
  private readonly byName: Readonly<Record<PoolName, DataSource>>;

  constructor(
    @InjectDataSource('requests') requests: DataSource,
    @InjectDataSource('jobs') jobs: DataSource,
    @InjectDataSource('reports') reports: DataSource,
  ) {
    this.byName = { requests, jobs, reports };
  }

  get(name: PoolName): DataSource {
    return this.byName[name];
  }

  /** The `pg` pool itself: TypeORM's own `query` cannot name a statement. */
  pool(name: PoolName): pg.Pool {
    return (this.byName[name].driver as unknown as { master: pg.Pool }).master;
  }

  /** A runner with its connection: the runner for BEGIN and COMMIT, the client for named statements. */
  async open(name: PoolName): Promise<{ runner: QueryRunner; client: pg.PoolClient }> {
    const runner = this.byName[name].createQueryRunner();
    return { runner, client: (await runner.connect()) as pg.PoolClient };
  }
}
