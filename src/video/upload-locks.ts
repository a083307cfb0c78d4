import type { Lock, Locker, RequestRelease } from '@tus/server';

interface Holder {
  readonly askToEnd: RequestRelease;
  readonly ended: Promise<void>;
}

/** Milliseconds that a newcomer waits for whoever writes to end. */
const WAIT_MS = 10_000;

/** Whoever waits has given up, or the one before did not end. */
class StillLocked extends Error {
  // Read by the protocol's server, which answers with it.
  readonly status_code = 423;
  readonly body = 'Another request writes to this upload\n';
}

/**
 * One writer at a time for an upload, in this process. A phone that comes back on another network finds its old request
 * still open: the newcomer asks it to end, and waits without looking again and again, as the protocol's own locker does.
 *
 * Between processes nothing is locked: both would write the same bytes of the same file to the same place, and what is
 * kept is named by the digest of what was read.
 */
export class UploadLocks implements Locker {
  private readonly holders = new Map<string, Holder>();

  newLock(id: string): Lock {
    let release: (() => void) | undefined;
    return {
      lock: async (signal, askToEnd) => {
        const until = performance.now() + WAIT_MS;
        for (let holder = this.holders.get(id); holder; holder = this.holders.get(id)) {
          await holder.askToEnd();
          await before(holder.ended, until - performance.now(), signal);
        }
        const ended = new Promise<void>((resolve) => (release = resolve));
        this.holders.set(id, { askToEnd, ended });
      },
      unlock: () => {
        this.holders.delete(id);
        release?.();
        return Promise.resolve();
      },
    };
  }
}

/** @throws StillLocked when the time is over or nobody asks any more */
async function before(ended: Promise<void>, ms: number, signal: AbortSignal): Promise<void> {
  let giveUp: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    giveUp = () => reject(new StillLocked());
  });
  const timer = setTimeout(giveUp, Math.max(0, ms));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}
