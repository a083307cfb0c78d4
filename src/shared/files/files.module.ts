import { Global, Module } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { FileStore } from './file-store.js';
import { MediaShelf } from './media-shelf.service.js';
import { PrivateMedia } from './private-media.service.js';
import { SmallFiles } from './small-files.js';
import { storeOf } from './store-of.js';
import { StoredFiles } from './stored-files.js';

const store = {
  provide: FileStore,
  inject: [AppConfig],
  useFactory: (config: AppConfig) => storeOf(config),
};

@Global()
@Module({
  providers: [store, MediaShelf, PrivateMedia, SmallFiles, StoredFiles],
  exports: [FileStore, MediaShelf, PrivateMedia, SmallFiles, StoredFiles],
})
export class FilesModule {}
