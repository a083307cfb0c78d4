import yauzl from 'yauzl';
import { MAX_INFLATED_BYTES, TableRefused } from './table-limits.js';

/** Parts of a workbook; ours have ten. */
const MAX_ENTRIES = 2000;

const broken = (): TableRefused => new TableRefused({ kind: 'unreadable', why: 'broken-workbook' });

/**
 * The parts of a workbook, unpacked one by one while they are read. What an archive says of its sizes is not believed:
 * bytes are counted as they come, over all parts together.
 */
export class ZipGuard {
  private inflated = 0;

  private constructor(
    private readonly zip: yauzl.ZipFile,
    private readonly entries: ReadonlyMap<string, yauzl.Entry>,
  ) {}

  /** @throws TableRefused when the bytes are no archive */
  static open(bytes: Uint8Array): Promise<ZipGuard> {
    return new Promise((resolve, reject) => {
      // Sizes that do not hold would end as "broken"; they are counted here instead.
      const options = { lazyEntries: true, validateEntrySizes: false, autoClose: false };
      yauzl.fromBuffer(
        Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        options,
        (error, zip) => {
          if (error || !zip) return reject(broken());
          const entries = new Map<string, yauzl.Entry>();
          zip.on('entry', (entry: yauzl.Entry) => {
            entries.set(entry.fileName.toLowerCase(), entry);
            if (entries.size > MAX_ENTRIES) reject(broken());
            else zip.readEntry();
          });
          zip.on('end', () => resolve(new ZipGuard(zip, entries)));
          zip.on('error', () => reject(broken()));
          zip.readEntry();
        },
      );
    });
  }

  /**
   * Gives the bytes of a part to `take`, in turn. @returns false when there is no such part
   * @throws TableRefused beyond the limit, or when the part is broken; and what `take` throws
   */
  async read(name: string, take: (chunk: Uint8Array) => void): Promise<boolean> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) return false;
    if ((entry.generalPurposeBitFlag & 1) !== 0)
      throw new TableRefused({ kind: 'unreadable', why: 'old-or-locked' });
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
      try {
        this.zip.openReadStream(entry, (error, opened) =>
          error || !opened ? reject(broken()) : resolve(opened),
        );
      } catch {
        reject(broken());
      }
    });
    const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    for (;;) {
      const step = await chunks.next().catch(() => Promise.reject(broken()));
      if (step.done) return true;
      this.inflated += step.value.byteLength;
      if (this.inflated > MAX_INFLATED_BYTES) {
        await chunks.return?.();
        throw new TableRefused({ kind: 'limit', limit: 'inflated' });
      }
      take(step.value);
    }
  }
}
