import type { AppConfig } from '../config/app-config.js';
<<<<<<< HEAD
import { StorageUnusable } from '../shared/files/storage.errors.js';
import { storeOf } from '../shared/files/store-of.js';

/** Before anything is begun. @throws StorageUnusable when no file could be kept */
export async function requireStorage(config: AppConfig): Promise<void> {
  try {
    await storeOf(config).check();
  } catch (error) {
    throw new StorageUnusable(error);
=======
import { DiskStore } from '../shared/files/disk.store.js';

/** The folder for files cannot be made or written. */
export class StorageNotWritable extends Error {
  constructor(folder: string, reason: string) {
    super(
      `STORAGE_URL cannot be used: ${folder} cannot be written (${reason}); make it writable or set STORAGE_URL to another folder.`,
    );
  }
}

/**
 * Makes the folder for files, writes one and removes it: a folder that refuses is told before a database is started.
 *
 * @throws StorageNotWritable
 */
export async function requireStorage({ storageDir }: AppConfig): Promise<void> {
  try {
    await new DiskStore(storageDir).check();
  } catch (error) {
    throw new StorageNotWritable(storageDir, (error as NodeJS.ErrnoException).code ?? String(error));
>>>>>>> mendstart
  }
}
