import { newId } from '../../src/shared/new-id.js';
import { addStop, createWorld, demoSession, room, stopId, TOUR, type World } from '../tours/world.js';

jest.setTimeout(60_000);

const UNIT = { localStart: '09:00', localEnd: '12:30' };
const BODY = { course: 'e-marketing', capacity: 30, units: [UNIT] };
const LONG = 'x'.repeat(10_000);

interface Problem {
  type: string;
  code: string;
  errors?: Array<{ pointer: string; code: string; detail: string }>;
}

describe('bad input to a plan', () => {
  let w: World;
  let stop: string;
  beforeAll(async () => {
    w = await createWorld();
    stop = await addStop(w, 'tetouan', '2027-05-12');
  }, 120_000);
  afterAll(() => w.close());

  const rows = () =>
    w.db.read(
      'test.plan',
      `SELECT s.*, (SELECT json_agg(u ORDER BY n) FROM unit u WHERE u.session_id = s.id) AS units FROM session s ORDER BY id`,
    );

  /** Every wrong field of a session, with what it is answered by: for a new one and for a change. */
  const FIELDS: ReadonlyArray<[string, object, string, string]> = [
    ['no seat', { capacity: 0 }, '/capacity', 'capacity-zero'],
    ['less than no seat', { capacity: -1 }, '/capacity', 'capacity-zero'],
    ['a billion seats', { capacity: 1e9 }, '/capacity', 'too-large'],
    ['seats beyond all', { capacity: 1e308 }, '/capacity', 'too-large'],
    ['seats in words', { capacity: 'x' }, '/capacity', 'not-a-whole-number'],
    ['seats as text', { capacity: '30' }, '/capacity', 'not-a-whole-number'],
    ['half a seat', { capacity: 2.5 }, '/capacity', 'not-a-whole-number'],
    ['null seats', { capacity: null }, '/capacity', 'required'],
    ['a list of seats', { capacity: [30] }, '/capacity', 'not-a-whole-number'],
    ['an unknown course', { course: 'alchimie' }, '/course', 'not-a-choice'],
    ['a course with NUL', { course: 'e-\0' }, '/course', 'not-unicode'],
    ['a null course', { course: null }, '/course', 'required'],
    ['a null language', { language: null }, '/language', 'required'],
    ['an unknown language', { language: 'de' }, '/language', 'not-a-choice'],
    ['a venue that is none', { venueId: 'x' }, '/venueId', 'not-an-id'],
    ['an unknown venue', { venueId: newId() }, '/venueId', 'not-a-choice'],
    ['a place with NUL', { venueNote: 'a\0b' }, '/venueNote', 'not-unicode'],
    ['a place with half a character', { venueNote: 'a\ud800' }, '/venueNote', 'not-unicode'],
    ['a place of 10,000 characters', { venueNote: LONG }, '/venueNote', 'too-long'],
    ['a place that is a list', { venueNote: ['x'] }, '/venueNote', 'not-text'],
    ['a link with NUL', { remoteUrl: 'https://meet.qafila.example/\0' }, '/remoteUrl', 'not-unicode'],
    ['a link that is a number', { remoteUrl: 7 }, '/remoteUrl', 'not-text'],
    ['null reasons', { reasons: null }, '/reasons', 'required'],
    ['reasons as text', { reasons: 'because' }, '/reasons', 'not-an-object'],
    ['an unknown reason', { reasons: { whim: 'because' } }, '/reasons/whim', 'unknown-field'],
    ['a reason with NUL', { reasons: { 'friday-prayer': 'abc\0' } }, '/reasons/friday-prayer', 'not-unicode'],
    ['units as text', { units: 'all day' }, '/units', 'not-a-list'],
    ['no unit', { units: [] }, '/units', 'too-few'],
    ['a unit that is none', { units: [7] }, '/units/0', 'not-an-object'],
    ['21 units', { units: Array(21).fill(UNIT) }, '/units', 'too-many'],
    ['an end before the start', { units: [{ localStart: '12:00', localEnd: '09:00' }] }, '/units/0/localEnd', 'ends-before-start'],
    ['an end at the start', { units: [{ localStart: '09:00', localEnd: '09:00' }] }, '/units/0/localEnd', 'ends-before-start'],
    ['a night', { units: [{ localStart: '22:00', localEnd: '02:00' }] }, '/units/0/localEnd', 'ends-before-start'],
    ['an end at midnight', { units: [{ localStart: '22:00', localEnd: '24:00' }] }, '/units/0/localEnd', 'not-a-time'],
    ['an hour that is not', { units: [{ localStart: '25:00', localEnd: '26:00' }] }, '/units/0/localStart', 'not-a-time'],
    ['seconds', { units: [{ localStart: '09:00:30', localEnd: '12:00' }] }, '/units/0/localStart', 'not-a-time'],
    ['no end', { units: [{ localStart: '09:00' }] }, '/units/0/localEnd', 'required'],
    ['an hour as a number', { units: [{ ...UNIT, localStart: 9 }] }, '/units/0/localStart', 'not-text'],
    ['30 February', { units: [{ ...UNIT, localDate: '2027-02-30' }] }, '/units/0/localDate', 'not-a-date'],
    ['a day of five digits', { units: [{ ...UNIT, localDate: '12027-02-01' }] }, '/units/0/localDate', 'not-a-date'],
    ['a zone that is none', { units: [{ ...UNIT, zone: 'Mars/Olympus' }] }, '/units/0/zone', 'not-a-zone'],
    ['a zone with NUL', { units: [{ ...UNIT, zone: 'UTC\0' }] }, '/units/0/zone', 'not-unicode'],
    ['a room that is none', { units: [{ ...UNIT, roomId: 'x' }] }, '/units/0/roomId', 'not-an-id'],
    ['a room elsewhere', { units: [{ ...UNIT, roomId: room('tanger', 0) }] }, '/units/0/roomId', 'room-in-another-city'],
    ['an unknown trainer', { units: [{ ...UNIT, trainerIds: [newId()] }] }, '/units/0/trainerIds', 'not-a-choice'],
    ['a trainer that is none', { units: [{ ...UNIT, trainerIds: ['x'] }] }, '/units/0/trainerIds', 'not-an-id'],
    ['units that overlap', { units: [UNIT, UNIT] }, '/units/1/localStart', 'units-overlap'],
    ['an unknown field', { __proto: 1 }, '/__proto', 'unknown-field'],
    ['a field of our own', { booked: 0 }, '/booked', 'unknown-field'],
  ]; // prettier-ignore

  it.each(FIELDS)(
    'refuses %s in a new session and in a change, and changes nothing',
    async (_, fields, pointer, code) => {
      const before = await rows();
      const session = demoSession('tetouan');
      const answers = [
        await w.as(`/stops/${stop}/sessions`, { body: { ...BODY, ...fields } }),
        await w.as(`/sessions/${session}`, { method: 'PATCH', body: fields }),
        await w.as('/sessions', { method: 'PATCH', body: { sessions: [{ id: session, ...fields }] } }),
      ];
      for (const [i, answer] of answers.entries()) {
        const problem = answer.json<Problem>();
        expect([i, answer.statusCode, problem.type]).toEqual([i, 422, '/problems/invalid-fields']);
        expect(answer.headers['content-type']).toContain('application/problem+json');
        const found = problem.errors?.find((error) => error.pointer.endsWith(pointer));
        expect([i, problem.errors, found?.code]).toEqual([i, expect.anything(), code]);
        expect(found?.detail).not.toBe('Cette réponse ne convient pas.');
      }
      expect(await rows()).toEqual(before);
    },
  );

  it.each<[string, object, string, string]>([
    ['no city', { city: undefined }, '/city', 'required'],
    ['an unknown city', { city: 'atlantis' }, '/city', 'city-unknown'],
    ['a city with NUL', { city: 'tetouan\0' }, '/city', 'not-unicode'],
    ['a city that is a list', { city: ['tetouan'] }, '/city', 'not-text'],
    ['a key of objects for a city', { city: '__proto__' }, '/city', 'city-unknown'],
    ['no day', { localDate: undefined }, '/localDate', 'required'],
    ['a day that is not', { localDate: '2027-13-01' }, '/localDate', 'not-a-date'],
    ['a day as a number', { localDate: 20270512 }, '/localDate', 'not-text'],
    ['a team that is none', { teamId: 'x' }, '/teamId', 'not-an-id'],
    ['an unknown team', { teamId: newId() }, '/teamId', 'not-a-choice'],
  ])('refuses a stop with %s', async (_, fields, pointer, code) => {
    const body = { city: 'tetouan', localDate: '2027-06-01', teamId: undefined, ...fields };
    const answer = await w.as(`/tours/${TOUR}/stops`, { body });
    expect(answer.statusCode).toBe(422);
    const { errors } = answer.json<Problem>();
    expect(errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer, code })]));
  });

  it.each<[string, unknown, string]>([
    ['none', undefined, 'required'],
    ['null', null, 'required'],
    ['blanks', '    ', 'required'],
    ['two letters', 'ab', 'too-short'],
    ['10,000 characters', LONG, 'too-long'],
    ['NUL', 'parce\0que', 'not-unicode'],
    ['half a character', 'parce\udc00', 'not-unicode'],
    ['a list', ['parce que'], 'not-text'],
  ])('cancels nothing for a reason that is %s', async (_, reason, code) => {
    const session = demoSession('tetouan');
    const answer = await w.as(`/sessions/${session}/cancel`, { body: { reason } });
    expect([answer.statusCode, answer.json<Problem>().errors]).toMatchObject([
      422,
      [{ pointer: '/reason', code }],
    ]);
    expect((await w.as(`/sessions/${session}`)).json()).toMatchObject({ status: 'planned' });
  });

  it('keeps a place of markup, emoji and marks of direction as it was typed, and escapes it', async () => {
    const venueNote = `<script>alert(1)</script> \u202eقافلة\u200f 👩🏽‍🌾 "{{7*7}}"`;
    const session = demoSession('larache');
    const saved = await w.as(`/sessions/${session}`, { method: 'PATCH', body: { venueNote } });
    expect(saved.statusCode).toBe(200);
    expect(saved.json<{ venue: { name: string } | null }>()).toMatchObject({ venue: expect.anything() });
    expect(JSON.stringify(saved.json())).toContain('{{7*7}}');
    const page = await w.inject({ url: `/ar/sessions/${session}`, headers: { accept: 'text/html' } });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('<script>alert');
    expect(page.body).toContain('{{7*7}}');
  });

  it('refuses a list in which one change is wrong as a whole, and says which', async () => {
    const before = await rows();
    const sessions = [
      { id: demoSession('larache'), capacity: 50 },
      { id: demoSession('tanger'), capacity: 0 },
    ];
    const answer = await w.as('/sessions', { method: 'PATCH', body: { sessions } });
    expect(answer.json<Problem>().errors).toMatchObject([
      { pointer: '/sessions/1/capacity', code: 'capacity-zero' },
    ]);
    const twice = [sessions[0], { ...sessions[0], capacity: 51 }];
    const repeated = await w.as('/sessions', { method: 'PATCH', body: { sessions: twice } });
    expect(repeated.statusCode).toBe(422);
    expect(await rows()).toEqual(before);
    expect((await w.as(`/stops/${stopId('tetouan')}/sessions`, { body: {} })).statusCode).toBe(422);
  });
});
