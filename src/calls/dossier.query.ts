import { Injectable } from '@nestjs/common';
import { type NameParts, type PersonName } from '../people/public.js';
import { Database } from '../shared/database/database.js';
import type { Position } from '../shared/paging/cursor.js';
import { toAsciiDigits } from '../shared/text/digits.js';
import type { Answers, ApplicationState, Need } from './application.js';

const NAME = (script: 'fr' | 'ar'): string =>
  `CASE WHEN p.given_${script} IS NOT NULL THEN json_build_object('given', p.given_${script}, 'family', p.family_${script}) END AS ${script}`;
const COLUMNS = `
  SELECT a.id, a.n, c.number AS "callNumber", a.person_id AS "personId", ${NAME('fr')}, ${NAME('ar')}, a.state, a.answers, a.needs,
         a.commune_code AS "communeCode", a.version, a.created_at AS "createdAt", a.changed_at AS "changedAt",
         (SELECT ph.e164 FROM person_phone pp JOIN phone ph ON ph.id = pp.phone_id
           WHERE pp.person_id = p.id ORDER BY ph.can_sms DESC, pp.created_at, ph.id LIMIT 1) AS e164
    FROM application a JOIN call c ON c.id = a.call_id JOIN person p ON p.id = a.person_id`;
const MATCH = `
   WHERE a.call_id = $1
     AND ($2::text IS NULL OR a.state = $2)
     AND ($3::text IS NULL OR a.commune_code = $3)
     AND ($4::text IS NULL OR a.needs @> ARRAY[$4])
     AND ($5::text IS NULL
          OR concat_ws(' ', p.given_fr, p.family_fr, p.given_ar, p.family_ar) ILIKE '%' || $5 || '%'
          OR c.number || '-' || lpad(a.n::text, greatest(4, length(a.n::text)), '0') = $6
          OR (length($7) > 5 AND EXISTS (
               SELECT FROM person_phone pp JOIN phone ph ON ph.id = pp.phone_id
                WHERE pp.person_id = p.id AND ph.e164 LIKE '%' || $7)))`;
const LIST = `${COLUMNS}${MATCH}
     AND ($8::timestamptz IS NULL OR (a.created_at, a.id) < ($8, $9::uuid))
   ORDER BY a.created_at DESC, a.id DESC LIMIT $10`;
const ALL = `${COLUMNS}${MATCH} ORDER BY a.n`;
const PLACES = `
  SELECT DISTINCT a.commune_code AS code FROM application a WHERE a.call_id = $1 AND a.commune_code IS NOT NULL`;

/** Which dossiers of a call are asked for. */
export interface DossierFilter {
  readonly state?: ApplicationState | undefined;
  readonly commune?: string | undefined;
  readonly need?: Need | undefined;
  /** Part of a name, a dossier's number, or the end of a phone number. */
  readonly q?: string | undefined;
}

/** A dossier with whose it is, for the staff of its campaign. */
export interface Dossier {
  readonly id: string;
  readonly n: number;
  readonly callNumber: number;
  readonly personId: string;
  readonly name: PersonName;
  readonly state: ApplicationState;
  readonly answers: Answers;
  readonly needs: readonly Need[];
  readonly communeCode: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly e164: string | null;
}

type Row = Omit<Dossier, 'name'> & { fr: NameParts | null; ar: NameParts | null };

/** Reads of a call's dossiers by its staff; served by `application_call_id_n_key`. */
@Injectable()
export class DossierQuery {
  constructor(private readonly db: Database) {}

  /** The newest first; one more than `limit`. */
  async list(
    callId: string,
    filter: DossierFilter,
    after: Position | undefined,
    limit: number,
  ): Promise<Dossier[]> {
    const values = [...matched(callId, filter), after?.at ?? null, after?.id ?? null, limit + 1];
    return (await this.db.read<Row>('dossier.list', LIST, values)).map(named);
  }

  /** All of them, by their numbers, for a file. */
  async all(callId: string, filter: DossierFilter): Promise<Dossier[]> {
    return (await this.db.read<Row>('dossier.all', ALL, matched(callId, filter))).map(named);
  }

  /** Communes that dossiers of the call are found under. */
  async communes(callId: string): Promise<string[]> {
    return (await this.db.read<{ code: string }>('dossier.communes', PLACES, [callId])).map(
      ({ code }) => code,
    );
  }
}

function matched(callId: string, { state, commune, need, q }: DossierFilter): unknown[] {
  const asked = q?.trim() || null;
  const ascii = toAsciiDigits(asked ?? '');
  const like = asked?.replace(/[\\%_]/g, '\\$&') ?? null;
  // A number is found as it is dialled at home: without its first zero.
  const digits = ascii.replace(/\D/g, '').replace(/^0+/, '');
  return [callId, state ?? null, commune ?? null, need ?? null, like, ascii, digits];
}

function named({ fr, ar, ...row }: Row): Dossier {
  return { ...row, name: { ...(fr ? { fr } : {}), ...(ar ? { ar } : {}) } };
}
