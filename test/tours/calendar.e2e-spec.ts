import { accountId } from '../../src/demo/staff.demo.js';
import { newId } from '../../src/shared/new-id.js';
import { type ReadEvent, readByAll } from './calendar-readers.js';
import {
  addStop,
  createElsewhere,
  createWorld,
  demoSession,
  type PlannedUnit,
  sessionBody,
  TOUR,
  TRAINER_A,
  TRAINER_B,
  type World,
} from './world.js';

jest.setTimeout(60_000);

interface Feed {
  id: string;
  url: string;
  name: string;
}

describe('calendar feeds', () => {
  let world: World;

  beforeAll(async () => {
    // Before the decree by which Morocco left its hour ahead of UTC, on 2026-09-20.
    world = await createWorld('2026-09-01T09:00:00Z');
  });
  afterAll(() => world.close());

  const made = async (body: object, token = world.tokens.manager): Promise<Feed> => {
    const answer = await world.as('/calendar-feeds', { token, body: { language: 'fr', ...body } });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<Feed>();
  };
  const get = (url: string, headers: Record<string, string> = {}) =>
    world.inject({ url: new URL(url).pathname, headers });
  const events = async (url: string): Promise<ReadEvent[]> => {
    const answer = await get(url);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ]);
    return readByAll(answer.body);
  };
  const planned = async (
    city: string,
    localDate: string,
    units: PlannedUnit[],
    more: Record<string, unknown> = {},
  ): Promise<string> => {
    const stop = await addStop(world, city, localDate);
    const reasons = {
      'leg-too-short': 'Vu et admis',
      'friday-prayer': 'Vu et admis',
      'public-holiday': 'Vu et admis',
    };
    const body = sessionBody(units, { reasons, ...more });
    const answer = await world.as(`/stops/${stop}/sessions`, { body });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<{ id: string }>().id;
  };
  const day = (trainerId: string): PlannedUnit[] => [
    { localStart: '09:00', localEnd: '12:30', trainerIds: [trainerId] },
    { localStart: '14:00', localEnd: '17:00', trainerIds: [trainerId] },
  ];

  it('show a half-day at its hour on both sides of a change of the zone, to three readers alike', async () => {
    const sessions = [
      await planned('tetouan', '2026-09-19', day(TRAINER_A)),
      await planned('mdiq', '2026-09-21', day(TRAINER_A)),
    ];
    const { url } = await made({ kind: 'trainer' }, world.tokens.trainer);
    const text = (await get(url)).body;
    const rows = await world.db.read<{ id: string; start: Date; end: Date; hour: string }>(
      'test.units',
      `SELECT id, lower(during) AS start, upper(during) AS end, to_char(local_start, 'HH24:MI') AS hour
         FROM unit WHERE session_id = ANY($1::uuid[]) ORDER BY id`,
      [sessions],
    );
    const read = readByAll(text).filter(({ uid }) => rows.some(({ id }) => uid === `${id}@qafila`));
    expect(read.map(({ uid, start, end }) => [uid, start, end])).toEqual(
      rows.map(({ id, start, end }) => [`${id}@qafila`, start.toISOString(), end.toISOString()]),
    );
    // 09:00 was 08:00 in UTC on the 19th, and is 09:00 on the 21st.
    expect(read.map(({ start }) => start).sort()).toEqual([
      '2026-09-19T08:00:00.000Z',
      '2026-09-19T13:00:00.000Z',
      '2026-09-21T09:00:00.000Z',
      '2026-09-21T14:00:00.000Z',
    ]);
    // A telephone with old zone data shows another hour; the title does not hang on them.
    for (const { uid, summary } of read) {
      const row = rows.find(({ id }) => uid === `${id}@qafila`);
      expect(summary.slice(0, 5)).toBe(row?.hour);
    }
    expect(text).not.toMatch(/TZID|VTIMEZONE/);
  });

  it('keep the place of an event that moves or is called off, under a greater number', async () => {
    const id = await planned('ouezzane', '2026-10-05', day(TRAINER_B), { venueNote: 'Salle communale' });
    const { url } = await made({ kind: 'tour', tourId: TOUR });
    const ours = async (): Promise<ReadEvent[]> => {
      const units = await world.db.read<{ id: string }>(
        'test.unitIds',
        'SELECT id FROM unit WHERE session_id = $1',
        [id],
      );
      return (await events(url)).filter(({ uid }) => units.some((one) => uid === `${one.id}@qafila`));
    };
    const before = await ours();
    expect(before.map(({ status, sequence }) => [status, sequence])).toEqual([
      ['CONFIRMED', 0],
      ['CONFIRMED', 0],
    ]);
    const shift = await world.as(`/sessions/${id}`, {
      method: 'PATCH',
      body: { units: day(TRAINER_B).map((unit, n) => ({ ...unit, n: n + 1, localDate: '2026-10-06' })) },
    });
    if (shift.statusCode !== 200) throw new Error(shift.body);
    const moved = await ours();
    expect(moved.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    expect(moved.map(({ sequence, start }) => [sequence, start.slice(0, 10)])).toEqual([
      [1, '2026-10-06'],
      [1, '2026-10-06'],
    ]);
    const reason = 'Salle inondée; on revient, bientôt';
    await world.as(`/sessions/${id}/cancel`, { body: { reason } });
    const off = await ours();
    expect(off.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    for (const event of off) {
      expect([event.status, event.sequence]).toEqual(['CANCELLED', 2]);
      expect(event.summary).toContain('ANNULÉE');
      expect(event.description).not.toContain('inondée');
    }
  });

  it('give back every letter of a place, and lines as the standard asks', async () => {
    const bell = String.fromCharCode(7);
    const venueNote = 'Près de la gare, salle n° 2; porte "bleue" \\ 🐪 قرب المحطة، الباب الأزرق'.repeat(3);
    await planned('larache', '2026-10-12', [{ localStart: '09:00', localEnd: '12:00' }], {
      venueNote: venueNote + bell,
    });
    const { url } = await made({ kind: 'tour', tourId: TOUR, language: 'ar' });
    const text = (await get(url)).body;
    const event = (await events(url)).find(({ location }) => location.includes('🐪'));
    expect(event?.location).toBe(`${venueNote}، العرائش`);
    expect(event?.summary).toMatch(/^09:00 /);
    const lines = text.split('\r\n');
    expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  });

  it('are read without a sign-in, name no trainee, and are sent once as long as nothing changed', async () => {
    const id = newId();
    await world.db.write(
      'test.person',
      `INSERT INTO person (id, status, given_fr, family_fr, gender, birth_year, language, created_at, activated_at)
       VALUES ($1, 'active', 'Zoubida', 'Benchekroune', 'female', 1990, 'fr', $2, $2)`,
      [id, world.clock.now()],
    );
    await world.db.write(
      'test.seat',
      `WITH seat AS (
         INSERT INTO enrolment (id, organisation_id, session_id, person_id, during, status, gender, enrolled_at, status_at)
         SELECT $1, organisation_id, id, $1, during, 'booked', 'female', $3, $3 FROM session WHERE id = $2)
       UPDATE session SET booked = booked + 1 WHERE id = $2`,
      [id, demoSession('tetouan'), world.clock.now()],
    );
    const { url } = await made({ kind: 'tour', tourId: TOUR });
    const first = await get(url);
    expect(first.headers).toMatchObject({ 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' });
    expect(first.body).toContain('Inscrits : 1 sur');
    expect(JSON.stringify(readByAll(first.body))).not.toMatch(/Zoubida|Benchekroune/);
    const again = await get(url, { 'if-none-match': String(first.headers['etag']) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    await world.db.write('test.taken', 'UPDATE session SET booked = booked - 1 WHERE id = $1', [
      demoSession('tetouan'),
    ]);
    const changed = await get(url, { 'if-none-match': String(first.headers['etag']) });
    expect(changed.statusCode).toBe(200);
  });

  it('show a trainer their own half-days only, and each tour its own', async () => {
    const [morning, afternoon] = [...day(TRAINER_A).slice(0, 1), ...day(TRAINER_B).slice(1)];
    await planned(
      'chefchaouen',
      '2026-10-15',
      [morning, afternoon].flatMap((unit) => unit ?? []),
    );
    const { url } = await made({ kind: 'trainer' }, world.tokens.trainer);
    const own = (await events(url)).map(({ uid }) => uid).sort();
    const rows = await world.db.read<{ id: string }>(
      'test.ownUnits',
      `SELECT u.id FROM unit u JOIN unit_resource x ON x.unit_id = u.id
        WHERE x.resource_id = $1 AND upper(u.during) > '2026-01-01'`,
      [accountId('trainer')],
    );
    expect(own).toEqual(rows.map(({ id }) => `${id}@qafila`).sort());
    expect(own.length).toBeGreaterThan(3);
    const tour = await made({ kind: 'tour', tourId: TOUR });
    const stops = await createElsewhere(world, 'tetouan', '2026-10-20');
    const session = await world.as(`/stops/${stops.stop}/sessions`, {
      token: world.tokens.stranger,
      body: sessionBody([{ localStart: '09:00', localEnd: '10:00' }]),
    });
    expect(session.statusCode).toBe(201);
    const { units } = session.json<{ units: Array<{ id: string }> }>();
    expect((await events(tour.url)).map(({ uid }) => uid)).not.toContain(`${units[0]?.id ?? ''}@qafila`);
  });

  it('end with their address: a new one, an end, a disabled trainer', async () => {
    const first = await made({ kind: 'trainer' }, world.tokens.trainer);
    const second = await made({ kind: 'trainer' }, world.tokens.trainer);
    expect([(await get(first.url)).statusCode, (await get(second.url)).statusCode]).toEqual([404, 200]);
    const listed = await world.as('/calendar-feeds', { token: world.tokens.trainer });
    expect(listed.json<{ items: Feed[] }>().items.map(({ url }) => url)).toEqual([second.url]);
    const disable = 'UPDATE account SET disabled_at = $2 WHERE id = $1';
    await world.db.write('test.disable', disable, [accountId('trainer'), world.clock.now()]);
    expect((await get(second.url)).statusCode).toBe(404);
    await world.db.write('test.disable', disable, [accountId('trainer'), null]);
    expect((await get(second.url)).statusCode).toBe(200);
    const end = 'UPDATE role_grant SET ends_at = $2 WHERE account_id = $1';
    await world.db.write('test.end', end, [accountId('trainer'), world.clock.now()]);
    expect((await get(second.url)).statusCode).toBe(404);
    await world.db.write('test.end', end, [accountId('trainer'), null]);
    const path = `/calendar-feeds/${second.id}`;
    const stop = (token: string) => world.as(path, { token, method: 'DELETE' });
    expect((await stop(world.tokens.manager)).statusCode).toBe(404);
    expect((await stop(world.tokens.trainer)).statusCode).toBe(204);
    expect([(await get(second.url)).statusCode, (await stop(world.tokens.trainer)).statusCode]).toEqual([
      404, 404,
    ]);
  });

  it('are opened by no other address', async () => {
    const { url } = await made({ kind: 'tour', tourId: TOUR });
    const token = /calendar\/(\w+)\.ics$/.exec(url)?.[1] ?? '';
    const other = (letter: string | undefined): string => (letter === '0' ? '1' : '0');
    for (const wrong of [
      token.slice(0, -1) + other(token.at(-1)),
      other(token[0]) + token.slice(1),
      token.slice(0, 32),
      token.toUpperCase(),
      '0'.repeat(64),
      'x',
    ])
      expect([wrong, (await world.inject({ url: `/calendar/${wrong}.ics` })).statusCode]).toEqual([
        wrong,
        404,
      ]);
  });

  it('are for those who plan the tour', async () => {
    const ask = (body: object, token: string | undefined) => world.as('/calendar-feeds', { token, body });
    const tour = { kind: 'tour', tourId: TOUR };
    const { trainer, stranger, funder, auditor } = world.tokens;
    const statuses = await Promise.all(
      [trainer, stranger, funder, auditor].map(async (token) => (await ask(tour, token)).statusCode),
    );
    expect(statuses).toEqual([404, 404, 403, 403]);
    expect((await world.api('/calendar-feeds', { body: tour })).statusCode).toBe(401);
    const bad = await Promise.all(
      [
        {},
        { kind: 'tour' },
        { kind: 'trainer', tourId: TOUR },
        { kind: 'tour', tourId: 'x' },
        { kind: 'city' },
        { ...tour, language: 'zz' },
      ].map(async (body) => (await ask(body, world.tokens.manager)).statusCode),
    );
    expect(bad).toEqual([422, 422, 422, 422, 422, 422]);
  });

  it('have one address, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => made({ kind: 'tour', tourId: TOUR })));
    const statuses = await Promise.all(answers.map(async ({ url }) => (await get(url)).statusCode));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 404)).toHaveLength(11);
  });
});
