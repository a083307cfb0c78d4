import { SignInService } from '../../../src/identity/public.js';
import { newId } from '../../../src/shared/new-id.js';
import type { Role, ScopeKind } from '../../../src/shared/access/actor.js';
import type { TestApp } from '../../support/app.js';

/** A session to make; what is left out is a day of two half-days for 30 people. */
export interface SessionPlan {
  capacity?: number;
  city?: string;
  date?: string;
  start?: string;
  end?: string;
  status?: 'planned' | 'closed' | 'cancelled';
}

export interface TestPerson {
  id: string;
  token: string;
}

export interface Counters {
  capacity: number;
  booked: number;
  offered: number;
  held: number;
  waiting: number;
  lastWaitingNo: number;
}

const CITIES: ReadonlyArray<[slug: string, fr: string, ar: string]> = [
  ['tetouan', 'Tétouan', 'تطوان'],
  ['larache', 'Larache', 'العرائش'],
];

/** Numbers given so far: drawn by chance, two of some hundreds would now and then be one. */
let phonesGiven = 0;

/** A campaign with sessions and people, written straight into the tables: other features' services are not under test. */
export class World {
  readonly organisationId = newId();
  readonly otherOrganisationId = newId();
  readonly campaignId = newId();
  readonly courseId = newId();
  private readonly tourId = newId();
  private readonly teamId = newId();
  private people = 0;

  private constructor(private readonly t: TestApp) {}

  static async in(
    t: TestApp,
    opens = '2027-01-01T00:00:00Z',
    closes = '2027-12-01T00:00:00Z',
  ): Promise<World> {
    const world = new World(t);
    await world.lay(opens, closes);
    return world;
  }

  private async sql(text: string, values: unknown[] = []): Promise<void> {
    await this.t.db.manager.query(text, values);
  }

  private async lay(opens: string, closes: string): Promise<void> {
    const tag = this.campaignId.slice(-12);
    await this.sql(
      `INSERT INTO province (code, name_fr, name_ar, kind) VALUES ('T1', 'Tétouan', 'تطوان', 'province') ON CONFLICT DO NOTHING`,
    );
    for (const [slug, fr, ar] of CITIES) {
      await this.sql(
        `INSERT INTO city (slug, province_code, name_fr, name_ar, name_en, latitude, longitude)
         SELECT $1, code, $2, $3, $2, 35, -5 FROM province LIMIT 1 ON CONFLICT DO NOTHING`,
        [slug, fr, ar],
      );
    }
    for (const id of [this.organisationId, this.otherOrganisationId]) {
      await this.sql(
        `INSERT INTO organisation (id, slug, kind, name_fr, name_ar) VALUES ($1::uuid, $1::text, 'operator', 'CRI', 'المركز')`,
        [id],
      );
    }
    await this.sql(
      `INSERT INTO course (id, slug, position, title_fr, title_ar) VALUES ($1, $2, 1, 'Vente en ligne', 'البيع عبر الإنترنت')`,
      [this.courseId, `vente-${tag}`],
    );
    await this.sql(
      `INSERT INTO campaign (id, organisation_id, slug, name_fr, name_ar, name_en, summary_fr, summary_ar, summary_en, starts_on, ends_on,
                             enrolment_opens_at, enrolment_closes_at, support_phone, created_at)
       VALUES ($1, $2, $3, 'Caravane', 'القافلة', 'Caravan', '', '', '', '2027-01-01', '2027-12-31', $4, $5, '+212539000000', $4)`,
      [this.campaignId, this.organisationId, `caravane-${tag}`, opens, closes],
    );
    await this.sql(
      `INSERT INTO tour (id, organisation_id, campaign_id, name_fr, name_ar) VALUES ($1, $2, $3, 'Nord', 'الشمال')`,
      [this.tourId, this.organisationId, this.campaignId],
    );
    await this.sql(`INSERT INTO team (id, tour_id, name) VALUES ($1, $2, 'A')`, [this.teamId, this.tourId]);
  }

