import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** Something to have in the database before the first request: reference data, then demo data. */
export interface StartupTask {
  name: string;
  /** Lower runs first: reference data below 100, demo data from 100. */
  order: number;
  /** Runs in a transaction of its own; must be safe to repeat at each start. */
  run(): Promise<void>;
}

const LOCK = `SELECT pg_advisory_xact_lock(hashtext('startup.' || $1)) AS locked`;

/** Features register their tasks when they load; the process runs them once, before it listens. */
@Injectable()
export class StartupTasks {
  private readonly tasks: StartupTask[] = [];

  constructor(private readonly db: Database) {}

  add(task: StartupTask): void {
    this.tasks.push(task);
  }

  async run(): Promise<void> {
    for (const task of [...this.tasks].sort((a, b) => a.order - b.order)) {
      await this.db.on('jobs', () =>
        this.db.transaction(async () => {
          // Several processes may start at once: the second waits, and finds the work done.
          await this.db.read('startup.lock', LOCK, [task.name]);
          await task.run();
        }),
      );
    }
  }
}
