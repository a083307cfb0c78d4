import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { PrintedName } from './certificate.js';
import { isSameName, type NameColumns, printedName } from './printed-name.js';

// Whoever signed up by themselves typed their own name; anybody else's was typed by somebody at a desk or by an import.
const STATES = `
  SELECT p.id AS "personId", p.given_fr AS "givenFr", p.family_fr AS "familyFr", p.given_ar AS "givenAr", p.family_ar AS "familyAr",
         n.person_id IS NOT NULL AS "wasConfirmed", n.name_fr AS "nameFr", n.name_ar AS "nameAr",
         EXISTS (SELECT 1 FROM consent c
                  WHERE c.person_id = p.id AND c.purpose = 'training' AND c.channel IN ('form', 'api')
                    AND c.in_force_at IS NOT NULL) AS "signedUpAlone"
    FROM person p
    LEFT JOIN certificate_name n ON n.person_id = p.id
   WHERE p.id = ANY($1::uuid[])`;

const CONFIRM = `
  INSERT INTO certificate_name (person_id, name_fr, name_ar, confirmed_at, confirmed_by) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (person_id) DO UPDATE
     SET name_fr = excluded.name_fr, name_ar = excluded.name_ar, confirmed_at = excluded.confirmed_at,
         confirmed_by = excluded.confirmed_by`;

interface StateRow extends NameColumns {
  personId: string;
  wasConfirmed: boolean;
  nameFr: string | null;
  nameAr: string | null;
  signedUpAlone: boolean;
}

/** The name a certificate will print, and whether somebody has said that it is right. */
export interface NameState {
  name: PrintedName;
  confirmed: boolean;
}

function presentState(row: StateRow): NameState {
  const name = printedName(row);
  if (!row.wasConfirmed) return { name, confirmed: row.signedUpAlone };
  // A confirmation is of these letters: a record that changed since asks again.
  const said = { ...(row.nameFr ? { fr: row.nameFr } : {}), ...(row.nameAr ? { ar: row.nameAr } : {}) };
  return { name, confirmed: isSameName(name, said) };
}

/** Keeps who confirmed which name, letter by letter. */
@Injectable()
export class NameConfirmationService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined when there is no such person */
  async stateOf(personId: string): Promise<NameState | undefined> {
    const [row] = await this.states([personId]);
    return row ? presentState(row) : undefined;
  }

  /** Those of these people whose names are confirmed. */
  async confirmedAmong(personIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.states(personIds);
    return new Set(rows.filter((row) => presentState(row).confirmed).map(({ personId }) => personId));
  }

  /** @param accountId who of the staff confirms it; null: the person */
  async confirm(personId: string, name: PrintedName, accountId: string | null): Promise<void> {
    const values = [personId, name.fr ?? null, name.ar ?? null, this.clock.now(), accountId];
    await this.db.write('certificate.confirmName', CONFIRM, values);
  }

  private states(personIds: readonly string[]): Promise<StateRow[]> {
    return this.db.read<StateRow>('certificate.nameStates', STATES, [personIds]);
  }
}
