import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { JobRunner } from '../jobs/job.runner.js';
import { JobWorker } from '../jobs/job.worker.js';
import { Keys } from '../security/keys.js';
import { blockHash, GENESIS, isSignedBy, type SealedEvent, signBlock } from './audit-chain.js';

const SEAL_KIND = 'audit.seal';
const SEAL_EVERY_SECONDS = 60;
const BLOCK_EVENTS = 10_000;

const LOCK = `SELECT pg_advisory_xact_lock(hashtext('audit.seal')) AS locked`;
const LAST = `SELECT n, last_seq AS "lastSeq", hash FROM audit_block ORDER BY n DESC LIMIT 1`;
const EVENT_COLUMNS = `
  seq, at, actor_kind AS "actorKind", actor_id AS "actorId", action, subject_kind AS "subjectKind",
  subject_id AS "subjectId", organisation_id AS "organisationId", facts`;
// Sequence numbers are handed out before COMMIT: an event younger than the slowest statement may still be missing.
const UNSEALED = `
  SELECT ${EVENT_COLUMNS} FROM audit_event
   WHERE seq > $1
     AND seq < coalesce((SELECT min(seq) FROM audit_event WHERE at > $2), 9223372036854775807)
   ORDER BY seq
   LIMIT ${BLOCK_EVENTS}`;
const IN_BLOCK = `SELECT ${EVENT_COLUMNS} FROM audit_event WHERE seq BETWEEN $1 AND $2 ORDER BY seq`;
const BLOCKS = `
  SELECT n, first_seq AS "firstSeq", last_seq AS "lastSeq", previous_hash AS "previousHash", hash, signature
    FROM audit_block WHERE n > $1 ORDER BY n LIMIT 100`;
const INSERT = `
  INSERT INTO audit_block (n, first_seq, last_seq, previous_hash, hash, key_id, signature, sealed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;
const SETTLE_MS = 15_000;

interface Block {
  n: number;
  firstSeq: number;
  lastSeq: number;
  previousHash: Buffer;
  hash: Buffer;
  signature: Buffer;
}

export interface AuditReport {
  blocks: number;
  events: number;
  /** The first block that does not hold, and why; absent when the chain is whole. */
  broken?: { block: number; why: 'hash' | 'link' | 'signature' };
}

/** Seals the audit log in signed blocks, each minute, and checks the chain. */
@Injectable()
export class AuditSealService implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly runner: JobRunner,
    private readonly worker: JobWorker,
  ) {}

  onModuleInit(): void {
    this.runner.register({ kind: SEAL_KIND, run: async () => ({ sealed: await this.seal() }) });
    this.worker.every({ kind: SEAL_KIND, everySeconds: SEAL_EVERY_SECONDS });
  }

  /** @returns the number of events put into a new block; 0 when there was nothing new */
  async seal(settleMs = SETTLE_MS): Promise<number> {
    return this.db.transaction(async () => {
      await this.db.read('audit.lock', LOCK);
      const last = await this.db.readOne<{ n: number; lastSeq: number; hash: Buffer }>('audit.last', LAST);
      const settledBefore = new Date(this.clock.now().getTime() - settleMs);
      const events = await this.db.read<SealedEvent>('audit.unsealed', UNSEALED, [
        last?.lastSeq ?? 0,
        settledBefore,
      ]);
      const [first] = events;
      const final = events.at(-1);
      if (!first || !final) return 0;
      const previous = last?.hash ?? GENESIS;
      const hash = blockHash(previous, events);
      const key = this.keys.current('audit');
      const values = [
        (last?.n ?? 0) + 1,
        first.seq,
        final.seq,
        previous,
        hash,
        key.id,
        signBlock(hash, key.secret),
      ];
      await this.db.write('audit.block', INSERT, [...values, this.clock.now()]);
      return events.length;
    });
  }

  /** Recomputes every block from its events. */
  async verify(): Promise<AuditReport> {
    const report: AuditReport = { blocks: 0, events: 0 };
    let previous: Buffer = GENESIS;
    for (let after = 0; ;) {
      const blocks = await this.db.read<Block>('audit.blocks', BLOCKS, [after]);
      if (blocks.length === 0) return report;
      for (const block of blocks) {
        const events = await this.db.read<SealedEvent>('audit.inBlock', IN_BLOCK, [
          block.firstSeq,
          block.lastSeq,
        ]);
        const why = this.fault(block, previous, events);
        if (why) return { ...report, broken: { block: block.n, why } };
        report.blocks += 1;
        report.events += events.length;
        previous = block.hash;
        after = block.n;
      }
    }
  }

  private fault(
    block: Block,
    previous: Buffer,
    events: SealedEvent[],
  ): 'hash' | 'link' | 'signature' | undefined {
    if (!block.previousHash.equals(previous)) return 'link';
    if (!blockHash(previous, events).equals(block.hash)) return 'hash';
    const signed = this.keys
      .all('audit')
      .some(({ secret }) => isSignedBy(block.hash, block.signature, secret));
    return signed ? undefined : 'signature';
  }
}
