import type { Film } from '../courses/public.js';

export type { Film };

/** A film in its folder, below which `film.files` lie. */
export interface MadeFilm {
  readonly folder: string;
  readonly film: Film;
}
