import { Injectable } from '@nestjs/common';
import type { PhoneActor } from '../shared/access/actor.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { newId } from '../shared/new-id.js';
import { PENDING_MS } from './person.kinds.js';
import type { PersonName } from './person-name.js';
import { nameOf, type NameColumns } from './person-row.js';

// The row lock makes sign-ups and activations of one phone come one after another.
const KEEP = `
  INSERT INTO phone (id, e164, can_sms, created_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (e164) DO UPDATE SET can_sms = excluded.can_sms
  RETURNING id`;

const VERIFY = `
  UPDATE phone SET verified_at = coalesce(verified_at, $2) WHERE e164 = $1 RETURNING id`;

const LOCK = `SELECT id FROM phone WHERE id = $1 FOR UPDATE`;

const LINE = `SELECT id, can_sms AS "canSms" FROM phone WHERE e164 = $1`;

const PEOPLE = `
  SELECT p.id, p.status, p.language, p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr"
    FROM person_phone pp
    JOIN person p ON p.id = pp.person_id
   WHERE pp.phone_id = $1
     AND (p.status = 'active' OR (p.status = 'pending' AND p.created_at > $2))
   ORDER BY p.status, p.created_at, p.id`;

const ACTIVE_PEOPLE = `
  SELECT pp.person_id AS id
    FROM phone ph
    JOIN person_phone pp ON pp.phone_id = ph.id
    JOIN person p ON p.id = pp.person_id
   WHERE ph.e164 = $1 AND p.status = 'active'`;

/** One of the people whom a phone serves: active, or waiting for the first right code. */
export interface PhonePerson {
  id: string;
  isActive: boolean;
  language: Locale;
  name: PersonName;
}

/** Phones and the people behind them. */
@Injectable()
export class PhoneBook {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Keeps the number, and holds its row until the end of the transaction. @returns the phone's id */
  async keep(e164: string, canSms: boolean): Promise<string> {
    const row = await this.db.readOne<{ id: string }>('phone.keep', KEEP, [
      newId(),
      e164,
      canSms,
      this.clock.now(),
    ]);
    if (!row) throw new Error('A phone was neither written nor found');
    return row.id;
  }

  /** The right code came from this number. @returns the phone's id, undefined for a number that nobody has */
  async verify(e164: string): Promise<string | undefined> {
    return (await this.db.readOne<{ id: string }>('phone.verify', VERIFY, [e164, this.clock.now()]))?.id;
  }

  async lock(phoneId: string): Promise<void> {
    await this.db.read('phone.lock', LOCK, [phoneId]);
  }

  find(e164: string): Promise<{ id: string; canSms: boolean } | undefined> {
    return this.db.readOne('phone.line', LINE, [e164]);
  }

  /** Ids of the active people of a number, in one read whether anybody has it or not. */
  async activePeople(e164: string): Promise<string[]> {
    const rows = await this.db.read<{ id: string }>('phone.activePeople', ACTIVE_PEOPLE, [e164]);
    return rows.map(({ id }) => id);
  }

  /** For whom a sign-in may speak: whom its phone serves, or the one person that it is tied to. */
  async speakers({ phoneId, person, isForOne }: PhoneActor): Promise<PhonePerson[]> {
    const people = await this.people(phoneId);
    return isForOne ? people.filter(({ id }) => id === person?.id) : people;
  }

  /** Whom the phone serves, active people first; sign-ups older than a day are none. */
  async people(phoneId: string): Promise<PhonePerson[]> {
    const since = new Date(this.clock.now().getTime() - PENDING_MS);
    const rows = await this.db.read<{ id: string; status: string; language: Locale } & NameColumns>(
      'phone.people',
      PEOPLE,
      [phoneId, since],
    );
    return rows.map((row) => ({
      id: row.id,
      isActive: row.status === 'active',
      language: row.language,
      name: nameOf(row),
    }));
  }
}
