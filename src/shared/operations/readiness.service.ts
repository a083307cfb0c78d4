import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { FileStore } from '../files/file-store.js';
import type { HealthDto, PartDto } from './health.dto.js';

/** Name of the newest migration the code knows; the composition root gives it. */
export const LATEST_MIGRATION = Symbol('latest migration');

const PING = `SELECT 1 AS one`;
const MIGRATED = `SELECT 1 AS done FROM schema_migration WHERE name = $1`;
const NEEDED = ['database', 'migrations', 'storage'] as const;
const CHECK_MS = 3000;

const run = promisify(execFile);

/** Asks each part of the house whether it can work. */
@Injectable()
export class ReadinessService {
  private ffmpeg: Promise<PartDto> | undefined;

  constructor(
    private readonly db: Database,
    private readonly files: FileStore,
    @Inject(LATEST_MIGRATION) private readonly latestMigration: string,
  ) {}

  async report(): Promise<HealthDto> {
    const [database, migrations, storage, transcoding] = await Promise.all([
      part('The database does not answer', () => this.db.read('health.ping', PING)),
      part('Migrations are missing', () => this.migrated()),
      part('Files cannot be written', () => this.files.check()),
      this.transcoding(),
    ]);
    const parts = { database, migrations, storage, transcoding };
    const status = NEEDED.every((name) => parts[name].status === 'ready') ? 'ok' : 'unavailable';
    return { status, parts };
  }

  private async migrated(): Promise<void> {
    if (!(await this.db.readOne('health.migrated', MIGRATED, [this.latestMigration])))
      throw new Error('behind');
  }

  /** ffmpeg is there or not for the life of a process, so it is asked once. */
  private transcoding(): Promise<PartDto> {
    this.ffmpeg ??= part('ffmpeg is not installed', () => run('ffmpeg', ['-version'], { timeout: CHECK_MS }));
    return this.ffmpeg;
  }
}

async function part(reason: string, check: () => Promise<unknown>): Promise<PartDto> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error('late')), CHECK_MS)));
  try {
    await Promise.race([check(), late]);
    return { status: 'ready' };
  } catch {
    return { status: 'unavailable', reason };
  } finally {
    clearTimeout(timer);
  }
}
