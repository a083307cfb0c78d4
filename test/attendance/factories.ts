import { deriveUnit } from '../../src/shared/clock/wall-time.js';
import { newId } from '../../src/shared/new-id.js';
import { givenOrganisation, givenPerson, givenStaff } from '../support/actors.js';
import type { TestApp } from '../support/app.js';

const PROVINCE = `
  INSERT INTO province (code, name_fr, name_ar, kind) VALUES ('01.571', 'Tétouan', 'تطوان', 'province')
  ON CONFLICT DO NOTHING`;
const CITIES = `
  INSERT INTO city (slug, province_code, name_fr, name_ar, name_en, latitude, longitude)
  VALUES ('tetouan', '01.571', 'Tétouan', 'تطوان', 'Tetouan', 35.57, -5.37),
         ('mdiq', '01.571', 'M’diq', 'المضيق', 'M’diq', 35.68, -5.32)
  ON CONFLICT DO NOTHING`;
const CAMPAIGN = `
  INSERT INTO campaign (id, organisation_id, slug, name_fr, name_ar, name_en, summary_fr, summary_ar, summary_en,
                        starts_on, ends_on, attendance_share, quiz_share, support_phone, created_at)
  VALUES ($1, $2, $3, 'Caravane', 'القافلة', 'Caravan', '', '', '', '2026-12-01', '2027-12-31', $4, 60, '+212539000000', $5)`;
const COURSE = `INSERT INTO course (id, slug, position, title_fr, title_ar, title_en) VALUES ($1, $2, 1, 'E-marketing', 'التسويق الإلكتروني', 'E-marketing')`;
const TOUR = `INSERT INTO tour (id, organisation_id, campaign_id, name_fr, name_ar) VALUES ($1, $2, $3, 'Tournée', 'جولة')`;
const TEAM = `INSERT INTO team (id, tour_id, name) VALUES ($1, $2, 'A')`;
const STOP = `INSERT INTO stop (id, tour_id, team_id, city_slug, local_date) VALUES ($1, $2, $3, $4, $5)`;
const SESSION = `
  INSERT INTO session (id, organisation_id, campaign_id, stop_id, course_id, language, status, during, capacity, seats_ceiling, created_at)
  VALUES ($1, $2, $3, $4, $5, 'fr', 'planned', $6::tstzmultirange, $7, $7, $8)`;
const UNIT = `
  INSERT INTO unit (id, session_id, n, local_date, local_start, local_end, zone, during)
  VALUES ($1, $2, $3, $4, $5, $6, 'Africa/Casablanca', $7::tstzrange)`;
const TRAINER = `
  INSERT INTO unit_resource (unit_id, resource_id, resource_kind, during, live)
  SELECT id, $2, 'trainer', during, live FROM unit WHERE session_id = $1`;
const ENROL = `
  INSERT INTO enrolment (id, organisation_id, session_id, person_id, during, status, waiting_no, gender, enrolled_at, status_at)
  SELECT $1, s.organisation_id, s.id, $3, s.during, $4, $5, 'female', $6, $6 FROM session s WHERE s.id = $2`;
const BOOKED = `UPDATE session SET booked = booked + 1, seats_ceiling = greatest(seats_ceiling, booked + 1) WHERE id = $1`;
const NAME = `UPDATE person SET given_fr = $2, family_fr = $3, given_ar = $4, family_ar = $5 WHERE id = $1`;

/** A campaign with one course, whose operator is an organisation of its own. */
export interface Ground {
  organisationId: string;
  campaignId: string;
  courseId: string;
  tourId: string;
  teamId: string;
}

