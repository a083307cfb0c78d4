import { SignInService } from '../../src/identity/public.js';
import { CAMPAIGN_2027 } from '../../src/demo/campaign-ids.js';
import { demoId } from '../../src/demo/demo-id.js';
import { roomId } from '../../src/demo/organisations.demo.js';
import { accountId, TRAINERS } from '../../src/demo/staff.demo.js';
import { newId } from '../../src/shared/new-id.js';
import { type ApiOptions, createTestApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/test-clock.js';

/** A booted application with the demo campaigns and staff who can be spoken for. */
export interface World extends TestApp {
  tokens: Record<'admin' | 'manager' | 'trainer' | 'funder' | 'auditor' | 'stranger', string>;
  /** A token made at the clock's present moment; those of `tokens` end after a day. */
  signIn(account: string): Promise<string>;
  /** A call as the manager unless `token` says otherwise. */
  as(path: string, options?: ApiOptions): ReturnType<TestApp['api']>;
}

export const TOUR = demoId('tour caravane-2027');
export const TEAM_A = demoId('team caravane-2027 0');
export const TEAM_B = demoId('team caravane-2027 1');
export const CAMPAIGN = CAMPAIGN_2027;
export const [TRAINER_A, TRAINER_B] = TRAINERS;
export const room = roomId;
export const stopId = (city: string): string => demoId(`stop caravane-2027 ${city}`);
export const demoSession = (city: string): string => demoId(`session caravane-2027 ${city}`);

const ORGANISATION = `
  INSERT INTO organisation (id, slug, kind, name_fr, name_ar) VALUES ($1, $2, 'operator', 'Autre opérateur', 'متعهد آخر')`;
const ACCOUNT = `
  INSERT INTO account (id, organisation_id, email, name, language, password_hash, created_at)
  VALUES ($1, $2, $3, 'Ailleurs', 'fr', '!', now())`;
const GRANT = `
  INSERT INTO role_grant (id, account_id, role, scope_kind, scope_id, created_at) VALUES ($1, $2, $3, 'organisation', $4, now())`;
const CAMPAIGN_ROW = `
  INSERT INTO campaign (id, organisation_id, slug, name_fr, name_ar, name_en, summary_fr, summary_ar, summary_en, starts_on, ends_on,
                        support_phone, created_at)
  VALUES ($1, $2, 'ailleurs', 'Ailleurs', 'مكان آخر', 'Elsewhere', '', '', '', '2027-01-01', '2027-12-31', '+212539000000', '2026-10-01')`;
const CAMPAIGN_COURSES = `
  INSERT INTO campaign_course (campaign_id, course_id, position) SELECT $1, id, position FROM course`;
const TOUR_ROW = `INSERT INTO tour (id, organisation_id, campaign_id, name_fr, name_ar) VALUES ($1, $2, $3, 'Autre', 'أخرى')`;
const TEAM_ROW = `INSERT INTO team (id, tour_id, name) VALUES ($1, $2, 'X')`;
const TEAM_TRAINER = `INSERT INTO team_trainer (team_id, account_id) VALUES ($1, $2)`;
const STOP_ROW = `INSERT INTO stop (id, tour_id, team_id, city_slug, local_date) VALUES ($1, $2, $3, $4, $5)`;

/** Ids of another organisation's tour; its team borrows the first trainer of ours. */
export interface Elsewhere {
  campaign: string;
  tour: string;
  stop: string;
}

export async function createWorld(at = '2026-12-01T09:00:00Z'): Promise<World> {
  const app = await createTestApp({
    clock: new TestClock(at),
    env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: 'demo-password-1' },
  });
  const signIns = app.app.get(SignInService);
  const issue = async (account: string): Promise<string> =>
    (await signIns.issue({ accountId: account })).token;
  const stranger = newId();
  const organisation = newId();
  await app.db.write('test.organisation', ORGANISATION, [organisation, `autre-${organisation}`]);
  await app.db.write('test.account', ACCOUNT, [stranger, organisation, 'stranger@qafila.test']);
  await app.db.write('test.grant', GRANT, [newId(), stranger, 'manager', organisation]);
  const tokens = {
    admin: await issue(accountId('admin')),
    manager: await issue(accountId('manager')),
    trainer: await issue(accountId('trainer')),
    funder: await issue(accountId('funder')),
    auditor: await issue(accountId('auditor')),
    stranger: await issue(stranger),
  };
  return {
    ...app,
    tokens,
    signIn: issue,
    as: (path, options = {}) => app.api(path, { token: tokens.manager, ...options }),
  };
}

/** A stop of the stranger's organisation. */
export async function createElsewhere(world: World, city: string, localDate: string): Promise<Elsewhere> {
  const owner = await world.db.readOne<{ organisationId: string }>(
    'test.stranger',
    `SELECT organisation_id AS "organisationId" FROM account WHERE email = 'stranger@qafila.test'`,
  );
  const organisation = owner?.organisationId;
  const [campaign, tour, team, stop] = [newId(), newId(), newId(), newId()];
  await world.db.write('test.campaign', CAMPAIGN_ROW, [campaign, organisation]);
  await world.db.write('test.campaignCourses', CAMPAIGN_COURSES, [campaign]);
  await world.db.write('test.tour', TOUR_ROW, [tour, organisation, campaign]);
  await world.db.write('test.team', TEAM_ROW, [team, tour]);
  await world.db.write('test.teamTrainer', TEAM_TRAINER, [team, TRAINER_A]);
  await world.db.write('test.stop', STOP_ROW, [stop, tour, team, city, localDate]);
  return { campaign, tour, stop };
}

/** A new stop of ours; its id. */
export async function addStop(
  world: World,
  city: string,
  localDate: string,
  teamId = TEAM_A,
): Promise<string> {
  const answer = await world.as(`/tours/${TOUR}/stops`, { body: { teamId, city, localDate } });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return (answer.json() as { id: string }).id;
}

export interface PlannedUnit {
  localDate?: string;
  localStart: string;
  localEnd: string;
  roomId?: string;
  trainerIds?: string[];
  kitIds?: string[];
}

/** A request body for a session; nothing is taken unless a unit says so. */
export function sessionBody(
  units: PlannedUnit[],
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return { course: 'e-marketing', capacity: 30, language: 'ar', units, ...more };
}
