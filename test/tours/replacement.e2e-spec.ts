import { accountId } from '../../src/demo/staff.demo.js';
import {
  addStop,
  createWorld,
  room,
  sessionBody,
  TEAM_A,
  TRAINER_A,
  TRAINER_B,
  type World,
} from './world.js';

interface Candidate {
  id: string;
  addedMinutes: number;
  from: string | null;
  isFromHome: boolean;
}
interface Found {
  revision: number;
  candidates: Candidate[];
  notListed: Array<{ id: string; why: Array<{ code: string; detail: string; needed?: number }> }>;
}

const SPARE = accountId('trainer-c');
const HOURS = { localStart: '14:00', localEnd: '17:00' };

describe('somebody for a trainer who cannot come', () => {
  let w: World;
  beforeAll(async () => {
    w = await createWorld();
  }, 60_000);
  afterAll(() => w.close());

  async function session(
    city: string,
    day: string,
    hours: typeof HOURS,
    trainerIds: string[],
  ): Promise<string> {
    const stop = await addStop(w, city, day, TEAM_A);
    const reasons = { 'leg-too-short': 'Essai', 'trainer-day-too-long': 'Essai' };
    const body = sessionBody([{ ...hours, trainerIds, roomId: room(city, 1) }], { reasons });
    const answer = await w.as(`/stops/${stop}/sessions`, { body });
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    return answer.json<{ id: string }>().id;
  }
  const find = async (id: string, trainer = TRAINER_A, token?: string): Promise<Found> => {
    const answer = await w.as(`/sessions/${id}/replacements?trainer=${trainer}`, token ? { token } : {});
    expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
    return answer.json<Found>();
  };
  const daysOff = (trainer: string, from: string, to: string, token = w.tokens.manager) =>
    w.as(`/trainers/${trainer}/days-off`, { token, body: { from, to } });

  it('is found among those who can arrive, are qualified and free, by added minutes; of the others it is said why', async () => {
    const day = '2027-03-02';
    const id = await session('tetouan', day, HOURS, [TRAINER_A]);
    const first = await find(id);
    // Both live in Tétouan.
    expect(first.candidates.map((one) => [one.id, one.addedMinutes, one.from])).toEqual([
      [TRAINER_B, 0, 'tetouan'],
      [SPARE, 0, 'tetouan'],
    ]);
    expect(first.candidates[0]?.isFromHome).toBe(true);

    expect(
      (await w.as(`/trainers/${SPARE}`, { method: 'PATCH', body: { homeCity: 'tanger' } })).statusCode,
    ).toBe(200);
    expect((await find(id)).candidates.map((one) => one.id)).toEqual([TRAINER_B, SPARE]);
    expect((await find(id)).candidates[1]?.addedMinutes).toBeGreaterThan(60);

    // A class in Chefchaouen that ends too late for the road and half an hour.
    await session('chefchaouen', day, { localStart: '09:00', localEnd: '13:00' }, [TRAINER_B]);
    const second = await find(id);
    expect(second.candidates.map((one) => one.id)).toEqual([SPARE]);
    expect(second.notListed).toMatchObject([{ id: TRAINER_B, why: [{ code: 'cannot-arrive' }] }]);
    expect(second.notListed[0]?.why[0]?.needed).toBeGreaterThan(60);
    const inArabic = await w.as(`/sessions/${id}/replacements?trainer=${TRAINER_A}`, {
      headers: { 'accept-language': 'ar' },
    });
    expect(inArabic.json<Found>().notListed[0]?.why[0]?.detail).toContain('شفشاون');

    await daysOff(SPARE, day, day);
    const third = await find(id);
    expect(third.candidates).toEqual([]);
    expect(third.notListed.map(({ why }) => why.map(({ code }) => code))).toEqual([
      ['cannot-arrive'],
      ['day-off'],
    ]);
  });

  it('is nobody who never taught the course, until somebody says that they may', async () => {
    const id = await session('tetouan', '2027-03-09', HOURS, [TRAINER_A]);
    await w.as(`/trainers/${SPARE}`, { method: 'PATCH', body: { courses: [] } });
    expect((await find(id)).notListed).toMatchObject([{ id: SPARE, why: [{ code: 'not-qualified' }] }]);
    const said = await w.as(`/trainers/${SPARE}`, { method: 'PATCH', body: { courses: ['e-marketing'] } });
    expect(said.json()).toMatchObject({ homeCity: 'tanger', courses: [{ slug: 'e-marketing' }], taught: [] });
    expect((await find(id)).notListed).toEqual([]);
    // Trainer B teaches it already: that is word enough.
    expect((await w.as(`/trainers/${TRAINER_B}`)).json()).toMatchObject({ courses: [] });
  });

  it('is put in by one request: both are told, the calendar follows, what is over stays whose it was', async () => {
    const stop = await addStop(w, 'tetouan', '2027-03-16', TEAM_A);
    const units = [
      { localStart: '09:00', localEnd: '12:00', trainerIds: [TRAINER_A, TRAINER_B] },
      { ...HOURS, trainerIds: [TRAINER_A] },
    ];
    const made = await w.as(`/stops/${stop}/sessions`, { body: sessionBody(units) });
    const { id } = made.json<{ id: string }>();
    // Who teaches there already at that hour is no replacement.
    const found = await find(id);
    expect(found.candidates.map((one) => one.id)).toEqual([SPARE]);
    expect(found.notListed).toMatchObject([{ id: TRAINER_B, why: [{ code: 'busy' }] }]);

    const done = await w.as(`/sessions/${id}/replacements`, {
      body: { trainerId: TRAINER_A, replacementId: SPARE, revision: found.revision },
    });
    expect([done.statusCode, done.body]).toEqual([200, expect.any(String)]);
    const plan = (await w.as(`/sessions/${id}`)).json<{
      revision: number;
      plan: { units: Array<{ trainers: Array<{ id: string }> }> };
    }>();
    expect(plan.plan.units.map(({ trainers }) => trainers.map((one) => one.id).sort())).toEqual([
      [TRAINER_B, SPARE].sort(),
      [SPARE],
    ]);
    const notices = (await w.as(`/sessions/${id}/trainer-notices`)).json<{
      items: Array<{ trainer: { id: string }; news: string }>;
    }>();
    expect(notices.items.slice(0, 2).map((one) => [one.trainer.id, one.news])).toEqual(
      expect.arrayContaining([
        [SPARE, 'given'],
        [TRAINER_A, 'taken'],
      ]),
    );
    const audit = await w.db.read<{ facts: object }>(
      'test.replaced',
      `SELECT facts FROM audit_event WHERE action = 'tours.trainer.replace' AND subject_id = $1`,
      [id],
    );
    expect(audit).toEqual([{ facts: { trainerId: TRAINER_A, replacementId: SPARE, units: 2 } }]);
    // The one who was replaced teaches nothing there any more.
    expect((await w.as(`/sessions/${id}/replacements?trainer=${TRAINER_A}`)).statusCode).toBe(404);
    const late = await w.as(`/sessions/${id}/replacements`, {
      body: { trainerId: SPARE, replacementId: TRAINER_A, revision: found.revision },
    });
    expect([late.statusCode, late.json<{ type: string }>().type]).toEqual([
      409,
      expect.stringContaining('session-changed'),
    ]);
  });

  it('needs a reason where the rules are broken, and is refused where somebody is elsewhere', async () => {
    const day = '2027-03-23';
    const id = await session('tetouan', day, HOURS, [TRAINER_A]);
    const other = await session('tetouan', '2027-03-24', HOURS, [TRAINER_B]);
    await daysOff(SPARE, '2027-03-20', '2027-03-30');
    const asked = await w.as(`/sessions/${id}/replacements`, {
      body: { trainerId: TRAINER_A, replacementId: SPARE },
    });
    expect([asked.statusCode, asked.json()]).toEqual([
      409,
      expect.objectContaining({ soft: [expect.objectContaining({ code: 'trainer-day-off' })] }),
    ]);
    const body = {
      trainerId: TRAINER_A,
      replacementId: SPARE,
      reasons: { 'trainer-day-off': 'Elle accepte' },
    };
    expect((await w.as(`/sessions/${id}/replacements`, { body })).statusCode).toBe(200);

    const units = [{ localDate: day, ...HOURS, trainerIds: [TRAINER_B], roomId: null }];
    expect((await w.as(`/sessions/${other}`, { method: 'PATCH', body: { units } })).statusCode).toBe(200);
    const taken = await w.as(`/sessions/${other}/replacements`, {
      body: { trainerId: TRAINER_B, replacementId: SPARE, reasons: { 'trainer-day-off': 'Elle accepte' } },
    });
    expect([taken.statusCode, taken.json()]).toEqual([
      409,
      expect.objectContaining({ clashes: [expect.objectContaining({ kind: 'trainer' })] }),
    ]);
    for (const replacementId of [accountId('funder'), TRAINER_B])
      expect(
        (await w.as(`/sessions/${other}/replacements`, { body: { trainerId: TRAINER_B, replacementId } }))
          .statusCode,
      ).toBe(422);
  });

  it('is a matter of those who plan; trainers say their own days off and nothing more', async () => {
    const id = await session('tetouan', '2027-04-06', HOURS, [TRAINER_A]);
    const get = (token: string, path: string) => w.as(path, { token }).then(({ statusCode }) => statusCode);
    expect(await get(w.tokens.stranger, `/sessions/${id}/replacements?trainer=${TRAINER_A}`)).toBe(404);
    expect(await get(w.tokens.trainer, `/sessions/${id}/replacements?trainer=${TRAINER_A}`)).toBe(403);
    expect(await get(w.tokens.stranger, `/trainers/${TRAINER_A}`)).toBe(404);
    expect(await get(w.tokens.trainer, `/trainers/${TRAINER_B}`)).toBe(404);
    expect(await get(w.tokens.trainer, `/trainers/${TRAINER_A}`)).toBe(200);
    expect((await w.as('/trainers', { token: w.tokens.stranger })).json()).toEqual({ items: [], next: null });
    expect((await w.as('/trainers?limit=2')).json<{ items: unknown[] }>().items).toHaveLength(2);

    const { trainer } = w.tokens;
    const own = (body: object) => w.as(`/trainers/${TRAINER_A}`, { token: trainer, method: 'PATCH', body });
    expect((await own({ homeCity: 'larache' })).json()).toMatchObject({ homeCity: 'larache' });
    expect((await own({ courses: ['e-marketing'] })).statusCode).toBe(403);
    expect((await own({ homeCity: 'atlantide' })).statusCode).toBe(422);
    const marked = await daysOff(TRAINER_A, '2027-05-03', '2027-05-05', trainer);
    expect(marked.statusCode).toBe(201);
    expect((await daysOff(TRAINER_A, '2027-05-05', '2027-05-09', trainer)).statusCode).toBe(409);
    expect((await daysOff(TRAINER_A, '2027-05-09', '2027-05-08', trainer)).statusCode).toBe(422);
    expect((await daysOff(TRAINER_A, '2026-11-09', '2026-11-10', trainer)).statusCode).toBe(422);
    expect((await daysOff(TRAINER_B, '2027-05-03', '2027-05-03', trainer)).statusCode).toBe(404);
    const path = `/trainers/${TRAINER_A}/days-off/${marked.json<{ id: string }>().id}`;
    expect((await w.as(path, { token: w.tokens.stranger, method: 'DELETE' })).statusCode).toBe(404);
    expect((await w.as(path, { token: trainer, method: 'DELETE' })).statusCode).toBe(204);
    expect((await w.as(path, { token: trainer, method: 'DELETE' })).statusCode).toBe(404);
  });
});
