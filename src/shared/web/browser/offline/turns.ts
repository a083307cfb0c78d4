import { dropLease, holdsLease, takeLease } from './database.js';
import { uuid } from './uuid.js';

/** How long a page that is gone is still believed to be at work, where the browser has no locks. */
const LEASE_MS = 6_000;
const AGAIN_MS = 1_000;

const locks = (): LockManager | undefined => (navigator as { locks?: LockManager }).locks;

/**
 * Does something that one page of this phone at a time may do. The browser's locks end with their page; where there are
 * none, a lease in the database is renewed while the work goes on.
 *
 * @param waits true: in turn, after whoever is at it
 * @returns false when another page is at it
 */
export async function alone(name: string, work: () => Promise<void>, waits = false): Promise<boolean> {
  const manager = locks();
  if (manager)
    return manager.request(name, waits ? {} : { ifAvailable: true }, async (lock) => {
      if (lock) await work();
      return lock !== null;
    });
  const holder = uuid();
  const take = (): Promise<boolean> => takeLease(name, holder, Date.now() + LEASE_MS);
  while (!(await take())) {
    if (!waits) return false;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  const renewing = setInterval(() => void take().catch(() => false), LEASE_MS / 3);
  try {
    await work();
  } finally {
    clearInterval(renewing);
    await dropLease(name, holder).catch(() => undefined);
  }
  return true;
}

/** Is a page of this phone at it now? */
export async function isAtWork(name: string): Promise<boolean> {
  const manager = locks();
  if (!manager) return holdsLease(name);
  return (await manager.query()).held?.some((lock) => lock.name === name) ?? false;
}
