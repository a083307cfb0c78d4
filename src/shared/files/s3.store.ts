import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { S3Place } from '../../config/storage-place.js';
import { newId } from '../new-id.js';
import { FileStore, type StoredFile } from './file-store.js';
import { makeFolder } from './make-folder.js';
import { S3Requests } from './s3.requests.js';
import { StorageAway } from './storage.errors.js';
import { storedPath } from './stored-path.js';
import { writeHashed } from './write-hashed.js';

const ABSENT = 404;
/** Files asked for at once in a listing, of which stores give 1000 at most; how long a store may stand still. */
export const S3_LIMITS = { perPage: 1000, silentMs: 10_000 };
/** How often in a row a file is opened again that broke off before a byte came. */
const MOST_BREAKS = 5;
const LISTED = /<Contents>(.*?)<\/Contents>/gs;
const NAME = /\/([0-9a-f]{64})$/;

/**
 * Files in a bucket, under the same names as on a disk. What is signed of an upload is its SHA-256, which is its name:
 * the store itself refuses bytes that broke on the way.
 */
export class S3Store extends FileStore {
  private readonly requests: S3Requests;

  /** @param scratch folder for streams on their way, whose name is known only at their end */
  constructor(
    private readonly place: S3Place,
    private readonly scratch: string,
    private readonly limits = S3_LIMITS,
  ) {
    super();
    this.requests = new S3Requests(place, limits.silentMs);
  }

  async put(content: Readable | Buffer): Promise<StoredFile> {
    if (Buffer.isBuffer(content)) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      return this.keep({ hash: sha256, bytes: content.length }, () => Readable.from([content]));
    }
    const file = join(this.scratch, newId());
    await makeFolder(dirname(file));
    try {
      return await this.keep(await writeHashed(file, content), () => createReadStream(file));
    } finally {
      await rm(file, { force: true });
    }
  }

  async read(hash: string, range?: { start: number; end: number }): Promise<Readable> {
    const first = await this.open(hash, range);
    return Readable.from(this.pieces(hash, range, first), { objectMode: false });
  }

  async stat(hash: string): Promise<StoredFile | undefined> {
    const answer = await this.requests.send({ method: 'HEAD', key: this.key(hash) }, [ABSENT]);
    answer.resume();
    if (answer.statusCode === ABSENT) return undefined;
    return { hash, bytes: lengthOf(answer) };
  }

  async remove(hash: string): Promise<void> {
    await this.requests.sendForText({ method: 'DELETE', key: this.key(hash) }, [ABSENT]);
  }

  async *list(): AsyncGenerator<StoredFile> {
    const { prefix } = this.place;
    for (let token = ''; ;) {
      const query = {
        'list-type': '2',
        'max-keys': String(this.limits.perPage),
        prefix,
        ...(token === '' ? {} : { 'continuation-token': token }),
      };
      const { text } = await this.requests.sendForText({ method: 'GET', key: '', query });
      for (const [, entry = ''] of text.matchAll(LISTED)) {
        const hash = NAME.exec(`/${/<Key>([^<]*)<\/Key>/.exec(entry)?.[1] ?? ''}`)?.[1];
        if (hash !== undefined) yield { hash, bytes: Number(/<Size>(\d+)<\/Size>/.exec(entry)?.[1]) };
      }
      token = (/<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(text)?.[1] ?? '').replaceAll(
        '&amp;',
        '&',
      );
      if (token === '') return;
    }
  }

  async check(): Promise<void> {
    const body = Buffer.from('qafila');
    const sha256 = createHash('sha256').update(body).digest('hex');
    const key = `${this.place.prefix}probe`;
    const open = (): Readable => Readable.from([body]);
    await this.requests.sendForText({ method: 'PUT', key, body: { bytes: body.length, sha256, open } });
  }

  private async keep(file: StoredFile, open: () => Readable): Promise<StoredFile> {
    const { hash, bytes } = file;
    // Named by its content: what is there is the same.
    if ((await this.stat(hash))?.bytes === bytes) return file;
    await this.requests.sendForText({
      method: 'PUT',
      key: this.key(hash),
      body: { bytes, sha256: hash, open },
    });
    return file;
  }

  /**
   * @throws with code ENOENT for a file that is not there, as a disk does; StorageAway for an answer to something else
   * than was asked, such as the whole file from a cache that knows no ranges
   */
  private async open(hash: string, range?: { start: number; end: number }): Promise<IncomingMessage> {
    const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
    const answer = await this.requests.send({ method: 'GET', key: this.key(hash), headers }, [ABSENT]);
    if (answer.statusCode !== ABSENT) {
      const fault = faultOf(answer, range);
      if (fault === undefined) return answer;
      answer.destroy();
      throw new StorageAway(fault);
    }
    answer.resume();
    throw Object.assign(new Error(`No stored file ${hash}`), { code: 'ENOENT' });
  }

  /** The bytes as they come; a connection that breaks is opened again where it broke. */
  private async *pieces(
    hash: string,
    range: { start: number; end: number } | undefined,
    first: IncomingMessage,
  ): AsyncGenerator<Buffer> {
    let answer = first;
    let at = range?.start ?? 0;
    const end = at + lengthOf(first);
    for (let breaks = 0; ; breaks += 1) {
      const before = at;
      try {
        for await (const piece of awake(answer, this.limits.silentMs)) {
          at += piece.length;
          yield piece;
        }
      } catch (error) {
        if (breaks === MOST_BREAKS) throw new StorageAway((error as Error).message);
      }
      if (at >= end) return;
      if (at > before) breaks = 0;
      if (breaks === MOST_BREAKS) throw new StorageAway('it ended before its end');
      answer = await this.open(hash, { start: at, end: end - 1 });
    }
  }

  private key(hash: string): string {
    return `${this.place.prefix}${storedPath(hash)}`;
  }
}

/** What an answer has that a file cannot be read by, where bytes of one place would be taken for those of another. */
function faultOf(answer: IncomingMessage, range?: { start: number; end: number }): string | undefined {
  if (answer.headers['content-length'] === undefined) return 'no length';
  if (!range) return answer.statusCode === 200 ? undefined : `status ${answer.statusCode} for a whole file`;
  if (answer.statusCode !== 206) return `status ${answer.statusCode} for a part of a file`;
  const [, first, last] = /^bytes (\d+)-(\d+)\//.exec(answer.headers['content-range'] ?? '') ?? [];
  const isAsked = Number(first) === range.start && Number(last) <= range.end;
  const isWhole = Number(last) - range.start + 1 === lengthOf(answer);
  return isAsked && isWhole ? undefined : 'another part than was asked for';
}

/** @throws StorageAway when it is not said: nobody would know where the file ends */
function lengthOf({ headers }: IncomingMessage): number {
  const said = headers['content-length'];
  if (said === undefined) throw new StorageAway('no length');
  return Number(said);
}

/** An answer's pieces, unless the store stands still; a reader that takes its time is waited for. */
async function* awake(answer: IncomingMessage, silentMs: number): AsyncGenerator<Buffer> {
  // The connection's own clock runs while nobody reads, too.
  answer.setTimeout(0);
  const watch = () => setTimeout(() => answer.destroy(new Error('no answer')), silentMs);
  let timer = watch();
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      clearTimeout(timer);
      yield piece;
      timer = watch();
    }
  } finally {
    clearTimeout(timer);
  }
}
