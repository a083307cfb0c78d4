/** The store for files will not do what is asked, however often: a wrong key, no such bucket, no right. */
export class StorageRefused extends Error {
  constructor(
    readonly status: number,
    /** What it said, such as `SignatureDoesNotMatch`; never a key. */
    readonly words: string,
  ) {
    super(`The file store refused: ${words}`);
    this.name = 'StorageRefused';
  }
}

/** The store for files could not be reached, or had trouble of its own; later it may work. */
export class StorageAway extends Error {
  constructor(readonly words: string) {
    super(`The file store did not answer: ${words}`);
    this.name = 'StorageAway';
  }
}

/** A file that is not as long as it was when it was stored: a disk that lost some of it. */
export class StoredFileCut extends Error {
  constructor(hash: string, bytes: number, found: number) {
    super(`The stored file ${hash} has ${found} of its ${bytes} bytes`);
    this.name = 'StoredFileCut';
  }
}

/** The store that STORAGE_URL names cannot be used; said in one line at start. */
export class StorageUnusable extends Error {
  /** @param folder of a store on disk; the address of a bucket holds a secret and is never said */
  constructor(cause: unknown, folder: string | undefined) {
    super(`STORAGE_URL cannot be used: ${reasonOf(cause, folder)}`);
    this.name = 'StorageUnusable';
  }
}

const REASONS: Readonly<Record<string, string>> = {
  // Some stores say the same of a key that they do not know.
  SignatureDoesNotMatch: 'the access key or its secret is wrong',
  InvalidAccessKeyId: 'the access key is not known there',
  AccessDenied: 'the access key may not write there',
  NoSuchBucket: 'there is no such bucket',
};

function reasonOf(cause: unknown, folder: string | undefined): string {
  if (cause instanceof StorageRefused) return REASONS[cause.words] ?? `it refused (${cause.words})`;
  if (cause instanceof StorageAway) return `it does not answer (${cause.words})`;
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  if (folder === undefined) return `it cannot be reached (${reason})`;
  return `${folder} cannot be written (${reason}); make it writable or set STORAGE_URL to another folder.`;
}
