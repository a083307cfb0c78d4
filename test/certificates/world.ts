import { newId } from '../../src/shared/new-id.js';
import { givenOrganisation } from '../support/actors.js';
import type { TestApp } from '../support/app.js';

/** Names of a person; null where the script is missing. */
export interface Names {
  fr?: [given: string, family: string] | null;
  ar?: [given: string, family: string] | null;
}

/** A campaign of one course with one closed session of two half-days in Tétouan. */
export interface World {
  organisationId: string;
  campaignId: string;
  slug: string;
  courseId: string;
  sessionId: string;
  unitIds: [string, string];
}

let worlds = 0;

/** Runs SQL for a fixture; each text gets a name of its own. */
async function sql(t: TestApp, text: string, values: unknown[] = []): Promise<void> {
  await t.db.write(`test.${text.replace(/\s+/g, ' ').slice(0, 50)}`, text, values);
}

const SESSION = `
  INSERT INTO session (id, organisation_id, campaign_id, stop_id, course_id, language, status, during, capacity, seats_ceiling, created_at, closed_at)
  VALUES ($1, $2, $3, $4, $5, 'fr', 'closed', '{[2026-12-15 09:00+00, 2026-12-15 12:30+00), [2026-12-15 14:00+00, 2026-12-15 17:30+00)}', 40, 40, $6, $6)`;

/** Writes the campaign; the people come with `givenTrainee`. */
export async function givenWorld(t: TestApp): Promise<World> {
  const now = t.clock.now();
  const slug = `caravane-${(worlds += 1)}`;
  const [campaignId, courseId, tourId, teamId, stopId, sessionId] = Array.from(
    { length: 6 },
    newId,
  ) as string[] as [string, string, string, string, string, string];
  const organisationId = await givenOrganisation(t);
  await sql(
    t,
    `INSERT INTO province (code, name_fr, name_ar, kind) VALUES ('571', 'Tétouan', 'تطوان', 'province') ON CONFLICT DO NOTHING`,
  );
  await sql(
    t,
    `INSERT INTO city (slug, province_code, name_fr, name_ar, name_en, latitude, longitude)
     VALUES ('tetouan', '571', 'Tétouan', 'تطوان', 'Tetouan', 35.57, -5.37) ON CONFLICT DO NOTHING`,
  );
  await sql(
    t,
    `INSERT INTO campaign (id, organisation_id, slug, name_fr, name_ar, name_en, summary_fr, summary_ar, summary_en, starts_on, ends_on, support_phone, created_at)
     VALUES ($1, $2, $3, 'Caravane du Nord', 'قافلة الشمال', 'Northern caravan', 's', 's', 's', '2026-12-01', '2026-12-31', '+212539000000', $4)`,
    [campaignId, organisationId, slug, now],
  );
  await sql(
    t,
    `INSERT INTO course (id, organisation_id, slug, position, title_fr, title_ar) VALUES ($1, $2, $3, 1, 'Vendre en ligne', 'البيع عبر الإنترنت')`,
    [courseId, organisationId, `vente-${slug}`],
  );
  await sql(
    t,
    `INSERT INTO tour (id, organisation_id, campaign_id, name_fr, name_ar) VALUES ($1, $2, $3, 'T', 'T')`,
    [tourId, organisationId, campaignId],
  );
  await sql(t, `INSERT INTO team (id, tour_id, name) VALUES ($1, $2, 'A')`, [teamId, tourId]);
  await sql(
    t,
    `INSERT INTO stop (id, tour_id, team_id, city_slug, local_date) VALUES ($1, $2, $3, 'tetouan', '2026-12-15')`,
    [stopId, tourId, teamId],
  );
  await sql(t, SESSION, [sessionId, organisationId, campaignId, stopId, courseId, now]);
  const unitIds: [string, string] = [newId(), newId()];
  const hours = [
    ['09:00', '12:30'],
    ['14:00', '17:30'],
  ] as const;
  for (const [i, [start, end]] of hours.entries()) {
    await sql(
      t,
      `INSERT INTO unit (id, session_id, n, local_date, local_start, local_end, zone, during)
       VALUES ($1, $2, $3, '2026-12-15', $4, $5, 'Africa/Casablanca', tstzrange($6, $7))`,
      [unitIds[i], sessionId, i + 1, start, end, `2026-12-15 ${start}+00`, `2026-12-15 ${end}+00`],
    );
  }
  return { organisationId, campaignId, slug, courseId, sessionId, unitIds };
}

export interface TraineeOptions extends Names {
  /** Half-days in the room, of two. */
  attended?: number;
  completed?: boolean;
  /** False: somebody else typed the name, as at a desk. */
  signedUpAlone?: boolean;
}

/** Somebody with a seat in the world's session; in the room and completed unless said otherwise. */
export async function givenTrainee(t: TestApp, world: World, options: TraineeOptions = {}): Promise<string> {
  const id = newId();
  const now = t.clock.now();
  const { fr = options.ar === undefined ? (['Fatima', 'Amrani'] as const) : null, ar = null } = options;
  const { attended = 2, completed = attended === 2, signedUpAlone = true } = options;
  await sql(
    t,
    `INSERT INTO person (id, status, given_fr, family_fr, given_ar, family_ar, gender, birth_year, language, created_at, activated_at)
     VALUES ($1, 'active', $2, $3, $4, $5, 'female', 1990, 'fr', $6, $6)`,
    [id, fr?.[0] ?? null, fr?.[1] ?? null, ar?.[0] ?? null, ar?.[1] ?? null, now],
  );
  await sql(
    t,
    `INSERT INTO consent (id, person_id, purpose, text_version, language, channel, asked_at, in_force_at) VALUES ($1, $2, 'training', '1', 'fr', $3, $4, $4)`,
    [newId(), id, signedUpAlone ? 'form' : 'spoken', now],
  );
  await sql(
    t,
    `INSERT INTO enrolment (id, organisation_id, session_id, person_id, during, status, gender, enrolled_at, status_at)
     SELECT $1, s.organisation_id, s.id, $2, s.during, 'booked', 'female', $4, $4 FROM session s WHERE s.id = $3`,
    [newId(), id, world.sessionId, now],
  );
  await sql(
    t,
    `INSERT INTO participation (person_id, session_id, campaign_id, organisation_id, course_id, city_slug, gender, booked, units_attended)
     VALUES ($1, $2, $3, $4, $5, 'tetouan', 'female', true, $6)`,
    [id, world.sessionId, world.campaignId, world.organisationId, world.courseId, attended],
  );
  for (const unitId of world.unitIds.slice(0, attended)) {
    await sql(
      t,
      `INSERT INTO presence (person_id, unit_id, session_id, state, minutes) VALUES ($1, $2, $3, 'present', 210)`,
      [id, unitId, world.sessionId],
    );
  }
  if (completed) {
    await sql(
      t,
      `INSERT INTO completion (person_id, course_id, campaign_id, completed_at, evidence) VALUES ($1, $2, $3, $4, '{}')`,
      [id, world.courseId, world.campaignId, now],
    );
  }
  return id;
}
