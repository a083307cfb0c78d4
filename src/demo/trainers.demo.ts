import { Injectable, type OnModuleInit } from '@nestjs/common';
import { demoId } from './demo-id.js';
import { DemoWriter } from './demo-writer.js';
import { CRI } from './organisations.demo.js';
import { accountId } from './staff.demo.js';

const CREATED_AT = '2026-10-05T09:00:00Z';
/** Of no team: who can step in when somebody of a team cannot come. */
const SPARE = 'trainer-c';
const HOMES = [
  ['trainer', 'tanger'],
  ['trainer-b', 'tetouan'],
  [SPARE, 'tetouan'],
] as const;

const QUALIFY = `
  INSERT INTO trainer_course (account_id, course_id) SELECT $1, id FROM course ON CONFLICT DO NOTHING`;

/** Where the trainers live, and one more who can step in. */
@Injectable()
export class TrainersDemo implements OnModuleInit {
  constructor(private readonly demo: DemoWriter) {}

  onModuleInit(): void {
    this.demo.register('trainers', 140, () => this.load());
  }

  private async load(): Promise<void> {
    const id = accountId(SPARE);
    const who = { name: 'Nawal Idrissi', language: 'fr', password_hash: '!', created_at: CREATED_AT };
    await this.demo.put('account', [{ id, organisation_id: CRI, email: `${SPARE}@qafila.test`, ...who }]);
    await this.demo.put('role_grant', [
      {
        id: demoId(`grant ${SPARE} trainer ${CRI}`),
        account_id: id,
        ...{ role: 'trainer', scope_kind: 'organisation', scope_id: CRI, created_at: CREATED_AT },
      },
    ]);
    await this.demo.put(
      'trainer_profile',
      HOMES.map(([name, home_city]) => ({ account_id: accountId(name), home_city })),
    );
    await this.demo.db.write('demo.qualify', QUALIFY, [id]);
  }
}
