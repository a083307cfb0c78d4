/** What this phone keeps besides the files themselves, for pages and for the service worker. */
const NAME = 'qafila-offline';
const VERSION = 1;

/** Something a person did that the server is to be told of. */
export interface Fact {
  /** Made here; the server takes the same id once. */
  readonly id: string;
  /** Id of the person. */
  readonly owner: string;
  readonly kind: 'watched' | 'quiz' | 'test' | 'task' | 'deed';
  /** Where it is sent. */
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Address of the lesson, and what it is called. */
  readonly href: string;
  readonly title: string;
  /** When it was done, where the body does not say so. */
  readonly at?: string;
  /** Of a task: what is shown, and the address of its form. */
  readonly photo?: Blob;
  readonly form?: string;
  /**
   * `marked`: the server has it. `draft`: a form whose photo did not fit on this phone. `taken`: a deed that the server
   * has, and the stored shop has not yet.
   */
  readonly state: 'waiting' | 'refused' | 'marked' | 'draft' | 'taken';
  /** Why the server did not take it, in the reader's language. */
  readonly why?: string;
  /** Of a quiz that was marked: points, and where it is told. */
  readonly result?: { readonly score: number; readonly max: number; readonly href: string };
}

/** A file of a stored lesson. */
export interface StoredFile {
  readonly url: string;
  readonly bytes: number;
  readonly part: string;
}

/** A lesson that this phone has, or is fetching. */
export interface StoredPack {
  readonly key: string;
  readonly owner: string;
  /** Address of the lesson. */
  readonly page: string;
  readonly title: string;
  readonly versionId: string;
  readonly withVideo: boolean;
  readonly files: readonly StoredFile[];
  readonly state: 'loading' | 'stored';
  /** Of a course: the addresses of its lessons, each of which is stored for itself. */
  readonly lessons?: readonly string[];
}

type Store = 'facts' | 'packs' | 'settings';

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('facts', { keyPath: 'id' });
      request.result.createObjectStore('packs', { keyPath: 'key' });
      request.result.createObjectStore('settings');
    };
    request.onsuccess = () => {
      // A later version of the site may want to change the tables: this page lets go.
      request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opened = undefined;
      reject(request.error ?? new Error('IndexedDB'));
    };
  });
  return opened;
}

/** One transaction; resolves once it is on the disk. */
async function inOne<T>(
  store: Store,
  mode: IDBTransactionMode,
  work: (table: IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request?.result);
    // An error is followed by this, and only then says whether it was for want of room.
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'));
  });
}

/** Everything that waits, was marked or was refused, the oldest first. */
export async function allFacts(): Promise<Fact[]> {
  const facts = (await inOne('facts', 'readonly', (table) => table.getAll() as IDBRequest<Fact[]>)) ?? [];
  const timeOf = ({ at, body }: Fact): string => at ?? String(body['at'] ?? '');
  return facts.sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
}

export async function keepFact(fact: Fact): Promise<void> {
  await inOne('facts', 'readwrite', (table) => table.put(fact));
}

/** Takes facts away, all or none. */
export async function dropFacts(ids: readonly string[]): Promise<void> {
  await inOne('facts', 'readwrite', (table) => {
    for (const id of ids) table.delete(id);
    return undefined;
  });
}

export async function allPacks(): Promise<StoredPack[]> {
  return (await inOne('packs', 'readonly', (table) => table.getAll() as IDBRequest<StoredPack[]>)) ?? [];
}

export async function packAt(key: string): Promise<StoredPack | undefined> {
  return inOne('packs', 'readonly', (table) => table.get(key) as IDBRequest<StoredPack | undefined>);
}

/** Writes one pack and takes another away, in one transaction. */
export async function keepPack(pack: StoredPack, instead?: string): Promise<void> {
  await inOne('packs', 'readwrite', (table) => {
    if (instead !== undefined) table.delete(instead);
    return table.put(pack);
  });
}

export async function dropPacks(keys: readonly string[]): Promise<void> {
  await inOne('packs', 'readwrite', (table) => {
    for (const key of keys) table.delete(key);
    return undefined;
  });
}

/** A setting of this phone, such as whose lessons it shows. */
export async function setting(name: string): Promise<unknown> {
  return inOne('settings', 'readonly', (table) => table.get(name) as IDBRequest<unknown>);
}

export async function setSetting(name: string, value: unknown): Promise<void> {
  await inOne('settings', 'readwrite', (table) => table.put(value, name));
}

const LEASE = 'lease ';

interface Lease {
  readonly holder: string;
  /** Until when, in milliseconds since 1970. */
  readonly until: number;
}

/** Takes or renews a lease, unless somebody else's is still good: read and written in one transaction. */
export async function takeLease(name: string, holder: string, until: number): Promise<boolean> {
  let taken = false;
  await inOne('settings', 'readwrite', (table) => {
    const reading = table.get(LEASE + name) as IDBRequest<Lease | undefined>;
    reading.onsuccess = () => {
      const held = reading.result;
      taken = !held || held.holder === holder || held.until < Date.now();
      if (taken) table.put({ holder, until } satisfies Lease, LEASE + name);
    };
    return undefined;
  });
  return taken;
}

export async function dropLease(name: string, holder: string): Promise<void> {
  await inOne('settings', 'readwrite', (table) => {
    const reading = table.get(LEASE + name) as IDBRequest<Lease | undefined>;
    reading.onsuccess = () => reading.result?.holder === holder && table.delete(LEASE + name);
    return undefined;
  });
}

/** Is a lease held by anybody? */
export async function holdsLease(name: string): Promise<boolean> {
  const held = (await setting(LEASE + name)) as Lease | undefined;
  return held !== undefined && held.until >= Date.now();
}
