import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { FileStore, type StoredFile } from '../shared/files/file-store.js';
import { lettersNotInFonts } from '../shared/print/letters-not-in-fonts.js';
import { compiledScript, WorkerPool, WorkFailed } from '../shared/workers/worker-pool.js';
import type { FrozenCertificate } from './certificate.js';
import { NotPrintable } from './certificate.errors.js';
import { checkAddress } from './check-address.js';
import { certificateSheet, type CertificateSheet } from './render/certificate-sheet.js';

const THREADS = 2;
/** The compiler holds some 60 MB outside of JavaScript: given back a minute after the last sheet. */
const IDLE_MS = 60_000;
const HEAP_MB = 128;
/** Prints certificates as PDF/A-3a in threads of their own, and keeps them in the file store. */
@Injectable()
export class CertificatePrinter implements OnModuleDestroy {
  private readonly threads = new WorkerPool<CertificateSheet, Uint8Array>({
    script: compiledScript(import.meta.url, './render/typst.worker.js'),
    threads: THREADS,
    idleMs: IDLE_MS,
    heapMb: HEAP_MB,
  });

  constructor(
    private readonly config: AppConfig,
    private readonly files: FileStore,
  ) {}

  onModuleDestroy(): Promise<void> {
    return this.threads.close();
  }

  /**
   * The PDF of these data: the same bytes each time.
   *
   * @throws NotPrintable when the fonts lack a letter
   */
  async pdf(frozen: FrozenCertificate, code: string, serial: string): Promise<Buffer> {
    const address = checkAddress(this.config, code);
    try {
      return Buffer.from(await this.threads.run(certificateSheet(frozen, { code, serial, address })));
    } catch (error) {
      const letters = error instanceof WorkFailed ? lettersNotInFonts(error.message) : '';
      throw letters === '' ? error : new NotPrintable(letters);
    }
  }

  /** Prints and stores; the file has no row yet, so whoever rolls back leaves nothing that counts. */
  async print(frozen: FrozenCertificate, code: string, serial: string): Promise<StoredFile> {
    return this.files.put(await this.pdf(frozen, code, serial));
  }
}
