import { type DynamicModule, Global, Module } from '@nestjs/common';
import { AppConfig } from './config/app-config.js';
import { migrations } from './data-source.js';
import { Csrf } from './shared/access/csrf.js';
import { Clock } from './shared/clock/clock.js';
import { ProblemFilter } from './shared/errors/problem.filter.js';
import { LATEST_MIGRATION } from './shared/operations/readiness.service.js';
import { Keys, SECRETS, type Secrets } from './shared/security/keys.js';
import { BuiltFiles } from './shared/web/built-files.js';
import { FileSender } from './shared/web/file-sender.js';
import { PageRenderer } from './shared/web/page-renderer.js';

/** What a process is given from outside: its configuration, its secrets, and the clock it reads. */
export interface Surroundings {
  config: AppConfig;
  secrets: Secrets;
  clock?: Clock;
}

/** Values and helpers that every feature may ask for. */
@Global()
@Module({})
export class CoreModule {
  static with({ config, secrets, clock }: Surroundings): DynamicModule {
    const providers = [
      { provide: AppConfig, useValue: config },
      { provide: SECRETS, useValue: secrets },
      { provide: Clock, useValue: clock ?? new Clock() },
      { provide: LATEST_MIGRATION, useValue: migrations.at(-1)?.name ?? '' },
      Keys,
      Csrf,
      BuiltFiles,
      FileSender,
      PageRenderer,
      ProblemFilter,
    ];
    return { module: CoreModule, providers, exports: providers };
  }
}
