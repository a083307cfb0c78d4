import pg from 'pg';
import { accountId } from '../../src/demo/staff.demo.js';
import { newId } from '../../src/shared/new-id.js';
import { type SeatsFreed, SessionHooks, SessionWatcher } from '../../src/tours/public.js';
import {
  addStop,
  createElsewhere,
  createWorld,
  type PlannedUnit,
  room,
  sessionBody,
  TEAM_A,
  TEAM_B,
  TRAINER_A,
  TRAINER_B,
  type World,
} from './world.js';

interface Clash {
  kind: string;
  sessionId?: string;
  with: string;
}
interface Conflict {
  code: string;
  clashes: Clash[];
  soft: Array<{ code: string; params: Record<string, unknown>; detail: string }>;
}

const json = <T>(answer: { json(): unknown }): T => answer.json() as T;
const FR = { 'accept-language': 'fr' };

describe('the clash engine', () => {
  let w: World;
  const heard: string[] = [];
  class Heard extends SessionWatcher implements SeatsFreed {
    async seatsFreed(id: string): Promise<void> {
      heard.push(`freed ${id}`);
    }
    async sessionMoved(id: string): Promise<void> {
      heard.push(`moved ${id}`);
    }
    async sessionPostponed(id: string): Promise<void> {
      heard.push(`postponed ${id}`);
    }
    async sessionCancelled(id: string): Promise<void> {
      heard.push(`cancelled ${id}`);
    }
  }
  beforeAll(async () => {
    w = await createWorld();
    const listener = new Heard();
    w.app.get(SessionHooks).onSeatsFreed(listener);
    w.app.get(SessionHooks).watch(listener);
  }, 60_000);
  afterAll(() => w.close());

  const make = async (stop: string, units: PlannedUnit[], more: Record<string, unknown> = {}) =>
    w.as(`/stops/${stop}/sessions`, { body: sessionBody(units, more), headers: FR });
  const made = async (...values: Parameters<typeof make>): Promise<string> => {
    const answer = await make(...values);
    expect([answer.statusCode, answer.body.slice(0, 0)]).toEqual([201, '']);
    return json<{ id: string }>(answer).id;
  };

  it('names the trainer, room and kit that are taken, and with which session', async () => {
    const stop = await addStop(w, 'tetouan', '2027-03-02');
    const all = { roomId: room('tetouan', 0), trainerIds: [TRAINER_A], kitIds: [TEAM_A] };
    const first = await made(stop, [{ localStart: '09:00', localEnd: '12:30', ...all }]);
    const answer = await make(stop, [{ localStart: '12:00', localEnd: '13:00', ...all }]);
    expect(answer.statusCode).toBe(409);
    const { code, clashes } = json<Conflict>(answer);
    expect(code).toBe('session-clash');
    expect(clashes.map(({ kind, sessionId }) => [kind, sessionId])).toEqual([
      ['kit', first],
      ['room', first],
      ['trainer', first],
    ]);
    expect(clashes.find(({ kind }) => kind === 'trainer')?.with).toBe(
      'Youssef Tazi, à Tétouan, mardi 2 mars 2027 09:00–12:30',
    );
    // Nothing of the refused session stays.
    expect((await w.db.read('test.count', `SELECT id FROM session WHERE stop_id = $1`, [stop])).length).toBe(
      1,
    );
  });

  it('allows back to back, and another room or trainer at the same hour', async () => {
    const stop = await addStop(w, 'larache', '2027-03-03');
    const here = { roomId: room('larache', 0), trainerIds: [TRAINER_A] };
    await made(stop, [{ localStart: '09:00', localEnd: '12:00', ...here }]);
    await made(stop, [{ localStart: '12:00', localEnd: '15:00', ...here }]);
    await made(stop, [
      { localStart: '09:00', localEnd: '12:00', roomId: room('larache', 1), trainerIds: [TRAINER_B] },
    ]);
  });

  it('tells of another organisation only that the time is taken', async () => {
    const there = await createElsewhere(w, 'ouezzane', '2027-03-04');
    const theirs = await w.as(`/stops/${there.stop}/sessions`, {
      token: w.tokens.stranger,
      body: sessionBody([{ localStart: '09:00', localEnd: '12:30', trainerIds: [TRAINER_A] }]),
    });
    expect(theirs.statusCode).toBe(201);
    const stop = await addStop(w, 'tanger', '2027-03-04');
    const answer = await make(stop, [{ localStart: '09:00', localEnd: '12:00', trainerIds: [TRAINER_A] }]);
    expect(json<Conflict>(answer).clashes).toEqual([{ kind: 'trainer', with: 'occupé 09:00–12:30' }]);
    expect(answer.body).not.toContain(json<{ id: string }>(theirs).id);
    expect(answer.body).not.toContain('Ouezzane');
  });

  it('lets several sessions pass through an overlap when they are saved together, and none when one cannot be', async () => {
    const stop = await addStop(w, 'asilah', '2027-03-09');
    const here = { roomId: room('asilah', 0), trainerIds: [TRAINER_A] };
    const early = await made(stop, [{ localStart: '09:00', localEnd: '11:00', ...here }]);
    const late = await made(stop, [{ localStart: '11:00', localEnd: '13:00', ...here }]);
    const alone = await w.as(`/sessions/${early}`, {
      method: 'PATCH',
      body: { localStart: '10:00', localEnd: '12:00' },
    });
    expect(alone.statusCode).toBe(409);
    const shift = (sessions: object[]) => w.as('/sessions', { method: 'PATCH', body: { sessions } });
    const shifted = await shift([
      { id: early, localStart: '10:00', localEnd: '12:00' },
      { id: late, localStart: '12:00', localEnd: '14:00' },
    ]);
    expect(shifted.statusCode).toBe(200);
    expect(
      json<{ items: Array<{ localStart: string }> }>(shifted).items.map(({ localStart }) => localStart),
    ).toEqual(['10:00', '12:00']);
    const swapped = await shift([
      { id: early, localStart: '12:00', localEnd: '14:00' },
      { id: late, localStart: '10:00', localEnd: '12:00' },
    ]);
    expect(swapped.statusCode).toBe(200);
    const both = await shift([
      { id: early, localStart: '08:00', localEnd: '10:00' },
      { id: late, localStart: '09:00', localEnd: '11:00' },
    ]);
    expect(both.statusCode).toBe(409);
    expect((await w.api(`/sessions/${early}`)).json()).toMatchObject({ localStart: '12:00' });
  });

  it('lets exactly one of many coordinators win who save at once', async () => {
    const stop = await addStop(w, 'chefchaouen', '2027-03-10');
    const other = await addStop(w, 'chefchaouen', '2027-03-10', TEAM_B);
    for (let round = 0; round < 5; round += 1) {
      const unit = {
        localDate: `2027-03-${10 + round}`,
        localStart: '09:00',
        localEnd: '11:00',
        roomId: room('chefchaouen', 0),
      };
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => make(i % 2 ? stop : other, [unit])),
      );
      const statuses = answers.map(({ statusCode }) => statusCode).sort();
      expect(statuses).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
      for (const answer of answers)
        if (answer.statusCode === 409) expect(json<Conflict>(answer).clashes[0]?.kind).toBe('room');
    }
  });

  it('lets exactly one of two win who move different sessions onto the same hour, and of two who edit the same one', async () => {
    const stop = await addStop(w, 'fnideq', '2027-03-16');
    const here = { roomId: room('fnideq', 0), trainerIds: [TRAINER_B] };
    const a = await made(stop, [{ localStart: '08:00', localEnd: '09:00', ...here }]);
    const b = await made(stop, [{ localStart: '15:00', localEnd: '16:00', ...here }]);
    const moves = await Promise.all(
      [a, b].map((id) =>
        w.as(`/sessions/${id}`, {
          method: 'PATCH',
          body: { localStart: '10:00', localEnd: id === a ? '11:00' : '16:00' },
        }),
      ),
    );
    expect(moves.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const edits = await Promise.all(
      [31, 32].map((capacity) =>
        w.as(`/sessions/${a}`, {
          method: 'PATCH',
          body: { capacity, revision: moves[0]?.statusCode === 200 ? 1 : 0 },
        }),
      ),
    );
    expect(edits.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(json<{ code: string }>(edits.find(({ statusCode }) => statusCode === 409) ?? moves[0]!).code).toBe(
      'session-changed',
    );
  });

  it('keeps the promise in the database itself, whoever writes', async () => {
    const stop = await addStop(w, 'mdiq', '2027-03-17');
    const id = await made(stop, [{ localStart: '09:00', localEnd: '12:00', trainerIds: [TRAINER_A] }]);
    const client = new pg.Client({ connectionString: w.databaseUrl });
    await client.connect();
    const copy = `WITH u AS (INSERT INTO unit (id, session_id, n, local_date, local_start, local_end, zone, during)
        SELECT $2, session_id, 9, local_date, local_start, local_end, zone, during FROM unit WHERE session_id = $1 RETURNING *)
      SELECT 1`;
    const unit = newId();
    await client.query(copy, [id, unit]);
    const take = client.query(
      `INSERT INTO unit_resource (unit_id, resource_id, resource_kind, during, live) SELECT id, $2, 'trainer', during, live FROM unit WHERE id = $1`,
      [unit, TRAINER_A],
    );
    await expect(take).rejects.toMatchObject({
      code: '23P01',
      constraint: 'unit_resource_one_place_at_a_time',
    });
    await client.end();
  });

  it('asks a reason for what is unusual, keeps it, and asks again only when something else is', async () => {
    const stop = await addStop(w, 'ksar-el-kebir', '2027-03-19');
    const friday = [{ localStart: '11:00', localEnd: '13:00', roomId: room('ksar-el-kebir', 1) }];
    const asked = await make(stop, friday, { capacity: 50 });
    expect(asked.statusCode).toBe(409);
    expect(json<Conflict>(asked)).toMatchObject({
      code: 'session-needs-reason',
      clashes: [],
      soft: [
        { code: 'friday-prayer', params: { date: '2027-03-19' } },
        { code: 'room-too-small', params: { roomCapacity: 45, capacity: 50 } },
      ],
    });
    expect(json<Conflict>(asked).soft[0]?.detail).toContain('vendredi 19 mars 2027');
    const half = await make(stop, friday, {
      capacity: 50,
      reasons: { 'friday-prayer': 'Seule heure libre' },
    });
    expect(json<Conflict>(half).soft.map(({ code }) => code)).toEqual(['room-too-small']);
    const reasons = { 'friday-prayer': 'Seule heure libre', 'room-too-small': 'On ajoute des chaises' };
    const id = await made(stop, friday, { capacity: 50, reasons });
    expect((await w.as(`/sessions/${id}`)).json()).toMatchObject({ plan: { reasons } });
    const change = (body: object) => w.as(`/sessions/${id}`, { method: 'PATCH', body });
    expect((await change({ language: 'fr' })).statusCode).toBe(200);
    const larger = await change({ capacity: 55 });
    expect(json<Conflict>(larger).soft.map(({ code }) => code)).toEqual(['room-too-small']);
    const nextWeek = await change({ localDate: '2027-03-26' });
    expect(json<Conflict>(nextWeek).soft.map(({ code }) => code)).toEqual(['friday-prayer']);
    const quiet = await change({ localDate: '2027-03-25', capacity: 45 });
    expect(quiet.json()).toMatchObject({ plan: { reasons: {} } });
  });

  it('sees legs too short, long days and public holidays', async () => {
    const morning = await addStop(w, 'tanger', '2027-04-06');
    const noon = await addStop(w, 'chefchaouen', '2027-04-06');
    await made(morning, [{ localStart: '08:00', localEnd: '12:00', trainerIds: [TRAINER_A] }]);
    const leg = json<Conflict>(
      await make(noon, [{ localStart: '14:00', localEnd: '18:30', trainerIds: [TRAINER_A] }]),
    );
    expect(
      leg.soft.map(({ code, params }) => [
        code,
        params['needed'] ?? params['minutes'],
        params['available'] ?? params['limit'],
      ]),
    ).toEqual([
      ['leg-too-short', 165, 120],
      ['trainer-day-too-long', 510, 480],
    ]);
    expect(leg.soft[0]?.detail).toContain('de Tanger à Chefchaouen');
    await made(noon, [{ localStart: '14:45', localEnd: '18:45', trainerIds: [TRAINER_A] }]);
    const holiday = json<Conflict>(
      await make(await addStop(w, 'tanger', '2027-07-30'), [{ localStart: '09:00', localEnd: '11:00' }]),
    );
    expect(holiday.soft).toMatchObject([{ code: 'public-holiday', params: { holiday: 'throne-day' } }]);
    expect(holiday.soft[0]?.detail).toContain('Fête du Trône');
  });

  it('never unseats anybody, and tells when seats are freed, moved or called off', async () => {
    const stop = await addStop(w, 'al-hoceima', '2027-04-08');
    const id = await made(stop, [{ localStart: '09:00', localEnd: '11:00' }], { capacity: 10 });
    await w.db.write('test.book', `UPDATE session SET booked = 8 WHERE id = $1`, [id]);
    const change = (body: object) => w.as(`/sessions/${id}`, { method: 'PATCH', body });
    expect((await change({ capacity: 5 })).json()).toMatchObject({ capacity: 5, booked: 8, seatsLeft: 0 });
    const ceiling = () =>
      w.db.readOne<{ n: number }>('test.ceiling', `SELECT seats_ceiling AS n FROM session WHERE id = $1`, [
        id,
      ]);
    expect(await ceiling()).toEqual({ n: 8 });
    expect(heard.filter((line) => line.endsWith(id))).toEqual([]);
    expect((await change({ capacity: 20 })).json()).toMatchObject({ capacity: 20, seatsLeft: 12 });
    expect(await ceiling()).toEqual({ n: 20 });
    await change({ localStart: '09:30' });
    await w.as(`/sessions/${id}/cancel`, { body: { reason: 'Route coupée' } });
    expect(heard.filter((line) => line.endsWith(id))).toEqual([
      `freed ${id}`,
      `moved ${id}`,
      `cancelled ${id}`,
    ]);
  });

  it('refuses to move booked people onto another seat of theirs, without saying who they are', async () => {
    const stop = await addStop(w, 'tetouan', '2027-04-13');
    const [a, b] = [
      await made(stop, [{ localStart: '09:00', localEnd: '11:00' }]),
      await made(stop, [{ localStart: '11:00', localEnd: '13:00' }]),
    ];
    const person = newId();
    await w.db.write(
      'test.person',
      `INSERT INTO person (id, status, given_fr, family_fr, language, created_at, activated_at) VALUES ($1, 'active', 'Aïcha', 'Test', 'fr', now(), now())`,
      [person],
    );
    for (const session of [a, b]) {
      await w.db.write(
        'test.enrol',
        `INSERT INTO enrolment (id, organisation_id, session_id, person_id, during, status, gender, enrolled_at, status_at)
         SELECT $1, organisation_id, id, $3, during, 'booked', 'female', now(), now() FROM session WHERE id = $2`,
        [newId(), session, person],
      );
    }
    const away = await w.as(`/sessions/${a}`, {
      method: 'PATCH',
      body: { localStart: '09:00', localEnd: '10:30' },
    });
    expect(away.statusCode).toBe(200);
    const follows = await w.db.readOne(
      'test.follows',
      `SELECT e.during = s.during AS same FROM enrolment e JOIN session s ON s.id = e.session_id WHERE s.id = $1`,
      [a],
    );
    expect(follows).toEqual({ same: true });
    const onto = await w.as(`/sessions/${a}`, {
      method: 'PATCH',
      body: { localStart: '10:30', localEnd: '11:30' },
      headers: FR,
    });
    expect(json<Conflict>(onto).clashes).toMatchObject([
      { kind: 'person', sessionId: b, with: expect.stringContaining('1 personne') as string },
    ]);
    expect(onto.body).not.toContain('Aïcha');
    // A seat in a session that will not be held stands in nobody's way.
    const off = await w.as(`/sessions/${b}/cancel`, { body: { reason: 'Salle fermée' } });
    expect(off.json()).toMatchObject({
      status: 'cancelled',
      localStart: '11:00',
      startsAt: '2027-04-13T11:00:00.000Z',
    });
    const now = await w.as(`/sessions/${a}`, {
      method: 'PATCH',
      body: { localStart: '10:30', localEnd: '11:30' },
    });
    expect(now.statusCode).toBe(200);
  });

  it('lets the trainer of a session see it, and no other', async () => {
    const stop = await addStop(w, 'mdiq', '2027-04-14');
    const mine = await made(stop, [{ localStart: '09:00', localEnd: '11:00', trainerIds: [TRAINER_A] }]);
    const others = await made(stop, [{ localStart: '09:00', localEnd: '11:00', trainerIds: [TRAINER_B] }]);
    const token = await w.signIn(accountId('trainer'));
    expect('plan' in json<object>(await w.api(`/sessions/${mine}`, { token }))).toBe(true);
    expect('plan' in json<object>(await w.api(`/sessions/${others}`, { token }))).toBe(false);
  });
});