  /** Makes a session; its times are UTC, as Morocco's are in the tests' year. @returns its id */
  async session(plan: SessionPlan = {}): Promise<string> {
    const {
      capacity = 30,
      city = 'tetouan',
      date = '2027-03-10',
      start = '09:00',
      end = '17:00',
      status = 'planned',
    } = plan;
    const [id, stopId, teamId] = [newId(), newId(), newId()];
    await this.sql(`INSERT INTO team (id, tour_id, name) VALUES ($1::uuid, $2, $1::text)`, [
      teamId,
      this.tourId,
    ]);
    await this.sql(
      `INSERT INTO stop (id, tour_id, team_id, city_slug, local_date) VALUES ($1, $2, $3, $4, $5)`,
      [stopId, this.tourId, teamId, city, date],
    );
    const during = `[${date} ${start}Z,${date} ${end}Z)`;
    await this.sql(
      `INSERT INTO session (id, organisation_id, campaign_id, stop_id, course_id, language, status, during, capacity, seats_ceiling, created_at,
                            closed_at, cancelled_at)
       VALUES ($1, $2, $3, $4, $5, 'ar', $6, $7, $8, $8, now(), CASE WHEN $6 = 'closed' THEN now() END, CASE WHEN $6 = 'cancelled' THEN now() END)`,
      [id, this.organisationId, this.campaignId, stopId, this.courseId, status, `{${during}}`, capacity],
    );
    await this.sql(
      `INSERT INTO unit (id, session_id, n, local_date, local_start, local_end, zone, during)
       VALUES ($1, $2, 1, $3, $4, $5, 'Africa/Casablanca', $6)`,
      [newId(), id, date, start, end, during],
    );
    return id;
  }

  /** An active person with consent and a phone, signed in. */
  async person(
    change: { status?: 'pending' | 'active'; consent?: boolean; picked?: boolean; language?: string } = {},
  ): Promise<TestPerson> {
    const { status = 'active', consent = true, picked = true, language = 'fr' } = change;
    const [id, phoneId, n] = [newId(), newId(), ++this.people];
    const e164 = `+21268${String(++phonesGiven).padStart(7, '0')}`;
    await this.sql(
      `INSERT INTO person (id, status, given_fr, family_fr, given_ar, family_ar, gender, birth_year, category, sector, language, created_at, activated_at)
       VALUES ($1, $2, 'Fatima', $3, 'فاطمة', 'العلمي', 'female', 1990, 'artisan', 'tapis', $4, now(), CASE WHEN $2 = 'active' THEN now() END)`,
      [id, status, `Alami ${n}`, language],
    );
    await this.sql(
      `INSERT INTO phone (id, e164, can_sms, verified_at, created_at) VALUES ($1, $2, true, now(), now())`,
      [phoneId, e164],
    );
    await this.sql(
      `INSERT INTO person_phone (person_id, phone_id, relation, created_at) VALUES ($1, $2, 'own', now())`,
      [id, phoneId],
    );
    if (consent) {
      await this.sql(
        `INSERT INTO consent (id, person_id, purpose, text_version, language, channel, asked_at, in_force_at)
         VALUES ($1, $2, 'training', '1', 'fr', 'form', now(), now())`,
        [newId(), id],
      );
    }
    const { token } = await this.t.app.get(SignInService).issue({ phoneId, personId: picked ? id : null });
    return { id, token };
  }

  async persons(count: number): Promise<TestPerson[]> {
    const made: TestPerson[] = [];
    for (let i = 0; i < count; i++) made.push(await this.person());
    return made;
  }

  /** Somebody of the staff with one grant, signed in. @returns the token */
  async staff(role: Role, scopeKind: ScopeKind, scopeId: string | null): Promise<string> {
    const id = newId();
    await this.sql(
      `INSERT INTO account (id, organisation_id, email, name, language, password_hash, created_at) VALUES ($1, $2, $3, 'Desk', 'fr', 'x', now())`,
      [id, this.organisationId, `${id}@qafila.test`],
    );
    await this.sql(
      `INSERT INTO role_grant (id, account_id, role, scope_kind, scope_id, created_at) VALUES ($1, $2, $3, $4, $5, now())`,
      [newId(), id, role, scopeKind, scopeId],
    );
    return (await this.t.app.get(SignInService).issue({ accountId: id })).token;
  }

  async counters(sessionId: string): Promise<Counters> {
    const [row] = (await this.t.db.manager.query(
      `SELECT capacity, booked, offered, held, waiting, last_waiting_no AS "lastWaitingNo" FROM session WHERE id = $1`,
      [sessionId],
    )) as Counters[];
    if (!row) throw new Error(`No session ${sessionId}`);
    return row;
  }

  /** Rows of a session by status, counted by hand. */
  async rows(sessionId: string): Promise<Record<string, number>> {
    const rows = (await this.t.db.manager.query(
      `SELECT status, count(*)::int AS n FROM enrolment WHERE session_id = $1 GROUP BY status`,
      [sessionId],
    )) as Array<{ status: string; n: number }>;
    return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
  }

  /** Waiting numbers that a session has given out, in order. */
  async waitingNumbers(sessionId: string): Promise<number[]> {
    const rows = (await this.t.db.manager.query(
      `SELECT waiting_no AS n FROM enrolment WHERE session_id = $1 AND waiting_no IS NOT NULL ORDER BY waiting_no`,
      [sessionId],
    )) as Array<{ n: number }>;
    return rows.map(({ n }) => n);
  }
}

/** 1 … n. */
export function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}
