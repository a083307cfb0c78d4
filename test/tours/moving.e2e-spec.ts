import { demoId } from '../../src/demo/demo-id.js';
import { addStop, createElsewhere, createWorld, demoSession, stopId, TOUR, type World } from './world.js';

interface Tour {
  id: string;
  teams: Array<{ id: string; name: string; home: string | null; trainers: unknown[] }>;
  stops: Array<{
    id: string;
    localDate: string;
    city: { slug: string };
    sessions: Array<{
      id: string;
      booked: number;
      capacity: number;
      units: Array<{ localDate: string; localStart: string }>;
    }>;
  }>;
}

describe('a tour that is there', () => {
  let w: World;
  beforeEach(async () => (w = await createWorld()), 60_000);
  afterEach(() => w.close());

  const tour = async (id = TOUR): Promise<Tour> => (await w.as(`/tours/${id}`)).json<Tour>();
  const dates = async (id = TOUR) =>
    Object.fromEntries((await tour(id)).stops.map(({ city, localDate }) => [city.slug, localDate]));
  const move = (id: string, body: object) => w.as(`/stops/${id}`, { method: 'PATCH', body });
  const typeOf = (answer: { json: <T>() => T }) => answer.json<{ type: string }>().type.split('/').at(-1);

  it('moves a stop with its sessions, and the rest of its team’s road by as many days where asked', async () => {
    const before = await dates();
    const looked = await move(stopId('larache'), { localDate: '2027-01-22', shiftRest: true, preview: true });
    expect([looked.statusCode, await dates()]).toEqual([200, before]);
    const { stops, seen, saved } = looked.json<{
      stops: Array<{ city: { slug: string }; from: string; localDate: string }>;
      seen: string;
      saved: boolean;
    }>();
    expect([saved, stops.map(({ city, from, localDate }) => `${city.slug} ${from} ${localDate}`)]).toEqual([
      false,
      [
        'larache 2027-01-15 2027-01-22',
        'ksar-el-kebir 2027-01-18 2027-01-25',
        'ouezzane 2027-01-19 2027-01-26',
      ],
    ]);
    const done = await move(stopId('larache'), { localDate: '2027-01-22', shiftRest: true, seen });
    expect([done.statusCode, done.json<{ saved: boolean }>().saved]).toEqual([200, true]);
    expect(await dates()).toEqual({
      ...before,
      ...{ larache: '2027-01-22', 'ksar-el-kebir': '2027-01-25', ouezzane: '2027-01-26' },
    });
    const moved = (await tour()).stops.find(({ city }) => city.slug === 'ouezzane');
    expect(moved?.sessions[0]?.units.map(({ localDate }) => localDate)).toEqual(['2027-01-26', '2027-01-26']);
    const facts = await w.db.read(
      'test.moves',
      `SELECT facts FROM audit_event WHERE action = 'tours.stop.move' ORDER BY 1`,
    );
    expect(facts).toHaveLength(3);
  });

  it('leaves the rest where it is unless asked', async () => {
    const before = await dates();
    expect((await move(stopId('ouezzane'), { localDate: '2027-01-20' })).statusCode).toBe(200);
    expect(await dates()).toEqual({ ...before, ouezzane: '2027-01-20' });
  });

  it('names what is taken and what needs a reason before it moves anything', async () => {
    const before = await dates();
    const taken = await move(stopId('ouezzane'), { localDate: '2027-01-18', preview: true });
    expect([taken.statusCode, typeOf(taken)]).toEqual([409, 'session-clash']);
    expect(taken.json<{ clashes: Array<{ kind: string }> }>().clashes.map(({ kind }) => kind)).toContain(
      'trainer',
    );
    const holiday = { localDate: '2027-01-14' };
    const soft = await move(stopId('larache'), holiday);
    expect(soft.json<{ soft: Array<{ code: string }> }>().soft).toMatchObject([{ code: 'public-holiday' }]);
    expect(await dates()).toEqual(before);
    const reasons = { 'public-holiday': 'La salle n’est libre que ce jour-là' };
    expect((await move(stopId('larache'), { ...holiday, reasons })).statusCode).toBe(200);
  });

  it('refuses a confirmation of something else than what was looked at', async () => {
    const wanted = { localDate: '2027-01-22' };
    const { seen } = (await move(stopId('larache'), { ...wanted, preview: true })).json<{ seen: string }>();
    await w.as(`/sessions/${demoSession('larache')}`, { method: 'PATCH', body: { capacity: 35 } });
    const late = await move(stopId('larache'), { ...wanted, seen });
    expect([late.statusCode, typeOf(late)]).toEqual([409, 'stop-changed']);
  });

  it('lets exactly one of two win who move different stops onto the same day of a team', async () => {
    const answers = await Promise.all([
      move(stopId('larache'), { localDate: '2027-01-22' }),
      move(stopId('ouezzane'), { localDate: '2027-01-22' }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
  });

  it('keeps a stop whose session is over, and refuses days that are none', async () => {
    const closed = await w.db.readOne<{ id: string }>(
      'test.closed',
      `SELECT st.id FROM stop st WHERE st.tour_id = $1 ORDER BY st.id LIMIT 1`,
      [demoId('tour apdn-2021')],
    );
    expect((await move(closed?.id ?? '', { localDate: '2027-05-03' })).statusCode).toBe(409);
    expect((await move(stopId('larache'), { localDate: '2027-01-15' })).statusCode).toBe(422);
    expect((await move(stopId('larache'), { localDate: 'demain' })).statusCode).toBe(422);
  });

  it('is copied to new dates with its teams, stops and sessions, and without anybody enrolled', async () => {
    await w.db.write('test.book', `UPDATE session SET booked = 3 WHERE id = $1`, [demoSession('tanger')]);
    const name = { fr: 'Tournée de printemps', ar: 'جولة الربيع' };
    const answer = await w.as(`/tours/${TOUR}/copy`, { body: { name, from: '2027-04-06' } });
    expect(answer.statusCode).toBe(201);
    const { id } = answer.json<{ id: string }>();
    const [before, after] = [await tour(), await tour(id)];
    expect(after.teams.map(({ name: team, home, trainers }) => [team, home, trainers.length])).toEqual(
      before.teams.map(({ name: team, home, trainers }) => [team, home, trainers.length]),
    );
    // 84 days later, all of it.
    expect(await dates(id)).toMatchObject({
      tanger: '2027-04-06',
      larache: '2027-04-09',
      'al-hoceima': '2027-04-14',
    });
    const sessions = after.stops.flatMap((stop) => stop.sessions);
    expect([sessions.length, sessions.map(({ booked }) => booked)]).toEqual([10, Array<number>(10).fill(0)]);
    expect(sessions.every(({ capacity }) => capacity === 40)).toBe(true);
    expect(after.stops.find(({ city }) => city.slug === 'larache')?.sessions[0]?.units[1]).toMatchObject({
      localDate: '2027-04-09',
      localStart: '14:30',
    });
    // The same days again: everything is taken, and nothing of it stands.
    const again = await w.as(`/tours/${TOUR}/copy`, { body: { name, from: '2027-04-06' } });
    expect([again.statusCode, typeOf(again)]).toEqual([409, 'session-clash']);
    const { items } = (await w.as('/campaigns/caravane-2027/tours')).json<{ items: unknown[] }>();
    expect(items).toHaveLength(2);
  });

  it('is deleted only when empty, and put away otherwise; so are its stops', async () => {
    const full = await w.as(`/tours/${TOUR}`, { method: 'DELETE' });
    expect([full.statusCode, typeOf(full)]).toEqual([409, 'tour-not-empty']);
    const held = await w.as(`/stops/${stopId('tanger')}`, { method: 'DELETE' });
    expect([held.statusCode, typeOf(held)]).toEqual([409, 'stop-not-empty']);
    expect((await w.as(`/tours/${TOUR}/archive`, { body: { archived: true } })).statusCode).toBe(204);
    const page = await w.inject({
      url: `/fr/staff/tours/${TOUR}`,
      headers: { accept: 'text/html', authorization: `Bearer ${w.tokens.manager}` },
    });
    expect(page.body).toContain('Cette tournée est archivée.');
    expect((await w.as(`/tours/${TOUR}/archive`, { body: { archived: false } })).statusCode).toBe(204);
    const teams = [{ name: 'A', home: 'tanger', trainerIds: [] }];
    const body = { name: { fr: 'Vide', ar: 'فارغة' }, teams };
    const empty = (await w.as('/campaigns/caravane-2027/tours', { body })).json<Tour>();
    const stop = await w.as(`/tours/${empty.id}/stops`, {
      body: { city: 'larache', localDate: '2027-03-01' },
    });
    expect((await w.as(`/tours/${empty.id}`, { method: 'DELETE' })).statusCode).toBe(409);
    expect((await w.as(`/stops/${stop.json<{ id: string }>().id}`, { method: 'DELETE' })).statusCode).toBe(
      204,
    );
    expect((await w.as(`/tours/${empty.id}`, { method: 'DELETE' })).statusCode).toBe(204);
    expect((await w.as(`/tours/${empty.id}`)).statusCode).toBe(404);
  });

  it('is nobody else’s to move, copy, put away or delete', async () => {
    const theirs = await createElsewhere(w, 'larache', '2027-03-02');
    const name = { fr: 'x', ar: 'x' };
    for (const [path, options] of [
      [`/tours/${theirs.tour}/copy`, { body: { name, from: '2027-05-03' } }],
      [`/tours/${theirs.tour}/archive`, { body: { archived: true } }],
      [`/tours/${theirs.tour}`, { method: 'DELETE' as const }],
      [`/stops/${theirs.stop}`, { method: 'PATCH' as const, body: { localDate: '2027-03-03' } }],
      [`/stops/${theirs.stop}`, { method: 'DELETE' as const }],
    ] as const)
      expect([path, (await w.as(path, options)).statusCode]).toEqual([path, 404]);
  });

  it('moves a stop on a page without script: looked at, then confirmed', async () => {
    const id = await addStop(w, 'asilah', '2027-03-02');
    const post = (path: string, fields: Record<string, string>) =>
      w.inject({
        ...{ method: 'POST', url: path, payload: new URLSearchParams(fields).toString() },
        headers: {
          authorization: `Bearer ${w.tokens.manager}`,
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
    const looked = await post(`/fr/staff/stops/${id}/move`, { localDate: '2027-03-04' });
    expect([looked.statusCode, looked.body]).toEqual([200, expect.stringContaining('Ce qui change')]);
    const seen = /name="seen" value="([^"]+)"/.exec(looked.body)?.[1] ?? '';
    const done = await post(`/fr/staff/stops/${id}/move`, { localDate: '2027-03-04', seen });
    expect([done.statusCode, done.headers.location]).toEqual([303, `/fr/staff/tours/${TOUR}`]);
    expect((await tour()).stops.find((one) => one.id === id)?.localDate).toBe('2027-03-04');
    const taken = await post(`/fr/staff/stops/${stopId('ouezzane')}/move`, { localDate: '2027-01-18' });
    expect([taken.statusCode, taken.body.includes('name="seen"')]).toEqual([409, false]);
    expect(taken.body).toContain('Ce n’est pas libre à cette heure');
    expect((await post(`/fr/staff/stops/${id}/delete`, {})).statusCode).toBe(303);
    expect((await tour()).stops.some((one) => one.id === id)).toBe(false);
  });
});
