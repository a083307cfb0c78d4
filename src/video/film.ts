import type { ShelvedFile } from '../shared/files/media-shelf.service.js';
import type { ListedPlaylist } from '../shared/film/master-playlist.js';
import type { ListeningLanguage } from '../shared/listening/listening-language.js';

/** A video made of what somebody filmed, ready to stand in a module; its paths are inside `media/`. */
export interface Film {
  readonly video: {
    /** SHA-256 over `hls/`; progress hangs on it. */
    readonly hash: string;
    /** SHA-256 of what was sent. */
    readonly sourceDigest: string;
    readonly durationMs: number;
    readonly master: string;
    readonly poster: {
      readonly file: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
    };
    readonly renditions: readonly (ListedPlaylist & { readonly width: number; readonly height: number })[];
    readonly audioOnly: ListedPlaylist;
    readonly audioTracks: readonly { readonly lang: ListeningLanguage; readonly synthetic: boolean }[];
  };
  readonly files: readonly ShelvedFile[];
}

/** A language that is spoken in a film; `none` where nobody speaks. */
export type Spoken = ListeningLanguage | 'none';

/** A film in its folder, below which `film.files` lie. */
export interface MadeFilm {
  readonly folder: string;
  readonly film: Film;
}
