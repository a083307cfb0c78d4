import { buffer } from 'node:stream/consumers';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { FileStore, type StoredFile } from '../shared/files/file-store.js';
import { lettersNotInFonts } from '../shared/print/letters-not-in-fonts.js';
import { compiledScript, WorkerPool, WorkFailed } from '../shared/workers/worker-pool.js';
import type { FrozenCertificate } from './certificate.js';
import { NotPrintable, SheetTooFull, TextTooWide } from './certificate.errors.js';
import { checkAddress } from './check-address.js';
import { certificateSheet, logoFile, type PrintMarks } from './render/certificate-sheet.js';
import type { CertificateWork } from './render/typst.worker.js';

const THREADS = 2;
/** The compiler holds some 60 MB outside of JavaScript: given back a minute after the last sheet. */
const IDLE_MS = 60_000;
const HEAP_MB = 128;
/** Logos remembered, so that a batch reads each once; some 20 kB each, and their names never change their content. */
const REMEMBERED_LOGOS = 12;
/** What the template says when it stops a trial. */
const TOO_WIDE = /text-too-wide (\w+) (\w+)/;
const TOO_FULL = 'sheet-too-full';

/** Prints certificates as PDF/A-3a in threads of their own, and keeps them in the file store. */
@Injectable()
export class CertificatePrinter implements OnModuleDestroy {
  private readonly threads = new WorkerPool<CertificateWork, Uint8Array>({
    script: compiledScript(import.meta.url, './render/typst.worker.js'),
    threads: THREADS,
    idleMs: IDLE_MS,
    heapMb: HEAP_MB,
  });
  private readonly logos = new Map<string, Uint8Array>();

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
  pdf(frozen: FrozenCertificate, code: string, serial: string): Promise<Buffer> {
    return this.run(frozen, { code, serial, address: checkAddress(this.config, code) });
  }

  /**
   * Prints and throws away, to know whether a certificate of these data has its place on the page.
   *
   * @throws NotPrintable, TextTooWide, SheetTooFull
   */
  async assertFits(frozen: FrozenCertificate, code: string, serial: string): Promise<void> {
    await this.run(frozen, { code, serial, address: checkAddress(this.config, code), isStrict: true });
  }

  /** Prints and stores; the file has no row yet, so whoever rolls back leaves nothing that counts. */
  async print(frozen: FrozenCertificate, code: string, serial: string): Promise<StoredFile> {
    return this.files.put(await this.pdf(frozen, code, serial));
  }

  private async run(frozen: FrozenCertificate, marks: PrintMarks): Promise<Buffer> {
    const pictures = await Promise.all(
      (frozen.logos ?? []).map(async ({ hash }, n) => [logoFile(n), await this.logo(hash)] as const),
    );
    try {
      const sheet = certificateSheet(frozen, marks);
      return Buffer.from(await this.threads.run({ sheet, files: Object.fromEntries(pictures) }));
    } catch (error) {
      throw error instanceof WorkFailed ? (refusalIn(error.message) ?? error) : error;
    }
  }

  private async logo(hash: string): Promise<Uint8Array> {
    const known = this.logos.get(hash);
    if (known) return known;
    const content = await buffer(await this.files.read(hash));
    const [oldest] = this.logos.keys();
    if (oldest !== undefined && this.logos.size >= REMEMBERED_LOGOS) this.logos.delete(oldest);
    this.logos.set(hash, content);
    return content;
  }
}

/** What the failure of a print says of its data; undefined when it says nothing. */
function refusalIn(message: string): NotPrintable | TextTooWide | SheetTooFull | undefined {
  const letters = lettersNotInFonts(message);
  if (letters !== '') return new NotPrintable(letters);
  const [, key, lang] = TOO_WIDE.exec(message) ?? [];
  if (key && lang) return new TextTooWide(key, lang);
  return message.includes(TOO_FULL) ? new SheetTooFull() : undefined;
}
