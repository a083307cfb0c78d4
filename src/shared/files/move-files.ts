import type { FileStore, StoredFile } from './file-store.js';

/** What became of the files of a store. */
export interface Moved {
  copied: number;
  /** Those that were there already. */
  known: number;
  /** Names of those whose bytes are not theirs any more, and those that went away meanwhile. */
  broken: string[];
}

/** Files copied at once. */
const AT_ONCE = 4;

/** Puts every file of one store into another; run again, it copies what has come since. Nothing is taken away. */
export async function copyFiles(from: FileStore, to: FileStore): Promise<Moved> {
  const moved: Moved = { copied: 0, known: 0, broken: [] };
  const files = from.list();
  const worker = async (): Promise<void> => {
    for (let next = await files.next(); !next.done; next = await files.next())
      await copy(next.value, from, to, moved);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  moved.broken.sort();
  return moved;
}

async function copy(
  { hash, bytes }: StoredFile,
  from: FileStore,
  to: FileStore,
  moved: Moved,
): Promise<void> {
  if ((await to.stat(hash))?.bytes === bytes) {
    moved.known += 1;
    return;
  }
  try {
    const stored = await to.put(await from.read(hash));
    // Broken bytes lie under a name of their own now. They stay: it may be the good name of another file.
    if (stored.hash === hash) moved.copied += 1;
    else moved.broken.push(hash);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    moved.broken.push(hash);
  }
}
