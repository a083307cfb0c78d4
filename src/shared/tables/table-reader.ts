import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { compiledScript, WorkerDied, WorkerPool, WorkFailed } from '../workers/worker-pool.js';
import { TableTooLarge, TableUnreadable } from './table.errors.js';
import { MAX_TABLE_BYTES, type ReadTable } from './table-limits.js';
import type { TableAnswer } from './table.worker.js';

/** 100 MB of a sheet pass through it as they come; what stays is 5,000 rows and the strings of the workbook. */
const HEAP_MB = 128;
const IDLE_MS = 30_000;
/** The slowest file of the tests takes 3 s on a busy machine. */
const LONGEST_MS = 30_000;

/** Reads tables that people send, in a thread with a limit of memory and of time: what it does there ends there. */
@Injectable()
export class TableReader implements OnModuleDestroy {
  private readonly threads = new WorkerPool<Uint8Array, TableAnswer>({
    script: compiledScript(import.meta.url, './table.worker.js'),
    threads: 1,
    idleMs: IDLE_MS,
    heapMb: HEAP_MB,
    longestMs: LONGEST_MS,
  });

  onModuleDestroy(): Promise<void> {
    return this.threads.close();
  }

  /**
   * @param bytes of a CSV file or an XLSX workbook
   * @throws TableTooLarge, TableUnreadable
   */
  async read(bytes: Uint8Array): Promise<ReadTable> {
    if (bytes.byteLength > MAX_TABLE_BYTES) throw new TableTooLarge('bytes');
    const answer = await this.threads.run(bytes).catch((error: unknown) => {
      if (error instanceof WorkerDied || error instanceof WorkFailed) throw new TableUnreadable('too-heavy');
      throw error;
    });
    if ('table' in answer) return answer.table;
    const { problem } = answer;
    if (problem.kind === 'limit') throw new TableTooLarge(problem.limit);
    throw new TableUnreadable(problem.why, problem.row);
  }
}
