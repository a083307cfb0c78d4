import { DataSource, type DataSourceOptions } from 'typeorm';
import { Foundation1795305600000 } from '../migrations/1795305600000-foundation.js';
import { Geography1795305700000 } from '../migrations/1795305700000-geography.js';
import { PeopleAndAccess1795305800000 } from '../migrations/1795305800000-people-and-access.js';
import { Messages1795305900000 } from '../migrations/1795305900000-messages.js';
import { CampaignsAndTours1795306000000 } from '../migrations/1795306000000-campaigns-and-tours.js';
import { EnrolmentAndPresence1795306100000 } from '../migrations/1795306100000-enrolment-and-presence.js';

/** Every migration, oldest first. */
export const migrations = [
  Foundation1795305600000,
  Geography1795305700000,
  PeopleAndAccess1795305800000,
  Messages1795305900000,
  CampaignsAndTours1795306000000,
  EnrolmentAndPresence1795306100000,
];

/** Limits of one pool: `max` connections, and the server-side time limits in milliseconds. */
export interface PoolLimits {
  max: number;
  statementTimeoutMs: number;
  lockTimeoutMs: number;
}

/** Options of a data source on `url`; migrations alone own the schema, so nothing is ever synchronised. */
export function dataSourceOptions(url: string, limits?: PoolLimits): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: [],
    migrations,
    migrationsTableName: 'schema_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    poolSize: limits?.max ?? 4,
    extra: {
      application_name: 'qafila',
      statement_timeout: limits?.statementTimeoutMs ?? 0,
      lock_timeout: limits?.lockTimeoutMs ?? 0,
    },
  };
}

export function createDataSource(url: string, limits?: PoolLimits): DataSource {
  return new DataSource(dataSourceOptions(url, limits));
}
