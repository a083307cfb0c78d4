import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { DiskStore } from './disk.store.js';
import { FileStore } from './file-store.js';
import { StoredFiles } from './stored-files.js';

const store = {
  provide: FileStore,
  inject: [AppConfig],
  useFactory: (config: AppConfig) => new DiskStore(config.storageDir),
};

@Global()
@Module({ providers: [store, StoredFiles], exports: [FileStore, StoredFiles] })
export class FilesModule {}
