import type { DataSourceOptions } from 'typeorm';

/** Limits of one pool: `max` connections, and the server's time limits in milliseconds (0: none). */
export interface PoolLimits {
  max: number;
  statementTimeoutMs: number;
  lockTimeoutMs: number;
}

/** The driver gives up a little after the server should have: a connection that died in silence answers nothing at all. */
const DRIVER_WAITS_MORE_MS = 2000;

const UNLIMITED: PoolLimits = { max: 4, statementTimeoutMs: 0, lockTimeoutMs: 0 };

/** Options of a TypeORM data source on `url`. Migrations alone own the schema: nothing is ever synchronised. */
export function dataSourceOptions(url: string, limits: PoolLimits = UNLIMITED): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [],
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    poolSize: limits.max,
    extra: {
      application_name: 'qafila',
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      statement_timeout: limits.statementTimeoutMs,
      ...(limits.statementTimeoutMs > 0
        ? { query_timeout: limits.statementTimeoutMs + DRIVER_WAITS_MORE_MS }
        : {}),
      lock_timeout: limits.lockTimeoutMs,
    },
  };
}