export async function givenGround(t: TestApp, attendanceShare = 80): Promise<Ground> {
  await givenCities(t);
  const organisationId = await givenOrganisation(t);
  const [campaignId, courseId, tourId, teamId] = [newId(), newId(), newId(), newId()];
  const now = t.clock.now();
  await t.db.write('test.campaign', CAMPAIGN, [
    campaignId,
    organisationId,
    `c-${campaignId}`,
    attendanceShare,
    now,
  ]);
  await t.db.write('test.course', COURSE, [courseId, `k-${courseId}`]);
  await t.db.write('test.tour', TOUR, [tourId, organisationId, campaignId]);
  await t.db.write('test.team', TEAM, [teamId, tourId]);
  return { organisationId, campaignId, courseId, tourId, teamId };
}

export interface GivenSession {
  id: string;
  ground: Ground;
  units: Array<{ id: string; n: number; startsAt: Date; endsAt: Date }>;
  /** A trainer of this session. */
  trainer: { id: string; token: string };
  /** A coordinator of the campaign. */
  coordinator: { id: string; token: string };
}

/** A session of two half-days (9:00–12:00, 14:00–16:30) with a trainer, by default in Tétouan on 15 January 2027. */
export async function givenSession(
  t: TestApp,
  options: {
    ground?: Ground;
    city?: string;
    date?: string;
    capacity?: number;
    hours?: Array<[string, string]>;
  } = {},
): Promise<GivenSession> {
  const ground = options.ground ?? (await givenGround(t));
  const { city = 'tetouan', date = '2027-01-15', capacity = 40 } = options;
  const hours = options.hours ?? [
    ['09:00', '12:00'],
    ['14:00', '16:30'],
  ];
  const [id, stopId] = [newId(), newId()];
  const now = t.clock.now();
  const units = hours.map(([localStart, localEnd], i) => {
    const { startsAt, endsAt } = deriveUnit({
      localDate: date,
      localStart,
      localEnd,
      zone: 'Africa/Casablanca',
    });
    return { id: newId(), n: i + 1, localStart, localEnd, startsAt, endsAt };
  });
  const range = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) =>
    `[${startsAt.toISOString()},${endsAt.toISOString()})`;
  const { organisationId, campaignId, courseId, tourId, teamId } = ground;
  await t.db.write('test.stop', STOP, [stopId, tourId, teamId, city, date]);
  const during = `{${units.map(range).join(',')}}`;
  await t.db.write('test.session', SESSION, [
    id,
    organisationId,
    campaignId,
    stopId,
    courseId,
    during,
    capacity,
    now,
  ]);
  for (const unit of units)
    await t.db.write('test.unit', UNIT, [
      unit.id,
      id,
      unit.n,
      date,
      unit.localStart,
      unit.localEnd,
      range(unit),
    ]);
  const trainer = await givenStaff(t, 'trainer');
  await t.db.write('test.trainer', TRAINER, [id, trainer.id]);
  const coordinator = await givenStaff(t, 'coordinator', { kind: 'campaign', id: campaignId });
  return { id, ground, units, trainer, coordinator };
}

/** Somebody with a seat (or another status) in a session. */
export async function givenEnrolment(
  t: TestApp,
  session: { id: string },
  options: {
    personId?: string;
    status?: string;
    name?: [string, string] | null;
    nameAr?: [string, string];
  } = {},
): Promise<{ id: string; personId: string; token: string }> {
  const person = options.personId ? { id: options.personId, token: '' } : await givenPerson(t);
  const { status = 'booked', name = ['Fatima', 'Amrani'], nameAr = [null, null] } = options;
  if (options.name !== undefined || options.nameAr)
    await t.db.write('test.name', NAME, [person.id, ...(name ?? [null, null]), ...nameAr]);
  const id = newId();
  const waitingNo = status === 'waiting' ? Math.ceil(Math.random() * 1e6) : null;
  await t.db.write('test.enrol', ENROL, [id, session.id, person.id, status, waitingNo, t.clock.now()]);
  if (status === 'booked') await t.db.write('test.booked', BOOKED, [session.id]);
  return { id, personId: person.id, token: person.token };
}

/** Makes sure that the two cities of these tests are known. */
export async function givenCities(t: TestApp): Promise<void> {
  await t.db.write('test.provinces', PROVINCE);
  await t.db.write('test.cities', CITIES);
}
