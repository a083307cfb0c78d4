import type { AppConfig } from '../config/app-config.js';
import { StorageUnusable } from '../shared/files/storage.errors.js';
import { storeOf } from '../shared/files/store-of.js';

/**
 * Keeps a file and removes it: a store that refuses is told before a database is started.
 *
 * @throws StorageUnusable when no file could be kept
 */
export async function requireStorage(config: AppConfig): Promise<void> {
  try {
    await storeOf(config).check();
  } catch (error) {
    throw new StorageUnusable(error, config.s3 ? undefined : config.storageDir);
  }
}
