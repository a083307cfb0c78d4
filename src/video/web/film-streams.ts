import type { ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { TooMany } from '../../shared/errors/domain-error.js';

/** What a stream tells each time it is asked; the last once it has ended. */
export interface Told {
  readonly data: object;
  readonly hasEnded: boolean;
}

/** Milliseconds between two looks, and between two signs of life where nothing changes. */
const LOOK_MS = 1000;
const HEARTBEAT_MS = 15_000;
/** A browser asks again by itself: no stream is open for ever. */
const LONGEST_MS = 15 * 60_000;
/** Open at once for one account: tabs of one person. */
const MOST_OPEN = 6;

/** Server-sent events that tell how far something is, until it has ended, the reader leaves or the server stops. */
@Injectable()
export class FilmStreams implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly open = new Map<string, number>();

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /**
   * Takes a place for whoever reads this answer; call it before anything is sent.
   *
   * @returns false when they have left already: no place was taken
   * @throws TooMany when this account has as many open as it may
   */
  enter(accountId: string, response: ServerResponse): boolean {
    if (isGone(response)) return false;
    const open = this.open.get(accountId) ?? 0;
    if (open >= MOST_OPEN) throw new TooMany(10);
    this.open.set(accountId, open + 1);
    return true;
  }

  /** Sends what `look` tells whenever it changes, and gives the place taken by {@link enter} back at the end. */
  async follow(accountId: string, response: ServerResponse, look: () => Promise<Told>): Promise<void> {
    try {
      await this.tell(response, look);
    } catch {
      // Gone, no longer theirs, or the database is away: the browser asks again and is told so.
    } finally {
      response.end();
      const left = (this.open.get(accountId) ?? 1) - 1;
      if (left > 0) this.open.set(accountId, left);
      else this.open.delete(accountId);
    }
  }

  private async tell(response: ServerResponse, look: () => Promise<Told>): Promise<void> {
    const closed = new AbortController();
    response.once('close', () => closed.abort());
    const over = AbortSignal.any([closed.signal, this.stopping.signal, AbortSignal.timeout(LONGEST_MS)]);
    response.write(`retry: ${2 * LOOK_MS}\n\n`);
    let [last, silentMs] = ['', 0];
    // One who left before `close` was listened to is not told of by it.
    while (!over.aborted && !isGone(response)) {
      const { data, hasEnded } = await look();
      const text = JSON.stringify(data);
      if (text !== last) response.write(`event: film\ndata: ${text}\n\n`);
      else if (silentMs >= HEARTBEAT_MS) response.write(': still there\n\n');
      silentMs = text !== last || silentMs >= HEARTBEAT_MS ? 0 : silentMs + LOOK_MS;
      last = text;
      if (hasEnded) return;
      await pause(LOOK_MS, over);
    }
  }
}

/** Has the reader closed the connection? Asked, not listened for: it may have been long ago. */
function isGone({ destroyed, closed }: ServerResponse): boolean {
  return destroyed || closed;
}

/** Ends early where the signal does. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
