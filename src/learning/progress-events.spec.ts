import { InvalidFields } from '../shared/errors/domain-error.js';
import { instantMs, MAX_EVENTS, MAX_RANGES, parseProgress } from './progress-events.js';

const NOW = new Date('2027-01-15T09:00:00Z');
const ID = '0199aaaa-0000-4000-8000-00000000000A';
const DURATION_MS = 90_000;
const good = { id: ID, ranges: [[0, 5.4321]], position: 5.4321, at: '2027-01-15T08:59:00Z' };

const parse = (body: unknown) => parseProgress(body, DURATION_MS, NOW);
const one = (changes: object) => parse({ events: [{ ...good, ...changes }] })[0];

function findings(body: unknown): string[] {
  try {
    parse(body);
  } catch (error) {
    if (error instanceof InvalidFields)
      return error.errors.map(
        ({ pointer, code, params }) => `${pointer} ${code}${params ? ` ${JSON.stringify(params)}` : ''}`,
      );
    throw error;
  }
  return [];
}
const ofEvent = (changes: object): string[] => findings({ events: [{ ...good, ...changes }] });

describe('an instant of a phone', () => {
  it.each([
    ['2027-01-15T09:00:00Z', NOW.getTime()],
    ['2027-01-15T09:00Z', NOW.getTime()],
    ['2027-01-15T09:00:00.5Z', NOW.getTime() + 500],
    ['2027-01-15T09:00:00.123456789Z', NOW.getTime() + 123],
    ['2027-01-15T10:00:00+01:00', NOW.getTime()],
    ['2027-01-15T10:00:00+0100', NOW.getTime()],
    ['2027-01-15T05:30:00-03:30', NOW.getTime()],
  ])('%s is read', (text, ms) => expect(instantMs(text)).toBe(ms));

  it.each([
    '',
    'now',
    '2027-01-15',
    '2027-01-15T09:00:00',
    '2027-01-15 09:00:00Z',
    'x2027-01-15T09:00:00Z',
    '2027-01-15T09:00:00Zx',
    '12027-01-15T09:00:00Z',
    '+002027-01-15T09:00:00Z',
    '2027-1-15T09:00:00Z',
    '2027-13-15T09:00:00Z',
    '2027-01-15T25:00:00Z',
    '2027-01-15T9:00:00Z',
    '2027-01-15T09:0:00Z',
    '2027-01-15T09:00:0Z',
    '2027-01-15T09:00:00.Z',
    '2027-01-15T09:00:00.1234567890Z',
    '2027-01-15T09:00:00+1:00',
    '2027-01-15T09:00:00+01:0',
    1_800_000_000_000,
    null,
    undefined,
    ['2027-01-15T09:00:00Z'],
  ])('%j is none', (value) => expect(instantMs(value)).toBeUndefined());
});

