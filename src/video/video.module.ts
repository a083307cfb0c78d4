import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/public.js';
import { FilmPlacement } from './film-placement.service.js';
import { FilmShelf } from './film-shelf.service.js';
import { FilmStudio } from './film-studio.service.js';
import { FilmStore } from './film.store.js';
import { Films } from './films.service.js';
import { FilmHandler } from './jobs/film.handler.js';
import { FilmApiController } from './web/film.api.controller.js';
import { FilmPagesController } from './web/film.pages.controller.js';
import { FilmStreams } from './web/film-streams.js';

// What becomes of an upload: the film.
const FILMS = [Films, FilmHandler, FilmPlacement, FilmShelf, FilmStore, FilmStreams, FilmStudio];

@Module({
  imports: [CoursesModule],
  controllers: [FilmApiController, FilmPagesController],
  providers: [...FILMS],
  exports: [Films],
})
export class VideoModule {}
