import type { AppConfig } from '../config/app-config.js';
import { StorageUnusable } from '../shared/files/storage.errors.js';
import { storeOf } from '../shared/files/store-of.js';

/** Before anything is begun. @throws StorageUnusable when no file could be kept */
export async function requireStorage(config: AppConfig): Promise<void> {
  try {
    await storeOf(config).check();
  } catch (error) {
    throw new StorageUnusable(error);
  }
}
