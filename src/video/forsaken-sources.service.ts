import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { FilmPlacement } from './film-placement.service.js';
import { UploadBytes } from './upload-bytes.service.js';
import { UploadStore } from './upload.store.js';

/** Sources of films that failed and that nobody began again: they do not lie in the file store for ever. */
@Injectable()
export class ForsakenSources {
  constructor(
    private readonly db: Database,
    private readonly store: UploadStore,
    private readonly bytes: UploadBytes,
    private readonly films: FilmPlacement,
  ) {}

  /** Lets those go whose films failed before a moment. @returns how many */
  async letGo(before: Date): Promise<number> {
    // Also where no other film is made, which would end them: until then they count for their account.
    await this.films.endAbandoned();
    let forsaken = 0;
    for (const id of await this.store.forsaken(before)) {
      const isForsaken = await this.db.transaction(async () => {
        await this.bytes.inTurn();
        const sha256 = await this.store.forsake(id, before);
        if (sha256 !== undefined) await this.bytes.letGo(sha256);
        return sha256 !== undefined;
      });
      if (isForsaken) forsaken += 1;
    }
    return forsaken;
  }
}
