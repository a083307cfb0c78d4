import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { JobWorker } from '../../shared/jobs/job.worker.js';

const KIND = 'identity.purge';
const DAY_MS = 24 * 3600 * 1000;
/** The longest limit counts over a day. */
const KEEP_CODES_MS = 2 * DAY_MS;
/** Ended sign-ins stay a while for questions about them. */
const KEEP_SIGN_INS_MS = 30 * DAY_MS;

const CHALLENGES = `DELETE FROM challenge WHERE created_at < $1`;
const ROOM_CODES = `DELETE FROM room_code WHERE created_at < $1`;
const SIGN_INS = `DELETE FROM sign_in WHERE expires_at < $1 OR revoked_at < $1`;

/** Forgets challenges and room codes that no limit counts any more, and sign-ins that ended long ago. */
@Injectable()
export class IdentityPurge implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: KIND, run: () => this.purge() });
    this.worker.every({ kind: KIND, everySeconds: 3600 });
  }

  async purge(): Promise<{ challenges: number; roomCodes: number; signIns: number }> {
    const now = this.clock.now().getTime();
    const since = new Date(now - KEEP_CODES_MS);
    const challenges = await this.db.write('challenge.purge', CHALLENGES, [since]);
    const roomCodes = await this.db.write('roomCode.purge', ROOM_CODES, [since]);
    const signIns = await this.db.write('signIn.purge', SIGN_INS, [new Date(now - KEEP_SIGN_INS_MS)]);
    return { challenges, roomCodes, signIns };
  }
}
