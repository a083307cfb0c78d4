import type { Readable } from 'node:stream';

/** What the store knows of a file without reading it. */
export interface StoredFile {
  /** SHA-256 of the content, 64 hexadecimal digits; it is also the file's name. */
  hash: string;
  bytes: number;
}

/** Content-addressed: the same bytes are one file, and a name never changes its content. */
export abstract class FileStore {
  /** Stores a stream and names it by its content. Half-written files never carry a name. */
  abstract put(content: Readable | Buffer): Promise<StoredFile>;
  /** @param range bytes `start` to `end`, both included. @throws an error with code ENOENT for a file that is not there */
  abstract read(hash: string, range?: { start: number; end: number }): Promise<Readable>;
  /** @returns undefined when there is no such file */
  abstract stat(hash: string): Promise<StoredFile | undefined>;
  /** Removes a file; one that is not there is gone already. For `StoredFiles`, which knows who needs it. */
  abstract remove(hash: string): Promise<void>;
  /** Every file that is there, in no order. */
  abstract list(): AsyncGenerator<StoredFile>;
  /** Resolves when a file can be written; else throws with the reason. */
  abstract check(): Promise<void>;
}
