import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { lettersNotInFonts } from '../shared/print/letters-not-in-fonts.js';
import { compiledScript, WorkerPool, WorkFailed } from '../shared/workers/worker-pool.js';
import { type PosterSheet, withoutLetters } from './print/poster-sheet.js';

const IDLE_MS = 60_000;
const HEAP_MB = 128;
/** What is left of a letter that was made of several may itself be missing. */
const MOST_TRIES = 4;

/** Prints posters, in a thread of its own. */
@Injectable()
export class PosterPrinter implements OnModuleDestroy {
  private readonly threads = new WorkerPool<PosterSheet, Uint8Array>({
    script: compiledScript(import.meta.url, './print/poster.worker.js'),
    threads: 1,
    idleMs: IDLE_MS,
    heapMb: HEAP_MB,
  });

  onModuleDestroy(): Promise<void> {
    return this.threads.close();
  }

  /** The PDF; letters that no font has are left out. */
  async pdf(sheet: PosterSheet, tries = MOST_TRIES): Promise<Buffer> {
    try {
      return Buffer.from(await this.threads.run(sheet));
    } catch (error) {
      const letters = error instanceof WorkFailed ? lettersNotInFonts(error.message) : '';
      if (letters === '' || tries <= 1) throw error;
      return this.pdf(withoutLetters(sheet, letters), tries - 1);
    }
  }
}
