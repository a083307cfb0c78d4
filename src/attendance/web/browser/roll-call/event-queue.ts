/** An event on its way to the server. */
export interface QueuedEvent {
  id: string;
  session: string;
  /** Milliseconds since 1970 when it was put here: the order in which it is sent. */
  queuedAt: number;
  event: Record<string, unknown>;
}

const DATABASE = 'qafila-roll-call';
const STORE = 'events';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
  });
}

/** Events kept on this device until the server has answered for them; a closed page or a flat battery loses none. */
export class EventQueue {
  private constructor(private readonly database: IDBDatabase) {}

  /** Rejects where the browser keeps nothing (some private windows): the page then works as plain forms. */
  static async open(): Promise<EventQueue> {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    const database = await done(request);
    // A later version of the page may need to change the store: let go at once, the next tap opens it again.
    database.onversionchange = () => database.close();
    return new EventQueue(database);
  }

  /** Resolves once the device has written it. */
  async add(entry: QueuedEvent): Promise<void> {
    const transaction = this.database.transaction(STORE, 'readwrite');
    transaction.objectStore(STORE).put(entry);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB refused'));
    });
  }

  /** Everything that waits, of every session, the oldest first. */
  async all(): Promise<QueuedEvent[]> {
    const entries = await done<QueuedEvent[]>(this.database.transaction(STORE).objectStore(STORE).getAll());
    return entries.sort((a, b) => a.queuedAt - b.queuedAt || (a.id < b.id ? -1 : 1));
  }

  async remove(ids: readonly string[]): Promise<void> {
    const transaction = this.database.transaction(STORE, 'readwrite');
    for (const id of ids) transaction.objectStore(STORE).delete(id);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB refused'));
    });
  }
}
