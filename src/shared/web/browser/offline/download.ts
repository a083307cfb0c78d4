import { keepPack, packAt, type StoredFile, type StoredPack } from './database.js';
import { cacheOf, dropFiles, keyOf, removePack } from './packs.js';
import { Tally, type Tell } from './tally.js';
import { alone } from './turns.js';

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

/** The files that are on this phone already; a page is fetched each time. */
export async function filesHere(owner: string, files: readonly StoredFile[]): Promise<StoredFile[]> {
  const cache = await caches.open(cacheOf(owner));
  const isHere = async ({ url, part }: StoredFile): Promise<boolean> =>
    part !== 'page' && (await cache.match(url)) !== undefined;
  const found = await Promise.all(files.map(isHere));
  return files.filter((_, index) => found[index]);
}

/** Under which pages of this phone know that something is fetched. */
export function fetchName(owner: string, page: string): string {
  return `qafila-fetch ${owner} ${page}`;
}

/**
 * Fetches a lesson file by file. What is whole is never fetched again, so that a download that was cut goes on; the page
 * comes last, so that nothing is shown that is not all there. What is stored already stays until the new one is whole.
 */
export class Download {
  private readonly tallies: Tally[];
  private readonly lessons: readonly string[] | undefined;
  private readonly aborter = new AbortController();

  /** @param also of a course: counts what all lessons fetch, and the lessons that its page leads to */
  constructor(
    private readonly owner: string,
    private readonly listed: ListedPack,
    private readonly withVideo: boolean,
    tell: Tell,
    also: { tally?: Tally; lessons?: readonly string[] } = {},
  ) {
    const name = fetchName(owner, listed.page);
    const own = new Tally(name, filesFor(listed, withVideo), tell, () => this.cancel());
    this.tallies = also.tally ? [own, also.tally] : [own];
    this.lessons = also.lessons;
  }

  cancel(): void {
    this.aborter.abort();
  }

  /**
   * In turn with the other pages of this phone.
   *
   * @param waits false: leaves it to the page that is at it
   * @returns false when another page is at it
   * @throws Stopped
   */
  async run(waits = false): Promise<boolean> {
    const { owner, listed } = this;
    try {
      return await alone(fetchName(owner, listed.page), () => this.fetchOnce(), waits);
    } finally {
      this.end();
    }
  }

  /** Without taking turns: for whoever has the turn already. @throws Stopped */
  async fetch(): Promise<void> {
    const { owner, withVideo, listed, lessons } = this;
    const { title, versionId, page } = listed;
    const files = filesFor(listed, withVideo);
    try {
      const key = keyOf(owner, page);
      const before = await packAt(key);
      const isNext = before?.state === 'stored';
      const pack: StoredPack = {
        ...{ key: keyOf(owner, page, isNext), owner, page, title, versionId, withVideo, files },
        ...(lessons ? { lessons } : {}),
        state: 'loading',
      };
      await keepPack(pack);
      await this.fetchAll(files).catch(async (error: unknown) => {
        if (whyOf(error) === 'cancelled') await removePack(pack);
        throw error;
      });
      await keepPack({ ...pack, key, state: 'stored' }, isNext ? pack.key : undefined);
      if (before) await dropFiles(owner, before.files);
    } catch (error) {
      throw new Stopped(whyOf(error));
    }
  }

  end(): void {
    this.tallies[0]?.end();
  }

  /** What another page has stored while this one waited is not fetched again. */
  private async fetchOnce(): Promise<void> {
    const { owner, listed, withVideo } = this;
    const stored = await packAt(keyOf(owner, listed.page));
    const isHere = stored?.state === 'stored' && stored.versionId === listed.versionId;
    if (!isHere || (withVideo && !stored.withVideo)) return this.fetch();
    for (const file of filesFor(listed, withVideo)) this.count(file);
  }

  private async fetchAll(files: readonly StoredFile[]): Promise<void> {
    const cache = await caches.open(cacheOf(this.owner));
    const waiting = files.filter(({ part }) => part !== 'page');
    const worker = async (): Promise<void> => {
      for (let file = waiting.shift(); file; file = waiting.shift()) {
        if (!(await cache.match(file.url))) await this.fetchOne(cache, file);
        this.count(file);
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
    for (const each of workers) if (each.status === 'rejected') throw each.reason;
    for (const file of files.filter(({ part }) => part === 'page')) {
      await this.fetchOne(cache, file);
      this.count(file);
    }
  }

  private count({ url, bytes }: StoredFile, here = bytes): void {
    for (const tally of this.tallies) tally.set(url, here);
  }

  private async fetchOne(cache: Cache, file: StoredFile): Promise<void> {
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
      this.count(file, bytes);
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

/** Why something stopped, as a person is told. */
export function whyOf(error: unknown): Stop {
  if (error instanceof Stopped) return error.why;
  const { name } = error as Error;
  if (name === 'AbortError') return 'cancelled';
  return name === 'QuotaExceededError' ? 'space' : 'network';
}
