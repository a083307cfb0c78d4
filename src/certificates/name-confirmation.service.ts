import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { PrintedName } from './certificate.js';
import { NAME_COLUMNS, type NameState, type NameStateColumns, nameStateOf } from './name-state.js';

const STATES = `
  SELECT p.id AS "personId", ${NAME_COLUMNS}
    FROM person p
    LEFT JOIN certificate_name n ON n.person_id = p.id
   WHERE p.id = ANY($1::uuid[])`;

const CONFIRM = `
  INSERT INTO certificate_name (person_id, name_fr, name_ar, confirmed_at, confirmed_by) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (person_id) DO UPDATE
     SET name_fr = excluded.name_fr, name_ar = excluded.name_ar, confirmed_at = excluded.confirmed_at,
         confirmed_by = excluded.confirmed_by`;

interface StateRow extends NameStateColumns {
  personId: string;
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
    return row ? nameStateOf(row) : undefined;
  }

  /** Those of these people whose names are confirmed. */
  async confirmedAmong(personIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.states(personIds);
    return new Set(rows.filter((row) => nameStateOf(row).confirmed).map(({ personId }) => personId));
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
