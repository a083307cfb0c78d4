import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppConfig } from '../../config/app-config.js';
import { dataSourceOptions } from './data-source-options.js';
import { DataSources, POOL_LIMITS, POOL_NAMES } from './data-sources.js';
import { Database } from './database.js';

const RETRY_DELAY_MS = 300;

const sources = POOL_NAMES.map((name) =>
  TypeOrmModule.forRootAsync({
    name,
    inject: [AppConfig],
    useFactory: (config: AppConfig) => {
      const replica = name === 'reports' ? config.DATABASE_REPLICA_URL : undefined;
      return {
        ...dataSourceOptions(replica ?? config.DATABASE_URL ?? '', POOL_LIMITS[name]),
        autoLoadEntities: true,
        retryAttempts: 3,
        retryDelay: RETRY_DELAY_MS,
      };
    },
  }),
);

@Global()
@Module({ imports: sources, providers: [DataSources, Database], exports: [DataSources, Database] })
export class DatabaseModule {}
