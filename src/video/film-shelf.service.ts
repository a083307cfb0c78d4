import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MediaShelf } from '../shared/files/media-shelf.service.js';
import { FilmStore } from './film.store.js';
import { type MadeFilm } from './film.js';

/** Begins a transaction that ends well only while the job is still ours. */
export type Commit = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Files of films on their way from the scratch folder to a draft. What goes into the file store is noted before, so
 * that it can be found again, and taken away, when no draft ever refers to it.
 */
@Injectable()
export class FilmShelf implements OnModuleInit {
  constructor(
    private readonly media: MediaShelf,
    private readonly store: FilmStore,
  ) {}

  onModuleInit(): void {
    this.media.heldBy((sha256) => this.store.holds(sha256));
  }

  /** Puts the files of a film into the file store. */
  async keep(filmId: string, { folder, film }: MadeFilm, commit: Commit): Promise<void> {
    const digests = [...new Set(film.files.map(({ sha256 }) => sha256))];
    await commit(async () => {
      // In turn with those who take away: they either see this note, or have gone before the bytes are looked for.
      await this.media.inTurn();
      await this.store.note(filmId, digests);
    });
    await this.media.keep(folder, film.files);
  }

  /** In a transaction that ends a film, as its first step: nobody takes bytes away meanwhile. */
  async inTurn(): Promise<void> {
    await this.media.inTurn();
  }

  /**
   * In the same, as its last step: what runs have left, and the source, leave the disk where no draft, shelf or other
   * film needs them.
   */
  async tidy(filmId: string): Promise<void> {
    const source = (await this.store.work(filmId))?.sha256;
    const made = await this.store.forget(filmId);
    await this.media.letGo(source === undefined ? made : [...made, source]);
  }
}
