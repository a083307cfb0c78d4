import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { Locale } from '../shared/i18n/i18n.js';
import { newId } from '../shared/new-id.js';
import { CONSENT_VERSION, type Purpose, PURPOSES } from './person.kinds.js';

const INSERT = `
  INSERT INTO consent (id, person_id, purpose, text_version, language, channel, asked_at, in_force_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (person_id, purpose) WHERE withdrawn_at IS NULL DO NOTHING`;

const ENFORCE = `
  UPDATE consent SET in_force_at = $2 WHERE person_id = $1 AND in_force_at IS NULL AND withdrawn_at IS NULL`;

const WITHDRAW = `
  UPDATE consent SET withdrawn_at = greatest($3, asked_at)
   WHERE person_id = $1 AND NOT (purpose = ANY($2)) AND withdrawn_at IS NULL`;

// A consent that was asked for and never came into force does so now; one in force stays as it was given.
const WITNESS = `
  INSERT INTO consent (id, person_id, purpose, text_version, language, channel, asked_at, in_force_at, witness)
  VALUES ($1, $2, 'training', $3, $4, $5, $6, $6, $7)
  ON CONFLICT (person_id, purpose) WHERE withdrawn_at IS NULL DO UPDATE
     SET in_force_at = excluded.in_force_at, channel = excluded.channel, witness = excluded.witness,
         text_version = excluded.text_version, language = excluded.language
   WHERE consent.in_force_at IS NULL`;

const LIVE = `
  SELECT purpose, text_version AS version, language, channel, in_force_at AS "inForceAt"
    FROM consent
   WHERE person_id = $1 AND in_force_at IS NOT NULL AND withdrawn_at IS NULL`;

/** How and in which words a consent was asked for. */
export interface ConsentAsked {
  language: Locale;
  channel: 'form' | 'api' | 'spoken';
}

/** A consent given before somebody, who answers for it. */
export interface ConsentWitnessed {
  language: Locale;
  /** Heard from the person, or read and agreed to by them. */
  how: 'heard' | 'read';
  /** Account of the witness; null where the device was signed in as nobody. */
  witness: string | null;
}

/** One purpose and whether the person agrees to it now. */
export interface ConsentState {
  purpose: Purpose;
  isGranted: boolean;
  /** Of the words that were agreed to; null while there is no consent. */
  version: string | null;
  since: Date | null;
}

/** Consents by purpose: each with the version of its words; a withdrawal works at once and the history stays. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Notes what a sign-up agrees to; none of it is in force before `enforce`. */
  async ask(personId: string, purposes: readonly Purpose[], asked: ConsentAsked): Promise<void> {
    for (const purpose of purposes) await this.insert(personId, purpose, asked, null);
  }

  /** The first right code came: what was agreed to counts from now on. */
  async enforce(personId: string): Promise<void> {
    await this.db.write('consent.enforce', ENFORCE, [personId, this.clock.now()]);
  }

  /** Training was agreed to before a witness: in force at once. */
  async witnessed(personId: string, { language, how, witness }: ConsentWitnessed): Promise<void> {
    const channel = how === 'heard' ? 'spoken' : 'form';
    await this.db.write('consent.witness', WITNESS, [
      ...[newId(), personId, CONSENT_VERSION, language, channel, this.clock.now(), witness],
    ]);
  }

  /** Sets exactly these purposes: others are withdrawn, new ones are in force at once. */
  async set(personId: string, purposes: readonly Purpose[], asked: ConsentAsked): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async () => {
      await this.db.write('consent.withdraw', WITHDRAW, [personId, purposes, now]);
      for (const purpose of purposes) await this.insert(personId, purpose, asked, now);
    });
  }

  /** Every purpose, in their fixed order. */
  async list(personId: string): Promise<ConsentState[]> {
    const rows = await this.db.read<{ purpose: Purpose; version: string; inForceAt: Date }>(
      'consent.live',
      LIVE,
      [personId],
    );
    return PURPOSES.map((purpose) => {
      const live = rows.find((row) => row.purpose === purpose);
      return {
        purpose,
        isGranted: live !== undefined,
        version: live?.version ?? null,
        since: live?.inForceAt ?? null,
      };
    });
  }

  private async insert(
    personId: string,
    purpose: Purpose,
    asked: ConsentAsked,
    inForceAt: Date | null,
  ): Promise<void> {
    const { language, channel } = asked;
    const values = [
      newId(),
      personId,
      purpose,
      CONSENT_VERSION,
      language,
      channel,
      this.clock.now(),
      inForceAt,
    ];
    await this.db.write('consent.insert', INSERT, values);
  }
}
