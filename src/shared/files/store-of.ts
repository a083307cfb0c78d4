import { join } from 'node:path';
import type { AppConfig } from '../../config/app-config.js';
import { DiskStore } from './disk.store.js';
import type { FileStore } from './file-store.js';
import { S3Store } from './s3.store.js';

/** The store that the configuration names. */
export function storeOf(config: AppConfig): FileStore {
  const { s3 } = config;
  return s3 ? new S3Store(s3, join(config.varDir, 'incoming')) : new DiskStore(config.storageDir);
}
