import { Injectable } from '@nestjs/common';
import { DraftFilms } from '../courses/public.js';
import { Database } from '../shared/database/database.js';
import { type Commit, FilmShelf } from './film-shelf.service.js';
import { type FilmParams, FilmRefused } from './film.errors.js';
import { FilmStore, type FilmWork } from './film.store.js';
import { type MadeFilm } from './film.js';

/** How films end: in their block of a draft, or with a reason. Nothing is left in the file store that nobody needs. */
@Injectable()
export class FilmPlacement {
  constructor(
    private readonly db: Database,
    private readonly store: FilmStore,
    private readonly shelf: FilmShelf,
    private readonly drafts: DraftFilms,
  ) {}

  /** Puts a film into its block: all of it, or nothing. @throws NotFound, FilmOfScript, FilmElsewhere when the block is not as it was; FilmRefused for one that came too late */
  async place(filmId: string, work: FilmWork, made: MadeFilm, commit: Commit): Promise<void> {
    const { accountId, courseId, module, part } = work;
    await this.shelf.keep(filmId, made, commit);
    await commit(async () => {
      await this.shelf.inTurn();
      if (await this.store.isSuperseded(filmId)) throw new FilmRefused('superseded');
      await this.drafts.put({ accountId }, courseId, { module, part }, made.film);
      await this.store.placed(filmId);
      await this.shelf.tidy(filmId);
    });
  }

  /** Ends a film without one, in the transaction that is open. */
  async fail(filmId: string, code: string, params: FilmParams = {}): Promise<void> {
    await this.shelf.inTurn();
    await this.store.failed(filmId, code, params);
    await this.shelf.tidy(filmId);
  }

  /** Ends films whose job was given up while its worker was not there to say so. */
  async endAbandoned(): Promise<void> {
    for (const id of await this.store.abandoned()) {
      await this.db.transaction(async () => {
        const row = await this.store.lock(id);
        // Somebody may have begun it again since.
        if (row?.state === 'working' && row.jobState === 'dead') await this.fail(id, 'film-interrupted');
      });
    }
  }
}
