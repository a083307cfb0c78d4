import {
  addStop,
  CAMPAIGN,
  createElsewhere,
  createWorld,
  demoSession,
  room,
  sessionBody,
  stopId,
  TEAM_A,
  TOUR,
  TRAINER_A,
  type World,
} from './world.js';
import { accountId } from '../../src/demo/staff.demo.js';
import { newId } from '../../src/shared/new-id.js';

interface Session {
  id: string;
  startsAt: string;
  endsAt: string;
  localDate: string;
  localStart: string;
  localEnd: string;
  units: Array<{ id: string; n: number; startsAt: string; localDate: string }>;
  capacity: number;
  seatsLeft: number;
  status: string;
  plan?: { revision: number; reasons: Record<string, string> };
}

const pointers = (answer: { json(): unknown }): string[] =>
  (answer.json() as { errors: Array<{ pointer: string; code: string }> }).errors.map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('sessions by the API', () => {
  let w: World;
  beforeAll(async () => (w = await createWorld()), 60_000);
  afterAll(() => w.close());

  it('lists with exactly the members of the contract, in the language asked for', async () => {
    const answer = await w.api('/campaigns/caravane-2027/sessions?city=tetouan', {
      headers: { 'accept-language': 'ar' },
    });
    expect(answer.statusCode).toBe(200);
    const [session] = (answer.json() as { items: Array<Record<string, unknown>> }).items;
    expect(session).toMatchObject({
      city: { slug: 'tetouan', name: 'تطوان' },
      venue: { name: 'دار التكوين تطوان' },
      course: { slug: 'vente-en-ligne', title: 'البيع عبر الإنترنت' },
      startsAt: '2027-01-12T09:00:00.000Z',
      endsAt: '2027-01-12T17:00:00.000Z',
      localDate: '2027-01-12',
      localStart: '09:00',
      localEnd: '17:00',
      zone: 'Africa/Casablanca',
      capacity: 40,
      booked: 0,
      waiting: 0,
      seatsLeft: 40,
      status: 'planned',
    });
    expect((session?.['units'] as unknown[])[1]).toMatchObject({
      n: 2,
      localDate: '2027-01-12',
      localStart: '14:00',
      localEnd: '17:00',
      startsAt: '2027-01-12T14:00:00.000Z',
      endsAt: '2027-01-12T17:00:00.000Z',
    });
    expect(session).not.toHaveProperty('plan');
  });

  it('takes an id or a slug, filters by days, and pages by cursor without a hole or a repeat', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    do {
      const answer = await w.api(`/campaigns/${CAMPAIGN}/sessions?limit=3${next ? `&cursor=${next}` : ''}`);
      const page = answer.json() as { items: Session[]; next: string | null };
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    } while (next);
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
    const some = await w.api('/campaigns/caravane-2027/sessions?from=2027-01-13&to=2027-01-15');
    expect((some.json() as { items: Session[] }).items.map(({ localDate }) => localDate)).toEqual([
      '2027-01-13',
      '2027-01-13',
      '2027-01-15',
      '2027-01-15',
    ]);
  });

  it('refuses a filter that means nothing', async () => {
    const city = await w.api('/campaigns/caravane-2027/sessions?city=paris&from=2027-02-30');
    expect([city.statusCode, pointers(city)]).toEqual([422, ['/city city-unknown', '/from not-a-date']]);
    for (const query of ['limit=0', 'limit=201', 'limit=x', 'cursor=nonsense', 'what=1', 'lang=de']) {
      expect((await w.api(`/campaigns/caravane-2027/sessions?${query}`)).statusCode).toBe(422);
    }
  });

  it('keeps wall time: 2021 an hour ahead of UTC, 2026-12 and 2027 not, and 2025 around Ramadan by day', async () => {
    const held = await w.api('/campaigns/apdn-2021/sessions?city=tanger');
    expect((held.json() as { items: Session[] }).items[0]).toMatchObject({
      localDate: '2021-12-13',
      localStart: '09:00',
      startsAt: '2021-12-13T08:00:00.000Z',
    });
    const stop = await addStop(w, 'tanger', '2026-12-14');
    for (const [localDate, startsAt] of [
      ['2025-02-22', '2025-02-22T08:00:00.000Z'],
      ['2025-02-24', '2025-02-24T09:00:00.000Z'],
      ['2025-04-05', '2025-04-05T09:00:00.000Z'],
      ['2025-04-07', '2025-04-07T08:00:00.000Z'],
      ['2026-12-14', '2026-12-14T09:00:00.000Z'],
    ]) {
      const made = await w.as(`/stops/${stop}/sessions`, {
        body: sessionBody([{ localDate: localDate ?? '', localStart: '09:00', localEnd: '12:00' }]),
      });
      expect([made.statusCode, (made.json() as Session).startsAt]).toEqual([201, startsAt]);
    }
  });

  it('makes a session with the stop’s day, numbers its units by time, and shows the plan to its staff only', async () => {
    const stop = await addStop(w, 'asilah', '2027-02-02');
    const units = [
      {
        localStart: '14:00',
        localEnd: '17:00',
        roomId: room('asilah', 0),
        trainerIds: [TRAINER_A],
        kitIds: [TEAM_A],
      },
      { localStart: '09:00', localEnd: '12:30', roomId: room('asilah', 0), trainerIds: [TRAINER_A] },
    ];
    const made = await w.as(`/stops/${stop}/sessions`, { body: sessionBody(units) });
    expect(made.statusCode).toBe(201);
    const session = made.json() as Session;
    expect(session.units.map(({ n, startsAt }) => [n, startsAt])).toEqual([
      [1, '2027-02-02T09:00:00.000Z'],
      [2, '2027-02-02T14:00:00.000Z'],
    ]);
    expect(session).toMatchObject({
      venue: { name: expect.stringContaining('Asilah') as string },
      seatsLeft: 30,
      plan: { revision: 0 },
    });
    for (const [token, sees] of [
      [undefined, false],
      [w.tokens.funder, false],
      [w.tokens.stranger, false],
      [w.tokens.trainer, true],
      [w.tokens.auditor, true],
      [w.tokens.admin, true],
    ] as const) {
      const one = await w.api(`/sessions/${session.id}`, { token });
      expect([one.statusCode, 'plan' in (one.json() as object)]).toEqual([200, sees]);
    }
  });

  it('changes days and hours, deriving the instants again, here and in what hangs on them', async () => {
    const stop = await addStop(w, 'larache', '2027-02-03');
    const made = (
      await w.as(`/stops/${stop}/sessions`, {
        body: sessionBody([{ localStart: '09:00', localEnd: '12:00', trainerIds: [TRAINER_A] }]),
      })
    ).json() as Session;
    const moved = await w.as(`/sessions/${made.id}`, {
      method: 'PATCH',
      body: { localDate: '2027-02-05', localStart: '10:00', localEnd: '12:00' },
    });
    expect(moved.statusCode).toBe(200);
    expect(moved.json()).toMatchObject({
      startsAt: '2027-02-05T10:00:00.000Z',
      endsAt: '2027-02-05T12:00:00.000Z',
      units: [{ id: made.units[0]?.id }],
    });
    const stored = await w.db.readOne<{ same: boolean; resource: boolean }>(
      'test.stored',
      `SELECT s.during = (SELECT range_agg(during) FROM unit WHERE session_id = s.id) AS same,
              (SELECT bool_and(x.during = u.during) FROM unit u JOIN unit_resource x ON x.unit_id = u.id WHERE u.session_id = s.id) AS resource
         FROM session s WHERE s.id = $1`,
      [made.id],
    );
    expect(stored).toEqual({ same: true, resource: true });
    const grown = await w.as(`/sessions/${made.id}`, {
      method: 'PATCH',
      body: {
        units: [
          { n: 1, localStart: '09:00', localEnd: '11:30' },
          { localDate: '2027-02-06', localStart: '09:00', localEnd: '12:00' },
        ],
      },
    });
    expect(grown.json()).toMatchObject({
      localDate: '2027-02-05',
      localStart: '09:00',
      units: [
        { id: made.units[0]?.id, localDate: '2027-02-05' },
        { n: 2, localDate: '2027-02-06' },
      ],
    });
    const shifted = await w.as(`/sessions/${made.id}`, {
      method: 'PATCH',
      body: { localDate: '2027-02-08' },
    });
    expect((shifted.json() as Session).units.map(({ localDate }) => localDate)).toEqual([
      '2027-02-08',
      '2027-02-09',
    ]);
  });

  it('refuses every field that is wrong, and says which', async () => {
    const unit = { localStart: '09:00', localEnd: '12:00' };
    const bad: Array<[Record<string, unknown>, string]> = [
      [sessionBody([{ localStart: '12:00', localEnd: '09:00' }]), '/units/0/localEnd ends-before-start'],
      [sessionBody([{ localStart: '22:00', localEnd: '02:00' }]), '/units/0/localEnd ends-before-start'],
      [sessionBody([{ localStart: '09:00', localEnd: '09:00' }]), '/units/0/localEnd ends-before-start'],
      [sessionBody([{ localStart: '25:00', localEnd: '26:00' }]), '/units/0/localStart not-a-time'],
      [sessionBody([{ localStart: '09:00', localEnd: '9h' }]), '/units/0/localEnd not-a-time'],
      [sessionBody([{ ...unit, localDate: '2027-02-30' }]), '/units/0/localDate not-a-date'],
      [sessionBody([unit, unit]), '/units/1/localStart units-overlap'],
      [sessionBody([]), '/units too-few'],
      [sessionBody([unit], { capacity: 0 }), '/capacity capacity-zero'],
      [sessionBody([unit], { capacity: -3 }), '/capacity capacity-zero'],
      [sessionBody([unit], { capacity: 2.5 }), '/capacity not-a-whole-number'],
      [sessionBody([unit], { capacity: '30' }), '/capacity not-a-whole-number'],
      [sessionBody([unit], { capacity: 10_001 }), '/capacity too-large'],
      [sessionBody([unit], { course: 'alchimie' }), '/course not-a-choice'],
      [sessionBody([unit], { language: 'de' }), '/language not-a-choice'],
      [sessionBody([{ ...unit, roomId: room('tanger', 0) }]), '/units/0/roomId room-in-another-city'],
      [sessionBody([{ ...unit, roomId: newId() }]), '/units/0/roomId not-a-choice'],
      [sessionBody([{ ...unit, roomId: 'x' }]), '/units/0/roomId not-an-id'],
      [sessionBody([{ ...unit, trainerIds: [newId()] }]), '/units/0/trainerIds not-a-choice'],
      [sessionBody([{ ...unit, kitIds: [newId()] }]), '/units/0/kitIds not-a-choice'],
      [sessionBody([unit], { venueId: newId() }), '/venueId not-a-choice'],
      [sessionBody([unit], { reasons: { 'friday-prayer': 'x' } }), '/reasons/friday-prayer too-short'],
      [sessionBody([unit], { reasons: { whim: 'because' } }), '/reasons/whim unknown-field'],
      [sessionBody([unit], { colour: 'red' }), '/colour unknown-field'],
      [{ ...sessionBody([unit]), units: 'all day' }, '/units'],
    ];
    for (const [body, expected] of bad) {
      const answer = await w.as(`/stops/${stopId('tetouan')}/sessions`, { body });
      expect([answer.statusCode, pointers(answer).join(' | ')]).toEqual([
        422,
        expect.stringContaining(expected),
      ]);
    }
    const zone = await w.as(`/stops/${stopId('tetouan')}/sessions`, {
      body: sessionBody([{ ...unit, zone: 'Mars/Olympus' } as never]),
    });
    expect(pointers(zone)).toEqual(['/units/0/zone not-a-zone']);
  });

  it('refuses stops without a known city, team or day, and a second one of the same team', async () => {
    const at = (body: Record<string, unknown>) => w.as(`/tours/${TOUR}/stops`, { body });
    expect(pointers(await at({ teamId: TEAM_A, city: 'atlantis', localDate: '2027-02-01' }))).toEqual([
      '/city city-unknown',
    ]);
    expect(pointers(await at({ teamId: newId(), city: 'tanger', localDate: 'soon' }))).toEqual([
      '/teamId not-a-choice',
      '/localDate not-a-date',
    ]);
    expect(pointers(await at({ city: 'tanger', localDate: '2027-02-01' }))).toEqual(['/teamId required']);
    const again = { teamId: TEAM_A, city: 'tanger', localDate: '2027-02-20' };
    expect((await at(again)).statusCode).toBe(201);
    const second = await at(again);
    expect([second.statusCode, (second.json() as { code: string }).code]).toEqual([409, 'stop-exists']);
  });

  it('gives a tour with its teams, stops and sessions, and the lists one plans with', async () => {
    const tour = await w.as(`/tours/${TOUR}?lang=fr`);
    expect(tour.json()).toMatchObject({
      campaign: { slug: 'caravane-2027' },
      teams: [{ name: 'A', trainers: [{ name: 'Youssef Tazi' }] }, { name: 'B' }],
    });
    const stops = (tour.json() as { stops: Array<{ city: { slug: string }; sessions: unknown[] }> }).stops;
    expect(
      stops.filter(({ city, sessions }) => city.slug === 'al-hoceima' && sessions.length === 1),
    ).toHaveLength(1);
    expect((await w.as('/campaigns/caravane-2027/tours')).json()).toMatchObject({ items: [{ id: TOUR }] });
    const venues = (await w.as('/venues?city=ouezzane')).json() as {
      items: Array<{ rooms: Array<{ capacity: number }> }>;
    };
    expect(venues.items[0]?.rooms.map(({ capacity }) => capacity)).toEqual([60, 45]);
    const trainers = (await w.as('/campaigns/caravane-2027/trainers')).json() as {
      items: Array<{ name: string }>;
    };
    expect(trainers.items.map(({ name }) => name)).toEqual([
      'Hanane Alaoui',
      'Nawal Idrissi',
      'Youssef Tazi',
    ]);
  });

  it('answers somebody else’s as if it did not exist, and asks others to sign in', async () => {
    const there = await createElsewhere(w, 'tanger', '2027-02-10');
    const body = sessionBody([{ localStart: '09:00', localEnd: '12:00' }]);
    const unknown = newId();
    for (const [path, method, payload] of [
      ['/stops/ID/sessions', 'POST', body],
      ['/tours/ID/stops', 'POST', { teamId: TEAM_A, city: 'tanger', localDate: '2027-03-01' }],
      ['/tours/ID', 'GET', undefined],
    ] as const) {
      const id = path.startsWith('/stops') ? there.stop : there.tour;
      const foreign = await w.as(path.replace('ID', id), { method, ...(payload ? { body: payload } : {}) });
      const missing = await w.as(path.replace('ID', unknown), {
        method,
        ...(payload ? { body: payload } : {}),
      });
      const malformed = await w.as(path.replace('ID', 'no-id'), {
        method,
        ...(payload ? { body: payload } : {}),
      });
      const { instance: _, ...a } = foreign.json() as Record<string, unknown>;
      const { instance: __, ...b } = missing.json() as Record<string, unknown>;
      expect([foreign.statusCode, missing.statusCode, malformed.statusCode]).toEqual([404, 404, 404]);
      expect(a).toEqual(b);
    }
    for (const list of ['tours', 'trainers'])
      expect((await w.as(`/campaigns/${there.campaign}/${list}`)).statusCode).toBe(404);
    const mine = demoSession('tetouan');
    for (const [path, options] of [
      [`/sessions/${mine}`, { method: 'PATCH', body: { capacity: 41 } }],
      [`/sessions/${mine}/cancel`, { body: { reason: 'because' } }],
    ] as const) {
      expect((await w.api(path, { token: w.tokens.stranger, ...options })).statusCode).toBe(404);
      expect((await w.api(path, { token: w.tokens.trainer, ...options })).statusCode).toBe(403);
      expect((await w.api(path, { token: w.tokens.auditor, ...options })).statusCode).toBe(403);
      expect((await w.api(path, options)).statusCode).toBe(401);
    }
    expect((await w.api(`/sessions/${mine}`)).json()).toMatchObject({ capacity: 40, status: 'planned' });
  });

  it('keeps past, closed and cancelled sessions as they were', async () => {
    const closed = (await w.api('/campaigns/apdn-2021/sessions?limit=1')).json() as { items: Session[] };
    const answer = await w.as(`/sessions/${closed.items[0]?.id}`, {
      method: 'PATCH',
      body: { capacity: 99 },
    });
    expect([answer.statusCode, (answer.json() as { code: string }).code]).toEqual([409, 'session-closed']);
    const stop = await addStop(w, 'fnideq', '2027-02-04');
    const made = (
      await w.as(`/stops/${stop}/sessions`, {
        body: sessionBody([{ localStart: '09:00', localEnd: '12:00', trainerIds: [TRAINER_A] }]),
      })
    ).json() as Session;
    expect(
      pointers(await w.as(`/sessions/${made.id}`, { method: 'PATCH', body: { localDate: '2026-11-02' } })),
    ).toEqual(['/units/0/localDate in-the-past']);
    expect(pointers(await w.as(`/sessions/${made.id}/cancel`, { body: {} }))).toEqual(['/reason required']);
    const cancelled = await w.as(`/sessions/${made.id}/cancel`, { body: { reason: 'La salle est fermée' } });
    expect(cancelled.json()).toMatchObject({
      status: 'cancelled',
      plan: { cancelReason: 'La salle est fermée' },
    });
    for (const again of [
      w.as(`/sessions/${made.id}`, { method: 'PATCH', body: { capacity: 5 } }),
      w.as(`/sessions/${made.id}/cancel`, { body: { reason: 'again' } }),
    ]) {
      const { statusCode, json } = await again;
      expect([statusCode, (json() as { code: string }).code]).toEqual([409, 'session-cancelled']);
    }
    // What it held is free again.
    const after = await w.as(`/stops/${stop}/sessions`, {
      body: sessionBody([{ localStart: '09:00', localEnd: '12:00', trainerIds: [TRAINER_A] }]),
    });
    expect(after.statusCode).toBe(201);
    w.clock.set('2027-02-04T12:00:01Z');
    const token = await w.signIn(accountId('manager'));
    const over = await w.as(`/sessions/${(after.json() as Session).id}`, {
      method: 'PATCH',
      body: { capacity: 5 },
      token,
    });
    w.clock.set('2026-12-01T09:00:00Z');
    expect([over.statusCode, (over.json() as { code: string }).code]).toEqual([409, 'session-past']);
  });

  it('writes who did what into the audit log, without a word of theirs', async () => {
    const stop = await addStop(w, 'mdiq', '2027-02-12');
    const body = sessionBody([{ localStart: '11:00', localEnd: '13:00' }], {
      reasons: { 'friday-prayer': 'Salle libre seulement à midi' },
    });
    const made = (await w.as(`/stops/${stop}/sessions`, { body })).json() as Session;
    const events = await w.db.read<{ action: string; facts: Record<string, unknown> }>(
      'test.audit',
      `SELECT action, facts FROM audit_event WHERE subject_id = ANY($1) ORDER BY seq`,
      [[stop, made.id]],
    );
    expect(events.map(({ action }) => action)).toEqual(['tours.stop.create', 'tours.session.create']);
    expect(events[1]?.facts).toMatchObject({ passed: ['friday-prayer'] });
    expect(JSON.stringify(events)).not.toContain('midi');
  });
});