describe('a call with progress', () => {
  it('is read in milliseconds, with each event as it came', () => {
    const sent = { ...good, speed: 1.5 };
    expect(parse({ events: [sent] })).toEqual([
      {
        id: ID.toLowerCase(),
        atMs: NOW.getTime() - 60_000,
        positionMs: 5_432,
        claim: [[0, 5_432]],
        body: JSON.stringify(sent),
      },
    ]);
    expect(parse({ events: [] })).toEqual([]);
  });

  it('joins and clips what was claimed', () => {
    const ranges = [[80, 1e308], [0, 2], [2, 3], [1e12, 1e13], [50, 50]]; // prettier-ignore
    expect(one({ ranges })?.claim).toEqual([
      [0, 3_000],
      [80_000, 90_000],
    ]);
    expect(one({ position: 1e308 })?.positionMs).toBe(90_000);
  });

  it('places events by the difference of the clocks, and never in the future', () => {
    const place = (sentAt: unknown, at = good.at) =>
      (parse({ sentAt, events: [{ ...good, at }] })[0]?.atMs ?? 0) - NOW.getTime();
    expect(place(undefined)).toBe(-60_000);
    expect(place('2027-01-15T09:00:00Z')).toBe(-60_000);
    expect(place('2027-01-15T10:00:00Z', '2027-01-15T09:50:00Z')).toBe(-600_000);
    expect(place('2027-01-15T08:00:00Z', '2027-01-15T07:50:00Z')).toBe(-600_000);
    expect(place(undefined, '2027-01-15T10:00:00Z')).toBe(0);
    expect(place('2027-01-15T08:00:00Z', '2027-01-15T08:30:00Z')).toBe(0);
  });

  it('takes times from 2020 on', () => {
    expect(ofEvent({ at: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(ofEvent({ at: '2019-12-31T23:59:59.999Z' })).toEqual(['/events/0/at not-an-instant']);
  });

  it.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['/events required']],
    ['null', null, ['/events required']],
    ['text', 'events', ['/events required']],
    ['a list', [{ events: [] }], ['/events required']],
    ['no list of events', { events: {} }, ['/events not-a-list']],
    ['null for events', { events: null }, ['/events not-a-list']],
    ['a clock in words', { sentAt: 'now', events: [] }, ['/sentAt not-an-instant']],
    ['a clock that is null', { sentAt: null, events: [] }, ['/sentAt not-an-instant']],
    ['both wrong', { sentAt: 1 }, ['/sentAt not-an-instant', '/events required']],
    ['too many events', { events: Array(MAX_EVENTS + 1).fill(good) }, ['/events too-many {"max":500}']],
    ['events that are none', { events: [7, null, [], 'x'] }, [0, 1, 2, 3].map((i) => `/events/${i} not-an-object`)],
  ])('is refused for %s', (_, body, expected) => expect(findings(body)).toEqual(expected)); // prettier-ignore

  it('takes as many events and stretches as are allowed', () => {
    expect(parse({ events: Array(MAX_EVENTS).fill(good) })).toHaveLength(MAX_EVENTS);
    expect(ofEvent({ ranges: Array(MAX_RANGES).fill([0, 1]) })).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ['no id', { id: undefined }, ['/events/0/id required']],
    ['an id that is none', { id: 'x' }, ['/events/0/id not-an-id']],
    ['no time', { at: undefined }, ['/events/0/at required']],
    ['a time that is null', { at: null }, ['/events/0/at not-an-instant']],
    ['no position', { position: undefined }, ['/events/0/position required']],
    ['a position that is text', { position: '5' }, ['/events/0/position not-a-number']],
    ['a position that is null', { position: null }, ['/events/0/position not-a-number']],
    ['a position of NaN', { position: NaN }, ['/events/0/position not-a-number']],
    ['an endless position', { position: Infinity }, ['/events/0/position not-a-number']],
    ['an endless position back', { position: -Infinity }, ['/events/0/position too-small']],
    ['a position before the start', { position: -0.001 }, ['/events/0/position too-small']],
    ['no stretches', { ranges: undefined }, ['/events/0/ranges required']],
    ['stretches that are none', { ranges: { 0: [0, 1] } }, ['/events/0/ranges not-a-list']],
    ['null for stretches', { ranges: null }, ['/events/0/ranges not-a-list']],
    ['too many stretches', { ranges: Array(MAX_RANGES + 1).fill([0, 1]) }, ['/events/0/ranges too-many {"max":100}']],
    ['a stretch of one edge', { ranges: [[1]] }, ['/events/0/ranges/0 not-a-range']],
    ['a stretch of three edges', { ranges: [[1, 2, 3]] }, ['/events/0/ranges/0 not-a-range']],
    ['a stretch that is an object', { ranges: [{ 0: 1, 1: 2, length: 2 }] }, ['/events/0/ranges/0 not-a-range']],
    ['a stretch without numbers', { ranges: [['a', null]] }, ['/events/0/ranges/0/0 not-a-number', '/events/0/ranges/0/1 not-a-number']],
    ['a stretch before the start', { ranges: [[-1, 5]] }, ['/events/0/ranges/0/0 too-small']],
    ['a stretch that ends before the start', { ranges: [[0, -5]] }, ['/events/0/ranges/0/1 too-small']],
    ['a stretch backwards', { ranges: [[9, 5]] }, ['/events/0/ranges/0 range-reversed']],
    ['a stretch backwards beyond the end', { ranges: [[900, 500]] }, ['/events/0/ranges/0 range-reversed']],
    ['the second of two stretches', { ranges: [[0, 1], [2]] }, ['/events/0/ranges/1 not-a-range']],
    ['NUL in a member we do not know', { note: ['a\0'] }, ['/events/0/note/0 not-unicode']],
  ])('is refused for an event with %s', (_, changes, expected) => expect(ofEvent(changes)).toEqual(expected)); // prettier-ignore

  it('is refused for an event too deep to be kept', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 30; level++) deep = [deep];
    expect(ofEvent({ deep })).toEqual(['/events/0 too-deep {"max":20}']);
  });

  it('names everything that is wrong, and keeps nothing', () => {
    const body = { events: [{ ...good, id: 1, position: -1 }, good, { ...good, ranges: [[2, 1]] }] };
    expect(findings(body)).toEqual([
      '/events/0/id not-an-id',
      '/events/0/position too-small',
      '/events/2/ranges/0 range-reversed',
    ]);
  });
});
