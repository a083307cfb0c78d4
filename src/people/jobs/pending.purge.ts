import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';
import { PENDING_MS } from '../person.kinds.js';

const KIND = 'people.purgePending';
const EVERY_SECONDS = 600;

const PEOPLE = `DELETE FROM person WHERE status = 'pending' AND created_at <= $1`;
// A number that never gave a right code and serves nobody is not kept either.
const PHONES = `
  DELETE FROM phone ph
   WHERE ph.verified_at IS NULL
     AND ph.created_at <= $1
     AND NOT EXISTS (SELECT 1 FROM person_phone pp WHERE pp.phone_id = ph.id)`;

/** Forgets sign-ups that got no right code within a day, with their numbers, consents and messages. */
@Injectable()
export class PendingPurge implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: KIND, run: () => this.purge() });
    this.worker.every({ kind: KIND, everySeconds: EVERY_SECONDS });
  }

  async purge(): Promise<{ people: number; phones: number }> {
    const before = [new Date(this.clock.now().getTime() - PENDING_MS)];
    const people = await this.db.write('person.purgePending', PEOPLE, before);
    const phones = await this.db.write('phone.purge', PHONES, before);
    return { people, phones };
  }
}
