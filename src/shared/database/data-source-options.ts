import type { DataSourceOptions } from 'typeorm';

/** Limits of one pool: `max` connections, and the server's time limits in milliseconds (0: none). */
export interface PoolLimits {
  max: number;
  statementTimeoutMs: number;
  lockTimeoutMs: number;
}

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
      statement_timeout: limits.statementTimeoutMs,
      lock_timeout: limits.lockTimeoutMs,
    },
  };
}
