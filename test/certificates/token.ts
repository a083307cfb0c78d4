import { SignInService } from '../../src/identity/public.js';
import { newId } from '../../src/shared/new-id.js';
import type { TestApp } from '../support/app.js';

let phones = 0;

/** Signs a person in, on a phone of their own. */
export async function tokenOf(t: TestApp, personId: string): Promise<string> {
  const phoneId = newId();
  const e164 = `+2126880${String((phones += 1)).padStart(5, '0')}`;
  await t.db.write(
    'test.certificates.phone',
    `INSERT INTO phone (id, e164, can_sms, verified_at, created_at) VALUES ($1, $2, true, $3, $3)`,
    [phoneId, e164, t.clock.now()],
  );
  await t.db.write(
    'test.certificates.personPhone',
    `INSERT INTO person_phone (person_id, phone_id, relation, created_at) VALUES ($1, $2, 'own', $3)`,
    [personId, phoneId, t.clock.now()],
  );
  return (await t.app.get(SignInService).issue({ phoneId, personId })).token;
}
