import { Injectable } from '@nestjs/common';
import { type Actor, type Grant, type Role, ROLES, SCOPE_KINDS } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Clock } from '../shared/clock/clock.js';
import { violates } from '../shared/database/database.errors.js';
import { Database } from '../shared/database/database.js';
import { type FieldError, InvalidFields, NotFound } from '../shared/errors/domain-error.js';
import { isLocale, type Locale } from '../shared/i18n/i18n.js';
import { newId } from '../shared/new-id.js';
import { EmailTaken } from './account.errors.js';
import { hashPassword, PASSWORD_LENGTH } from './password.js';

const INSERT = `
  INSERT INTO account (id, organisation_id, email, name, language, password_hash, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;
const GRANT = `
  INSERT INTO role_grant (id, account_id, role, scope_kind, scope_id, ends_at, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)`;
const BY_EMAIL = `SELECT id FROM account WHERE email = $1`;
const SET_PASSWORD = `UPDATE account SET password_hash = $2 WHERE id = $1`;
const END_SIGN_INS = `UPDATE sign_in SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL`;

/** A role to give, within a scope, for good or until `endsAt`. */
export interface NewGrant extends Grant {
  endsAt?: Date;
}

/** A member of the staff. */
export interface NewAccount {
  email: string;
  name: string;
  organisationId: string;
  language: Locale;
  password: string;
  grants: readonly NewGrant[];
}

const EMAIL = /^[^\s@"<>]{1,64}@[^\s@"<>.]+(\.[^\s@"<>.]+)+$/;
const LONGEST_NAME = 100;

/** The address as it is kept and compared. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Staff accounts and their grants. Administrators and the command line create them; nobody signs up for one. */
@Injectable()
export class AccountService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @returns the account's id
   * @throws InvalidFields, EmailTaken, NotFound for an unknown organisation
   */
  async create(account: NewAccount, by: Actor | 'system' = 'system'): Promise<string> {
    const problems = problemsOf(account);
    if (problems.length > 0) throw new InvalidFields(problems);
    const passwordHash = await hashPassword(account.password);
    const id = newId();
    const { organisationId, language } = account;
    try {
      await this.db.transaction(async () => {
        const values = [id, organisationId, normalEmail(account.email), account.name, language, passwordHash];
        await this.db.write('account.insert', INSERT, [...values, this.clock.now()]);
        await this.addGrants(id, account.grants);
        const facts = { roles: account.grants.map(({ role }) => role) };
        const subject = { subjectKind: 'account', subjectId: id, organisationId, facts };
        await this.audit.record(by, { action: 'identity.account.create', ...subject });
      });
    } catch (error) {
      if (violates(error, 'account_email_key')) throw new EmailTaken();
      if (violates(error, 'account_organisation_id_fkey')) throw new NotFound('organisation');
      throw error;
    }
    return id;
  }

  /** Gives an account more roles. */
  async grant(
    accountId: string,
    grants: readonly NewGrant[],
    by: Actor | 'system' = 'system',
  ): Promise<void> {
    const problems = grantProblems(grants);
    if (problems.length > 0) throw new InvalidFields(problems);
    await this.db.transaction(async () => {
      await this.addGrants(accountId, grants);
      const facts = { roles: grants.map(({ role }) => role) };
      await this.audit.record(by, {
        action: 'identity.account.grant',
        subjectKind: 'account',
        subjectId: accountId,
        facts,
      });
    });
  }

  /** The account of an address, if there is one. */
  async idOf(email: string): Promise<string | undefined> {
    return (await this.db.readOne<{ id: string }>('account.byEmail', BY_EMAIL, [normalEmail(email)]))?.id;
  }

  /** Sets another password and ends every sign-in of the account. */
  async setPassword(accountId: string, password: string, by: Actor | 'system' = 'system'): Promise<void> {
    const problems = passwordProblems(password);
    if (problems.length > 0) throw new InvalidFields(problems);
    const passwordHash = await hashPassword(password);
    await this.db.transaction(async () => {
      const found = await this.db.write('account.setPassword', SET_PASSWORD, [accountId, passwordHash]);
      if (found === 0) throw new NotFound('account');
      await this.db.write('account.endSignIns', END_SIGN_INS, [accountId, this.clock.now()]);
      await this.audit.record(by, {
        action: 'identity.account.password',
        subjectKind: 'account',
        subjectId: accountId,
      });
    });
  }

  private async addGrants(accountId: string, grants: readonly NewGrant[]): Promise<void> {
    const now = this.clock.now();
    for (const { role, scopeKind, scopeId, endsAt } of grants) {
      await this.db.write('account.grant', GRANT, [
        newId(),
        accountId,
        role,
        scopeKind,
        scopeId,
        endsAt ?? null,
        now,
      ]);
    }
  }
}

function problemsOf(account: NewAccount): FieldError[] {
  const { email, name, language, password, grants } = account;
  const problems: FieldError[] = [];
  if (!EMAIL.test(normalEmail(email)) || email.includes('\0'))
    problems.push({ pointer: '/email', code: 'not-an-email' });
  if (name.trim() === '') problems.push({ pointer: '/name', code: 'required' });
  if ([...name].length > LONGEST_NAME)
    problems.push({ pointer: '/name', code: 'too-long', params: { max: LONGEST_NAME } });
  if (name.includes('\0')) problems.push({ pointer: '/name', code: 'not-unicode' });
  if (!isLocale(language)) problems.push({ pointer: '/language', code: 'not-a-choice' });
  return [...problems, ...passwordProblems(password), ...grantProblems(grants)];
}

function passwordProblems(password: string): FieldError[] {
  const { length } = [...password];
  const { min, max } = PASSWORD_LENGTH;
  if (length >= min && length <= max) return [];
  return [{ pointer: '/password', code: 'password-length', params: { min, max } }];
}

function grantProblems(grants: readonly NewGrant[]): FieldError[] {
  const isGood = ({ role, scopeKind, scopeId }: Grant): boolean =>
    (ROLES as readonly Role[]).includes(role) &&
    SCOPE_KINDS.includes(scopeKind) &&
    (scopeKind === 'installation') === (scopeId === null);
  return grants.flatMap((grant, i) =>
    isGood(grant) ? [] : [{ pointer: `/grants/${i}`, code: 'not-a-choice' }],
  );
}
