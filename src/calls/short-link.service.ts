import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';

/** Digits and letters that are not mistaken for one another on paper: no i, l, o, u. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
/** Typed from a poster: 30 bits, for a page that is public anyhow. Nothing private may stand behind such a code. */
const LENGTH = 6;

const MAKE = `INSERT INTO short_link (code, path, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`;
const OF_PATH = `SELECT code FROM short_link WHERE path = $1`;
const OF_CODE = `SELECT path FROM short_link WHERE code = $1`;

/** Short addresses of public pages. */
@Injectable()
export class ShortLinks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The code of a public path below the language; the same each time. */
  async codeFor(path: string): Promise<string> {
    for (;;) {
      const known = await this.db.readOne<{ code: string }>('shortLink.ofPath', OF_PATH, [path]);
      if (known) return known.code;
      await this.db.write('shortLink.make', MAKE, [newCode(), path, this.clock.now()]);
    }
  }

  /** Letters that are taken for others are read as those; undefined for no code of ours. */
  async pathOf(typed: string): Promise<string | undefined> {
    const code = typed.toLowerCase().replace(/o/g, '0').replace(/[il]/g, '1').replace(/u/g, 'v');
    return (await this.db.readOne<{ path: string }>('shortLink.ofCode', OF_CODE, [code]))?.path;
  }
}

function newCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => LETTERS[byte & 31]).join('');
}
