import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { lettersNotInFonts } from '../shared/print/letters-not-in-fonts.js';
import { compiledScript, WorkerPool, WorkFailed } from '../shared/workers/worker-pool.js';
import { type LetterFile, withoutGlyphs } from './print/letter-sheet.js';

const IDLE_MS = 60_000;
const HEAP_MB = 192;
/** What is left of a glyph that was made of several may itself be missing. */
const MOST_TRIES = 4;

/** Prints letters, in a thread of its own. */
@Injectable()
export class LetterPrinter implements OnModuleDestroy {
  private readonly threads = new WorkerPool<LetterFile, Uint8Array>({
    script: compiledScript(import.meta.url, './print/letter.worker.js'),
    threads: 1,
    idleMs: IDLE_MS,
    heapMb: HEAP_MB,
  });

  onModuleDestroy(): Promise<void> {
    return this.threads.close();
  }

  /** The PDF; glyphs that no font has are left out. */
  async pdf(file: LetterFile, tries = MOST_TRIES): Promise<Buffer> {
    try {
      return Buffer.from(await this.threads.run(file));
    } catch (error) {
      const glyphs = error instanceof WorkFailed ? lettersNotInFonts(error.message) : '';
      if (glyphs === '' || tries <= 1) throw error;
      return this.pdf(withoutGlyphs(file, glyphs), tries - 1);
    }
  }
}
