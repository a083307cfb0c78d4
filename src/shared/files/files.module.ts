import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { DiskStore } from './disk.store.js';
import { FileStore } from './file-store.js';
import { MediaShelf } from './media-shelf.service.js';
import { StoredFiles } from './stored-files.js';

const store = {
  provide: FileStore,
  inject: [AppConfig],
  useFactory: (config: AppConfig) => new DiskStore(config.storageDir),
};

@Global()
@Module({ providers: [store, StoredFiles, MediaShelf], exports: [FileStore, StoredFiles, MediaShelf] })
export class FilesModule {}
