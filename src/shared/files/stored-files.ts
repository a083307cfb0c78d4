import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { postgresFailure } from '../database/database.errors.js';
import { Database } from '../database/database.js';
import { FileStore } from './file-store.js';

// The row is held from here on: whoever lets go of the same bytes waits, and then sees that they are needed.
const HOLD = `
  INSERT INTO stored_file (hash, bytes, media_type) VALUES ($1, $2, $3)
  ON CONFLICT (hash) DO UPDATE SET bytes = excluded.bytes`;
const LET_GO = `DELETE FROM stored_file WHERE hash = $1`;
const FOREIGN_KEY = '23503';

/** Files that rows refer to: kept with the row, and gone when no row refers to them any more. */
@Injectable()
export class StoredFiles {
  constructor(
    private readonly db: Database,
    private readonly files: FileStore,
  ) {}

  /** Keeps a file in the open transaction, in which the row that refers to it is written too. @returns its hash */
  async keep(content: Buffer, mediaType: string): Promise<string> {
    const hash = createHash('sha256').update(content).digest('hex');
    await this.db.write('file.hold', HOLD, [hash, content.length, mediaType]);
    await this.files.put(content);
    return hash;
  }

  /**
   * Removes a file that the caller's row no longer refers to, from table and disk; outside of a transaction.
   *
   * @returns false when another row still refers to the same bytes, which then stay
   */
  async letGo(hash: string): Promise<boolean> {
    try {
      return await this.db.transaction(async () => {
        const gone = await this.db.write('file.letGo', LET_GO, [hash]);
        // Before the commit: whoever keeps the same bytes now waits for it, and writes them again.
        await this.files.remove(hash);
        return gone > 0;
      });
    } catch (error) {
      if (postgresFailure(error)?.code !== FOREIGN_KEY) throw error;
      return false;
    }
  }
}
