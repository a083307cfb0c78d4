import type { Role, ScopeKind } from '../../src/shared/access/actor.js';
import { SignInService } from '../../src/identity/public.js';
import { newId } from '../../src/shared/new-id.js';
import type { TestApp } from './app.js';

const ORGANISATION = `INSERT INTO organisation (id, slug, kind, name_fr, name_ar) VALUES ($1, $2, $3, 'Opérateur', 'المتعهد')`;
const ACCOUNT = `
  INSERT INTO account (id, organisation_id, email, name, language, password_hash, created_at)
  VALUES ($1, $2, $3, $4, 'fr', 'none', $5)`;
const GRANT = `
  INSERT INTO role_grant (id, account_id, role, scope_kind, scope_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)`;
const PERSON = `
  INSERT INTO person (id, status, given_fr, family_fr, gender, birth_year, language, created_at, activated_at)
  VALUES ($1, 'active', 'Fatima', 'Amrani', 'female', 1990, 'fr', $2, $2)`;
const PHONE = `INSERT INTO phone (id, e164, can_sms, verified_at, created_at) VALUES ($1, $2, true, $3, $3)`;
const PERSON_PHONE = `INSERT INTO person_phone (person_id, phone_id, relation, created_at) VALUES ($1, $2, 'own', $3)`;

let phones = 0;

export async function givenOrganisation(t: TestApp, kind = 'operator'): Promise<string> {
  const id = newId();
  await t.db.write('test.organisation', ORGANISATION, [id, `org-${id}`, kind]);
  return id;
}

/** A member of the staff with one grant, signed in. Without a scope the grant is on their organisation. */
export async function givenStaff(
  t: TestApp,
  role: Role,
  scope?: { kind: ScopeKind; id: string | null },
): Promise<{ id: string; organisationId: string; token: string }> {
  const id = newId();
  const organisationId = await givenOrganisation(t);
  const now = t.clock.now();
  const { kind, id: scopeId } = scope ?? { kind: 'organisation', id: organisationId };
  await t.db.write('test.account', ACCOUNT, [id, organisationId, `${role}-${id}@qafila.test`, role, now]);
  await t.db.write('test.grant', GRANT, [newId(), id, role, kind, scopeId, now]);
  const { token } = await t.app.get(SignInService).issue({ accountId: id });
  return { id, organisationId, token };
}

/** An active person with a phone of their own, signed in. */
export async function givenPerson(
  t: TestApp,
): Promise<{ id: string; phoneId: string; e164: string; token: string }> {
  const id = newId();
  const phoneId = newId();
  const e164 = `+2126990${String(++phones).padStart(5, '0')}`;
  const now = t.clock.now();
  await t.db.write('test.person', PERSON, [id, now]);
  await t.db.write('test.phone', PHONE, [phoneId, e164, now]);
  await t.db.write('test.personPhone', PERSON_PHONE, [id, phoneId, now]);
  const { token } = await t.app.get(SignInService).issue({ phoneId, personId: id });
  return { id, phoneId, e164, token };
}
