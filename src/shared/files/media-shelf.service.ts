import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { FileStore } from './file-store.js';
import { MediaFileChanged } from './media.errors.js';

/** A file of a bundle; `path` is inside the bundle, `bytes` its size. */
export interface ShelvedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

const INSERT = `
  INSERT INTO media_file (bundle, path, sha256, bytes)
  SELECT $1, f.path, f.sha256, f.bytes FROM unnest($2::text[], $3::text[], $4::integer[]) AS f(path, sha256, bytes)
  ON CONFLICT DO NOTHING`;
const REMOVE = `DELETE FROM media_file WHERE bundle = $1 RETURNING sha256`;
const IS_SHELVED = `SELECT EXISTS (SELECT 1 FROM media_file WHERE sha256 = $1) AS shelved`;
const IN_TURN = `SELECT pg_advisory_xact_lock(hashtextextended('media_file', 0))::text AS held`;
const FIND = `SELECT path, sha256, bytes, is_public AS "isPublic" FROM media_file WHERE bundle = $1 AND path = $2`;
const PUBLISH = `UPDATE media_file SET is_public = true WHERE bundle = ANY ($1::text[]) AND NOT is_public`;
const DIGEST = /^[0-9a-f]{64}$/;

/** A file as it lies on the shelf. */
export interface FoundFile extends ShelvedFile {
  /** May everyone have it, or only whoever has a pass? */
  readonly isPublic: boolean;
}

/** The file of a recording: the only one that is ever taken off the shelf, so that it is not remembered. */
export const VOICE = 'voice.m4a';

/** Files copied at once; more only waits for the disk. */
const AT_ONCE = 8;
/** Addresses remembered; they never change, and a lesson has some sixty. */
const REMEMBERED = 20_000;

/**
 * Media: bundles of files in the content-addressed store, each named by a digest of the whole. A bundle is private until
 * somebody publishes it, and public from then on for ever.
 */
@Injectable()
export class MediaShelf {
  private readonly found = new Map<string, FoundFile>();
  private readonly holders: ((sha256: string) => Promise<boolean>)[] = [];

  constructor(
    private readonly db: Database,
    private readonly files: FileStore,
  ) {}

  /**
   * Puts files of a folder into the store, those that are not there yet, and on the shelf.
   *
   * @throws MediaFileChanged when a file is not what `files` says
   */
  async put(bundle: string, folder: string, files: readonly ShelvedFile[]): Promise<void> {
    await this.keep(folder, files);
    await this.shelve(bundle, files);
  }

  /**
   * Puts files of a folder into the store, those that are not there yet, and on no shelf: a holder says who needs them.
   *
   * @throws MediaFileChanged when a file is not what `files` says
   */
  async keep(folder: string, files: readonly ShelvedFile[]): Promise<void> {
    const [first, ...waiting] = files;
    // The first alone: it makes the folders that the others share.
    if (first) await this.store(folder, first);
    const worker = async (): Promise<void> => {
      for (let file = waiting.pop(); file; file = waiting.pop()) await this.store(folder, file);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  /** Puts files on the shelf whose bytes are in the store already. */
  async shelve(bundle: string, files: readonly ShelvedFile[]): Promise<void> {
    const column = <K extends keyof ShelvedFile>(key: K): ShelvedFile[K][] => files.map((file) => file[key]);
    await this.db.write('mediaShelf.put', INSERT, [
      bundle,
      column('path'),
      column('sha256'),
      column('bytes'),
    ]);
  }

  /** Lets everyone have these bundles; in the transaction that makes them part of what everyone may see. */
  async publish(bundles: readonly string[]): Promise<void> {
    if (bundles.length > 0) await this.db.write('mediaShelf.publish', PUBLISH, [bundles]);
  }

  /** Bytes may be needed where no shelf knows of it: `holds` says so of a digest before they leave the disk. */
  heldBy(holds: (sha256: string) => Promise<boolean>): void {
    this.holders.push(holds);
  }

  /** The files of a folder as a bundle of their own: its name and what is in it. */
  async describe(
    folder: string,
    paths: readonly string[],
  ): Promise<{ bundle: string; files: ShelvedFile[] }> {
    const files: ShelvedFile[] = [];
    for (const path of [...new Set(paths)].sort()) {
      const content = await readFile(join(folder, path));
      files.push({ path, sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length });
    }
    return { bundle: bundleOf(files), files };
  }

  /** @returns undefined when there is no such file */
  async find(bundle: string, path: string): Promise<FoundFile | undefined> {
    if (!DIGEST.test(bundle) || path.includes('\0')) return undefined;
    const address = `${bundle}/${path}`;
    const known = this.found.get(address);
    if (known) return known;
    const row = await this.db.readOne<FoundFile>('mediaShelf.find', FIND, [bundle, path]);
    // What is private may be public the next moment; what is public stays so.
    if (row?.isPublic && path !== VOICE && this.found.size < REMEMBERED) this.found.set(address, row);
    return row;
  }

  /** Until the open transaction ends nobody else puts a recording here or takes one away. */
  async inTurn(): Promise<void> {
    await this.db.read('mediaShelf.inTurn', IN_TURN);
  }

  /** Takes a recording off the shelf, and its bytes off the disk. In a transaction, after {@link inTurn}, as its last step. */
  async remove(bundle: string): Promise<void> {
    const gone = await this.db.read<{ sha256: string }>('mediaShelf.remove', REMOVE, [bundle]);
    await this.letGo(gone.map(({ sha256 }) => sha256));
  }

  /** Takes bytes that nobody needs off the disk. In a transaction, after {@link inTurn}, as its last step. */
  async letGo(digests: readonly string[]): Promise<void> {
    for (const sha256 of digests) if (!(await this.isNeeded(sha256))) await this.files.remove(sha256);
  }

  private async isNeeded(sha256: string): Promise<boolean> {
    const row = await this.db.readOne<{ shelved: boolean }>('mediaShelf.isShelved', IS_SHELVED, [sha256]);
    if (row?.shelved === true) return true;
    for (const holds of this.holders) if (await holds(sha256)) return true;
    return false;
  }

  private async store(folder: string, { path, sha256, bytes }: ShelvedFile): Promise<void> {
    if ((await this.files.stat(sha256))?.bytes === bytes) return;
    const stored = await this.files.put(await readFile(join(folder, path)));
    if (stored.hash !== sha256) throw new MediaFileChanged(join(folder, path));
  }
}

/** The name of a bundle: one digest over its files, in the order of their paths. */
export function bundleOf(files: readonly ShelvedFile[]): string {
  const list = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
  return createHash('sha256').update(list).digest('hex');
}

/** Where a public recording is served, for ever and with ranges, as all media. */
export function addressOf({ bundle }: { readonly bundle: string }): string {
  return `/media/${bundle}/${VOICE}`;
}
