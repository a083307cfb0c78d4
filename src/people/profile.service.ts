import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';

const SET_LANGUAGE = `UPDATE person SET language = $2 WHERE id = $1`;

/** What a person changes in their own file. */
@Injectable()
export class ProfileService {
  constructor(private readonly db: Database) {}

  /** Language of messages to this person. */
  async setLanguage(personId: string, language: Locale): Promise<void> {
    await this.db.write('person.setLanguage', SET_LANGUAGE, [personId, language]);
  }
}
