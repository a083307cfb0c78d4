import { Module, type OnModuleInit } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';
import { MediaShelf } from '../shared/files/media-shelf.service.js';
import { FilmPlacement } from './film-placement.service.js';
import { FilmShelf } from './film-shelf.service.js';
import { FilmStudio } from './film-studio.service.js';
import { FilmStore } from './film.store.js';
import { Films } from './films.service.js';
import { FilmHandler } from './jobs/film.handler.js';
import { UploadExpiry } from './jobs/upload-expiry.handler.js';
import { ForsakenSources } from './forsaken-sources.service.js';
import { Receiving } from './receiving.service.js';
import { TrackStudio } from './track-studio.service.js';
import { Tracks } from './tracks.service.js';
import { UploadBytes } from './upload-bytes.service.js';
import { UploadFinish } from './upload-finish.service.js';
import { UploadFolder } from './upload-folder.js';
import { UploadPlaces } from './upload-place.js';
import { UploadProtocol } from './upload-protocol.js';
import { UploadStore } from './upload.store.js';
import { Uploads } from './uploads.service.js';
import { FilmStreams } from './web/film-streams.js';
import { FilmApiController } from './web/film.api.controller.js';
import { FilmPagesController } from './web/film.pages.controller.js';
import { TrackPage } from './web/track.page.js';
import { TrackPagesController } from './web/track.pages.controller.js';
import { UploadApiController } from './web/upload.api.controller.js';
import { UploadPage } from './web/upload.page.js';
import { UploadPagesController } from './web/upload.pages.controller.js';

/** What takes videos in. */
const UPLOADS = [
  ForsakenSources,
  Receiving,
  UploadBytes,
  UploadExpiry,
  UploadFinish,
  UploadFolder,
  UploadPage,
  UploadPlaces,
  UploadProtocol,
  Uploads,
  UploadStore,
];

// What becomes of an upload: the film.
const FILMS = [Films, FilmHandler, FilmPlacement, FilmShelf, FilmStore, FilmStreams, FilmStudio];

/** What is added to it: languages. */
const TRACKS = [TrackPage, Tracks, TrackStudio];

@Module({
  imports: [CoursesModule],
  controllers: [
    FilmApiController,
    FilmPagesController,
    TrackPagesController,
    UploadApiController,
    UploadPagesController,
  ],
  providers: [...UPLOADS, ...FILMS, ...TRACKS],
})
export class VideoModule implements OnModuleInit {
  constructor(
    private readonly media: MediaShelf,
    private readonly uploads: UploadStore,
  ) {}

  onModuleInit(): void {
    // What was received waits for its film under its own digest, on no shelf.
    this.media.heldBy((sha256) => this.uploads.holds(sha256));
  }
}
