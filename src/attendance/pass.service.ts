import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import { PassNeedsSeat } from './attendance.errors.js';
import { maySeePass } from './attendance.policy.js';
import { isSoundCode, makeCode } from './pass-code.js';
import { PassToken } from './pass-token.js';
import { RolledSessionQuery } from './rolled-session.query.js';

const ENROLMENT = `
  SELECT e.id, e.session_id AS "sessionId", e.person_id AS "personId", e.status FROM enrolment e WHERE e.id = $1`;
const CODES = `SELECT enrolment_id AS "enrolmentId", code FROM pass WHERE enrolment_id = ANY($1::uuid[])`;
// A code that is taken, or an enrolment that has one meanwhile, adds nothing; whoever has none yet is drawn for again.
const DRAW = `
  INSERT INTO pass (enrolment_id, code, created_at)
  SELECT d.enrolment_id, d.code, $3 FROM unnest($1::uuid[], $2::text[]) AS d (enrolment_id, code)
   ORDER BY d.enrolment_id
  ON CONFLICT DO NOTHING`;
const BELONGING = `
  SELECT e.id AS "enrolmentId", p.code, e.session_id AS "sessionId", st.city_slug AS "citySlug",
         (SELECT u.local_date FROM unit u WHERE u.session_id = e.session_id ORDER BY u.n LIMIT 1) AS "localDate"
    FROM enrolment e
    JOIN session s ON s.id = e.session_id
    JOIN stop st ON st.id = s.stop_id
    LEFT JOIN pass p ON p.enrolment_id = e.id
   WHERE e.id = ANY($1::uuid[]) OR p.code = ANY($2::text[])`;
const DRAWS = 20;

/** A seat's pass: what is said aloud and what the QR holds. */
export interface Pass {
  code: string;
  qr: string;
}

/** Whose pass was shown: an enrolment with its session, city and first day. */
export interface PassOwner {
  enrolmentId: string;
  sessionId: string;
  citySlug: string;
  localDate: string | null;
}

/** Passes of seats: a signed token for the QR and a code of eight digits for the voice. */
@Injectable()
export class PassService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tokens: PassToken,
    private readonly sessions: RolledSessionQuery,
  ) {}

  /** @throws NotFound also for somebody else's; PassNeedsSeat */
  async show(actor: Actor, enrolmentId: string): Promise<Pass> {
    const enrolment = isUuid(enrolmentId)
      ? await this.db.readOne<{ id: string; sessionId: string; personId: string; status: string }>(
          'pass.enrolment',
          ENROLMENT,
          [enrolmentId],
        )
      : undefined;
    if (!enrolment) throw new NotFound('enrolment');
    const session = await this.sessions.get(enrolment.sessionId);
    if (!maySeePass(actor, enrolment.personId, session)) throw new NotFound('enrolment');
    if (enrolment.status !== 'booked') throw new PassNeedsSeat(enrolment.status);
    const codes = await this.codesOf([enrolment.id]);
    return { code: codes.get(enrolment.id) ?? '', qr: this.tokens.make(enrolment.id) };
  }

  /** The spoken code of each enrolment; it is drawn the first time and stays. */
  async codesOf(enrolmentIds: readonly string[]): Promise<Map<string, string>> {
    for (let draw = 0; draw < DRAWS; draw++) {
      const rows = await this.db.read<{ enrolmentId: string; code: string }>('pass.codes', CODES, [
        enrolmentIds,
      ]);
      const codes = new Map(rows.map((row) => [row.enrolmentId, row.code]));
      const without = enrolmentIds.filter((id) => !codes.has(id));
      if (without.length === 0) return codes;
      const drawn = without.map(() => makeCode(randomBytes(4).readUInt32BE()));
      await this.db.write('pass.draw', DRAW, [without, drawn, this.clock.now()]);
    }
    throw new Error('No free code was found for a pass');
  }

  /** Whose the passes are, by the text that was scanned or said; those that are nobody's are left out. */
  async ownersOf(passes: readonly string[]): Promise<Map<string, PassOwner>> {
    const tokens = new Map(passes.flatMap((pass) => pair(pass, this.tokens.read(pass))));
    const codes = passes.filter(isSoundCode);
    if (tokens.size === 0 && codes.length === 0) return new Map();
    const rows = await this.db.read<PassOwner & { code: string | null }>('pass.owners', BELONGING, [
      [...tokens.values()],
      codes,
    ]);
    const byId = new Map(rows.map((row) => [row.enrolmentId, row]));
    const byCode = new Map(rows.map((row) => [row.code, row]));
    return new Map(
      passes.flatMap((pass) => pair<PassOwner>(pass, byId.get(tokens.get(pass) ?? '') ?? byCode.get(pass))),
    );
  }
}

function pair<T>(key: string, value: T | undefined): Array<[string, T]> {
  return value === undefined ? [] : [[key, value]];
}
