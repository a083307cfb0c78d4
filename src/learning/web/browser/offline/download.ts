import { keepPack, packAt, type StoredFile, type StoredPack } from './database.js';
import { cacheOf, dropFiles, keyOf, removePack, weightOf } from './packs.js';

/** A lesson's files as the server lists them. */
export interface ListedPack {
  readonly title: string;
  readonly versionId: string;
  readonly page: string;
  readonly files: readonly StoredFile[];
}

/** Why a download stopped: the network, a phone without room, a file that the server does not give, the person. */
export type Stop = 'network' | 'space' | 'server' | 'cancelled';

export class Stopped extends Error {
  constructor(readonly why: Stop) {
    super(why);
  }
}

/** Files fetched at once: a lesson has many small ones, and each waits for the network. */
const AT_ONCE = 4;

/** The files of a lesson with its video or without. */
export function filesFor({ files }: ListedPack, withVideo: boolean): StoredFile[] {
  return withVideo ? [...files] : files.filter(({ part }) => part !== 'video' && part !== 'player');
}

/** Asks for a lesson's files. @throws Stopped */
export async function listPack(url: string, owner: string): Promise<ListedPack> {
  const headers = { accept: 'application/json', 'x-person': owner };
  const answer = await fetch(url, { headers }).catch(() => undefined);
  if (!answer) throw new Stopped('network');
  if (!answer.ok) throw new Stopped('server');
  return (await answer.json()) as ListedPack;
}

/** Bytes that are not on this phone yet. */
export async function missingOf(owner: string, files: readonly StoredFile[]): Promise<number> {
  const cache = await caches.open(cacheOf(owner));
  const isHere = async ({ url, part }: StoredFile): Promise<boolean> =>
    part !== 'page' && (await cache.match(url)) !== undefined;
  const found = await Promise.all(files.map(isHere));
  return weightOf(files.filter((_, index) => !found[index]));
}

/**
 * Fetches a lesson file by file. What is whole is never fetched again, so that a download that was cut goes on; the page
 * comes last, so that nothing is shown that is not all there.
 */
export class Download {
  private readonly aborter = new AbortController();
  private readonly underWay = new Map<string, number>();
  private done = 0;

  /** @param tell called with the bytes that are here, and all */
  constructor(
    private readonly owner: string,
    private readonly listed: ListedPack,
    private readonly withVideo: boolean,
    private readonly tell: (done: number, total: number) => void,
  ) {}

  cancel(): void {
    this.aborter.abort();
  }

  /** @throws Stopped */
  async run(): Promise<void> {
    const { owner, listed, withVideo } = this;
    const { title, versionId, page } = listed;
    const files = filesFor(listed, withVideo);
    const key = keyOf(owner, page);
    const before = await packAt(key);
    const isNext = before?.state === 'stored';
    const pack: StoredPack = {
      ...{ key: keyOf(owner, page, isNext), owner, page, title, versionId, withVideo, files },
      state: 'loading',
    };
    await keepPack(pack);
    try {
      await this.fetchAll(files);
    } catch (error) {
      const stopped = error instanceof Stopped ? error : new Stopped(whyOf(error));
      if (stopped.why === 'cancelled') await removePack(pack);
      throw stopped;
    }
    await keepPack({ ...pack, key, state: 'stored' }, isNext ? pack.key : undefined);
    if (before) await dropFiles(owner, before.files);
  }

  private async fetchAll(files: readonly StoredFile[]): Promise<void> {
    const cache = await caches.open(cacheOf(this.owner));
    const total = weightOf(files);
    const waiting = files.filter(({ part }) => part !== 'page');
    const worker = async (): Promise<void> => {
      for (let file = waiting.shift(); file; file = waiting.shift()) {
        if (!(await cache.match(file.url))) await this.fetchOne(cache, file, total);
        this.count(file, total);
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
    for (const each of workers) if (each.status === 'rejected') throw each.reason;
    for (const file of files.filter(({ part }) => part === 'page')) {
      await this.fetchOne(cache, file, total);
      this.count(file, total);
    }
  }

  private count({ url, bytes }: StoredFile, total: number): void {
    this.underWay.delete(url);
    this.done += bytes;
    this.say(total);
  }

  private say(total: number): void {
    const partly = [...this.underWay.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.tell(Math.min(this.done + partly, total), total);
  }

  private async fetchOne(cache: Cache, file: StoredFile, total: number): Promise<void> {
    const { signal } = this.aborter;
    const accept = file.part === 'page' ? 'text/html' : '*/*';
    // A page of somebody else, or of nobody, is no part of this person's lessons: the server refuses it.
    const headersAsked = new Headers({ accept });
    if (file.part === 'page') headersAsked.set('x-person', this.owner);
    const answer = await fetch(file.url, { signal, headers: headersAsked });
    if (!answer.ok || !answer.body) throw new Stopped('server');
    const chunks: BlobPart[] = [];
    let bytes = 0;
    const reader = answer.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
      bytes += read.value.length;
      this.underWay.set(file.url, Math.min(bytes, file.bytes));
      this.say(total);
    }
    // A page says what belongs to the moment; a file is the one that was listed, or was cut.
    if (file.part !== 'page' && bytes !== file.bytes) throw new Stopped('network');
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    const headers =
      file.part === 'page'
        ? headersOfPage(answer)
        : { 'content-type': type, 'content-length': String(bytes) };
    await cache.put(file.url, new Response(new Blob(chunks, { type }), { headers }));
  }
}

/** Those that hold a page in: what it may load, who may frame it, who may keep it. */
export function headersOfPage({ headers }: Response): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
  return kept;
}

function whyOf(error: unknown): Stop {
  const { name } = error as Error;
  if (name === 'AbortError') return 'cancelled';
  return name === 'QuotaExceededError' ? 'space' : 'network';
}
