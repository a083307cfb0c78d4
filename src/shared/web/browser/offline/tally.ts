import type { StoredFile } from './database.js';

const CHANNEL = 'qafila-fetch';
/** Other pages need not be told of each packet. */
const TOLD_MS = 200;

/** What pages of this phone say to each other of a download. */
interface Word {
  readonly name: string;
  readonly done?: number;
  readonly total?: number;
  readonly cancel?: true;
}

/** Called with the bytes that are here, and all. */
export type Tell = (done: number, total: number) => void;

/** Without it the other page sees that something is fetched, but not how far it is. */
function channel(): BroadcastChannel | undefined {
  return 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : undefined;
}

/** How far a download is: what several lessons share counts once. Told to this page and to the others. */
export class Tally {
  private readonly here = new Map<string, number>();
  private readonly weights: ReadonlyMap<string, number>;
  private readonly others = channel();
  private done = 0;
  private total = 0;
  private toldAt = 0;

  /** @param onCancel called when another page asks for it to stop */
  constructor(
    private readonly name: string,
    files: readonly StoredFile[],
    private readonly tell: Tell,
    onCancel: () => void,
  ) {
    this.weights = new Map(files.map(({ url, bytes }) => [url, bytes]));
    for (const bytes of this.weights.values()) this.total += bytes;
    this.others?.addEventListener('message', ({ data }: MessageEvent<Word>) => {
      if (data.name === name && data.cancel) onCancel();
    });
  }

  /** Of a file this much is here. */
  set(url: string, bytes: number): void {
    const now = Math.min(bytes, this.weights.get(url) ?? 0);
    this.done += now - (this.here.get(url) ?? 0);
    this.here.set(url, now);
    this.tell(this.done, this.total);
    const at = Date.now();
    if (at - this.toldAt < TOLD_MS && this.done < this.total) return;
    this.toldAt = at;
    this.others?.postMessage({ name: this.name, done: this.done, total: this.total } satisfies Word);
  }

  end(): void {
    this.others?.close();
  }
}

/** Follows a download of another page. */
export class Watched {
  private readonly others = channel();

  constructor(
    private readonly name: string,
    tell: Tell,
  ) {
    this.others?.addEventListener('message', ({ data }: MessageEvent<Word>) => {
      if (data.name === name && data.done !== undefined) tell(data.done, data.total ?? data.done);
    });
  }

  cancel(): void {
    this.others?.postMessage({ name: this.name, cancel: true } satisfies Word);
  }

  end(): void {
    this.others?.close();
  }
}
