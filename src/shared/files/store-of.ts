import { join, resolve } from 'node:path';
import type { AppConfig } from '../../config/app-config.js';
import { S3_SHAPE, type S3Place, s3PlaceOf } from '../../config/storage-place.js';
import { DiskStore } from './disk.store.js';
import type { FileStore } from './file-store.js';
import { S3Store } from './s3.store.js';

/** The store that the configuration names. */
export function storeOf({ s3, storageDir, varDir }: AppConfig): FileStore {
  return s3 ? bucket(s3, varDir) : new DiskStore(storageDir);
}

/**
 * The store at an address such as STORAGE_URL has.
 *
 * @param varDir folder for what is on its way
 */
export function storeAt(url: string, varDir: string): FileStore {
  const s3 = s3PlaceOf(url);
  if (s3) return bucket(s3, varDir);
  if (!/^file:.+/.test(url)) throw new Error(`A store must look like file:var/media or ${S3_SHAPE}`);
  return new DiskStore(resolve(url.slice('file:'.length).replace(/^\/\//, '')));
}

function bucket(place: S3Place, varDir: string): FileStore {
  return new S3Store(place, join(varDir, 'incoming'));
}
