import type { MigrationInterface, QueryRunner } from 'typeorm';

const CATEGORIES = `'artisan', 'maitre-artisan', 'cooperative-artisanat', 'autre-cooperative', 'entreprise-artisanat', 'commercant', 'auto-entrepreneur', 'porteur-de-projet'`;
const SECTORS = `'tapis', 'textile', 'cuir', 'bois', 'poterie', 'metaux', 'bijouterie', 'vannerie', 'batiment', 'pierre', 'cosmetiques', 'divers', 'services', 'alimentaire', 'agriculture', 'commerce', 'autre'`;

/**
 * Persons with their phones and consents; staff accounts; grants; sign-in.
 * A phone is a row of its own, because several persons may share one and one person may have several.
 * Locks: none held, the tables are new. Reversible: yes, losing the rows.
 */
export class PeopleAndAccess1795305800000 implements MigrationInterface {
  name = 'PeopleAndAccess1795305800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE person (
        id              uuid PRIMARY KEY,
        organisation_id uuid,
        status          text NOT NULL,
        given_fr        text,
        family_fr       text,
        given_ar        text,
        family_ar       text,
        gender          text NOT NULL DEFAULT 'unspecified',
        birth_year      smallint,
        commune_code    text,
        city_slug       text,
        category        text,
        sector          text,
        language        text NOT NULL,
        created_at      timestamptz NOT NULL,
        activated_at    timestamptz,
        CONSTRAINT person_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT person_commune_code_fkey FOREIGN KEY (commune_code) REFERENCES commune (code),
        CONSTRAINT person_city_slug_fkey FOREIGN KEY (city_slug) REFERENCES city (slug),
        CONSTRAINT person_status_known CHECK (status IN ('pending', 'active')),
        CONSTRAINT person_activated_at_of_active CHECK ((status = 'active') = (activated_at IS NOT NULL)),
        CONSTRAINT person_has_a_name CHECK ((given_fr IS NOT NULL AND family_fr IS NOT NULL) OR (given_ar IS NOT NULL AND family_ar IS NOT NULL)),
        CONSTRAINT person_name_fr_whole CHECK ((given_fr IS NULL) = (family_fr IS NULL)),
        CONSTRAINT person_name_ar_whole CHECK ((given_ar IS NULL) = (family_ar IS NULL)),
        CONSTRAINT person_gender_known CHECK (gender IN ('female', 'male', 'unspecified')),
        CONSTRAINT person_birth_year_plausible CHECK (birth_year BETWEEN 1900 AND 2100),
        CONSTRAINT person_category_known CHECK (category IN (${CATEGORIES})),
        CONSTRAINT person_sector_known CHECK (sector IN (${SECTORS})),
        CONSTRAINT person_language_known CHECK (language IN ('ar', 'fr', 'en'))
      )
    `);
    await runner.query(
      `CREATE INDEX person_created_at_pending_idx ON person (created_at) WHERE status = 'pending'`,
    );
    await runner.query(`
      CREATE TABLE phone (
        id          uuid PRIMARY KEY,
        e164        text NOT NULL,
        can_sms     boolean NOT NULL,
        verified_at timestamptz,
        created_at  timestamptz NOT NULL,
        CONSTRAINT phone_e164_key UNIQUE (e164),
        CONSTRAINT phone_e164_shape CHECK (e164 ~ '^\\+[1-9][0-9]{5,14}$')
      )
    `);
    await runner.query(`
      CREATE TABLE person_phone (
        person_id  uuid NOT NULL,
        phone_id   uuid NOT NULL,
        relation   text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT person_phone_pkey PRIMARY KEY (person_id, phone_id),
        CONSTRAINT person_phone_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT person_phone_phone_id_fkey FOREIGN KEY (phone_id) REFERENCES phone (id),
        CONSTRAINT person_phone_relation_known CHECK (relation IN ('own', 'relay', 'family'))
      )
    `);
    await runner.query(`CREATE INDEX person_phone_phone_id_idx ON person_phone (phone_id)`);
    await runner.query(`
      CREATE TABLE consent (
        id           uuid PRIMARY KEY,
        person_id    uuid NOT NULL,
        purpose      text NOT NULL,
        text_version text NOT NULL,
        language     text NOT NULL,
        channel      text NOT NULL,
        asked_at     timestamptz NOT NULL,
        in_force_at  timestamptz,
        withdrawn_at timestamptz,
        CONSTRAINT consent_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT consent_purpose_known CHECK (purpose IN ('training', 'sms', 'whatsapp', 'photo', 'partners', 'directory')),
        CONSTRAINT consent_language_known CHECK (language IN ('ar', 'fr', 'en')),
        CONSTRAINT consent_channel_known CHECK (channel IN ('form', 'api', 'spoken')),
        CONSTRAINT consent_withdrawn_after_asked CHECK (withdrawn_at >= asked_at)
      )
    `);
    await runner.query(
      `CREATE UNIQUE INDEX consent_person_id_purpose_live_key ON consent (person_id, purpose) WHERE withdrawn_at IS NULL`,
    );
    await runner.query(`
      CREATE TABLE account (
        id              uuid PRIMARY KEY,
        organisation_id uuid NOT NULL,
        email           text NOT NULL,
        name            text NOT NULL,
        language        text NOT NULL,
        password_hash   text NOT NULL,
        totp_secret     text,
        disabled_at     timestamptz,
        created_at      timestamptz NOT NULL,
        CONSTRAINT account_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation (id),
        CONSTRAINT account_email_key UNIQUE (email),
        CONSTRAINT account_email_lower CHECK (email = lower(email)),
        CONSTRAINT account_language_known CHECK (language IN ('ar', 'fr', 'en'))
      )
    `);
    await runner.query(`
      CREATE TABLE role_grant (
        id         uuid PRIMARY KEY,
        account_id uuid,
        person_id  uuid,
        role       text NOT NULL,
        scope_kind text NOT NULL,
        scope_id   uuid,
        ends_at    timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT role_grant_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT role_grant_one_holder CHECK (num_nonnulls(account_id, person_id) = 1),
        CONSTRAINT role_grant_role_known CHECK (role IN ('trainee', 'cooperative-manager', 'trainer', 'external-trainer', 'coordinator', 'manager', 'funder', 'partner', 'auditor', 'admin')),
        CONSTRAINT role_grant_scope_kind_known CHECK (scope_kind IN ('installation', 'organisation', 'campaign', 'city', 'session')),
        CONSTRAINT role_grant_scope_id_of_kind CHECK ((scope_kind = 'installation') = (scope_id IS NULL))
      )
    `);
    await runner.query(`CREATE INDEX role_grant_account_id_idx ON role_grant (account_id)`);
    await runner.query(`CREATE INDEX role_grant_person_id_idx ON role_grant (person_id)`);
    await runner.query(`
      CREATE TABLE challenge (
        id         uuid PRIMARY KEY,
        e164       text NOT NULL,
        purpose    text NOT NULL,
        code_hmac  bytea NOT NULL,
        tries      integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at    timestamptz,
        CONSTRAINT challenge_purpose_known CHECK (purpose IN ('sign-in')),
        CONSTRAINT challenge_tries_within CHECK (tries BETWEEN 0 AND 5)
      )
    `);
    await runner.query(`CREATE INDEX challenge_e164_created_at_idx ON challenge (e164, created_at)`);
    await runner.query(`
      CREATE TABLE sign_in (
        id           uuid PRIMARY KEY,
        token_hash   bytea NOT NULL,
        account_id   uuid,
        phone_id     uuid,
        person_id    uuid,
        created_at   timestamptz NOT NULL,
        expires_at   timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        revoked_at   timestamptz,
        user_agent   text,
        CONSTRAINT sign_in_token_hash_key UNIQUE (token_hash),
        CONSTRAINT sign_in_account_id_fkey FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT sign_in_phone_id_fkey FOREIGN KEY (phone_id) REFERENCES phone (id) ON DELETE CASCADE,
        CONSTRAINT sign_in_person_id_fkey FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
        CONSTRAINT sign_in_one_holder CHECK (num_nonnulls(account_id, phone_id) = 1),
        CONSTRAINT sign_in_person_of_phone CHECK (person_id IS NULL OR phone_id IS NOT NULL)
      )
    `);
    await runner.query(`CREATE INDEX sign_in_account_id_idx ON sign_in (account_id)`);
    await runner.query(`CREATE INDEX sign_in_phone_id_idx ON sign_in (phone_id)`);
    await runner.query(`CREATE INDEX sign_in_expires_at_idx ON sign_in (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'sign_in',
      'challenge',
      'role_grant',
      'account',
      'consent',
      'person_phone',
      'phone',
      'person',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
  }
}
