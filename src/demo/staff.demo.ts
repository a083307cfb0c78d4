import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { AuditLog } from '../shared/audit/audit-log.js';
import { demoPassword } from '../startup/welcome.js';
import { CAMPAIGN_2021, CAMPAIGN_2027 } from './campaign-ids.js';
import { demoId } from './demo-id.js';
import { DemoWriter } from './demo-writer.js';
import { APDN, CRI } from './organisations.demo.js';

const CREATED_AT = '2021-10-04T09:00:00Z';
/** argon2id at the cost of every other account: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** No password fits it. */
const NO_PASSWORD = '!';
const PASSWORD_MARK = 'demo.password';

const BOTH = [CAMPAIGN_2021, CAMPAIGN_2027] as const;
const ACCOUNTS = [
  ['admin', 'Karim Bennis', CRI, 'fr', 'admin', 'installation', [null]],
  ['manager', 'Samira Bennani', CRI, 'fr', 'manager', 'organisation', [CRI]],
  ['trainer', 'Youssef Tazi', CRI, 'ar', 'trainer', 'organisation', [CRI]],
  ['funder', 'Leïla Chraïbi', APDN, 'fr', 'funder', 'campaign', BOTH],
  ['auditor', 'Omar Sebti', APDN, 'fr', 'auditor', 'campaign', BOTH],
  ['trainer-b', 'Hanane Alaoui', CRI, 'ar', 'trainer', 'organisation', [CRI]],
] as const;

export const accountId = (name: string): string => demoId(`account ${name}`);
/** Who leads the first and the second team; `trainer@` is the first. */
export const TRAINERS = [accountId('trainer'), accountId('trainer-b')] as const;

const SET_PASSWORD = `UPDATE account SET password_hash = $2 WHERE email = ANY($1)`;
const END_SIGN_INS = `
  UPDATE sign_in s SET revoked_at = $2 FROM account a WHERE a.id = s.account_id AND a.email = ANY($1) AND s.revoked_at IS NULL`;

/** Accounts that may sign in with the printed password; `trainer-b` leads the other team and has none. */
const SIGN_IN = ACCOUNTS.slice(0, -1).map(([name]) => `${name}@qafila.test`);

/** Staff accounts with their grants, and the password they share. */
@Injectable()
export class StaffDemo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly audit: AuditLog,
  ) {}

  onModuleInit(): void {
    this.demo.register('staff', 101, () => this.load());
    this.demo.registerEach(PASSWORD_MARK, 102, () => this.setPassword());
  }

  private async load(): Promise<void> {
    await this.demo.put(
      'account',
      ACCOUNTS.map(([name, full, organisation_id, language]) => {
        const address = { id: accountId(name), organisation_id, email: `${name}@qafila.test`, name: full };
        return { ...address, language, password_hash: NO_PASSWORD, created_at: CREATED_AT };
      }),
    );
    await this.demo.put(
      'role_grant',
      ACCOUNTS.flatMap(([name, , , , role, scope_kind, scopes]) =>
        scopes.map((scope_id) => ({
          id: demoId(`grant ${name} ${role} ${scope_id ?? ''}`),
          account_id: accountId(name),
          role,
          scope_kind,
          scope_id,
          created_at: CREATED_AT,
        })),
      ),
    );
  }

  /** A password that differs from the last start's takes its place and ends the sign-ins made with the old one. */
  private async setPassword(): Promise<void> {
    const password = await demoPassword(this.demo.config);
    const mark = this.audit.digest(password);
    if ((await this.demo.known(PASSWORD_MARK)) === mark) return;
    await this.demo.db.write('demo.setPassword', SET_PASSWORD, [
      SIGN_IN,
      await hash(password.normalize('NFC'), COST),
    ]);
    await this.demo.db.write('demo.endSignIns', END_SIGN_INS, [SIGN_IN, this.demo.clock.now()]);
    await this.demo.remember(PASSWORD_MARK, mark);
  }
}
