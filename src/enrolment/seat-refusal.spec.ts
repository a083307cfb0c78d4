import { refusalOf } from './seat-refusal.js';
import type { WhyNot } from './take-seat.query.js';

const NOW = new Date('2027-03-01T09:00:00Z');
const LATER = new Date('2027-03-10T09:00:00Z');
const at = (offsetMs: number): Date => new Date(NOW.getTime() + offsetMs);

/** Nothing stands in the way. */
const FREE: WhyNot = {
  status: 'planned',
  startsAt: LATER,
  opensAt: at(-1000),
  closesAt: at(1000),
  isArchived: false,
  personStatus: 'active',
  hasConsent: true,
  mineId: null,
  mineStatus: null,
  minePosition: 0,
  otherId: null,
  otherCity: '',
  otherDate: '',
  otherStart: '',
};
const codeOf = (changes: Partial<WhyNot>): string | undefined =>
  refusalOf({ ...FREE, ...changes }, NOW)?.code;
const OTHER = { otherId: 'other', otherCity: 'larache', otherDate: '2027-03-10', otherStart: '14:00' };

describe('why a seat is not taken', () => {
  it('is nothing when nothing stands in the way', () => expect(codeOf({})).toBeUndefined());

  it.each<[string, Partial<WhyNot>]>([
    ['already-enrolled', { mineId: 'mine', mineStatus: 'booked' }],
    ['enrolment-session-cancelled', { status: 'cancelled' }],
    ['enrolment-session-closed', { status: 'closed' }],
    ['enrolment-session-undated', { startsAt: null }],
    ['enrolment-session-started', { startsAt: at(-1) }],
    ['enrolment-session-started', { startsAt: NOW }],
    ['enrolment-not-open', { isArchived: true }],
    ['enrolment-not-open', { opensAt: null }],
    ['enrolment-not-open', { opensAt: at(1) }],
    ['enrolment-not-open', { closesAt: at(-1) }],
    ['enrolment-not-open', { closesAt: NOW }],
    ['person-not-active', { personStatus: 'pending' }],
    ['training-consent-missing', { hasConsent: false }],
    ['overlapping-seat', OTHER],
  ])('%s for %j', (code, changes) => expect(codeOf(changes)).toBe(code));

  it.each<[string, Partial<WhyNot>]>([
    ['from the very millisecond of the opening', { opensAt: NOW }],
    ['until the millisecond before the closing', { closesAt: at(1) }],
    ['without an end', { closesAt: null }],
    ['until the millisecond before the start', { startsAt: at(1) }],
    ['with a booking that is over', { mineId: 'mine', mineStatus: null }],
    ['with a status of nothing', { mineId: null, mineStatus: 'booked' }],
  ])('is nothing %s', (_, changes) => expect(codeOf(changes)).toBeUndefined());

  it('tells the most telling reason first', () => {
    const order: Array<Partial<WhyNot>> = [
      { mineId: 'mine', mineStatus: 'waiting', minePosition: 3 },
      { status: 'cancelled' },
      { startsAt: null },
      { opensAt: null },
      { personStatus: 'pending' },
      { hasConsent: false },
      OTHER,
    ];
    const codes = order.map((_, i) => codeOf(Object.assign({}, ...order.slice(i)) as Partial<WhyNot>));
    expect(codes).toEqual([
      'already-enrolled',
      'enrolment-session-cancelled',
      'enrolment-session-undated',
      'enrolment-not-open',
      'person-not-active',
      'training-consent-missing',
      'overlapping-seat',
    ]);
  });

  it('shows the booking that is there, with its rank only while it waits', () => {
    const mine = (mineStatus: WhyNot['mineStatus']) =>
      refusalOf({ ...FREE, mineId: 'mine', mineStatus, minePosition: 7 }, NOW)?.facts;
    expect(mine('waiting')).toEqual({ booking: { id: 'mine', status: 'waiting', position: 7 } });
    expect(mine('booked')).toEqual({ booking: { id: 'mine', status: 'booked' } });
    expect(mine('offered')).toEqual({ booking: { id: 'mine', status: 'offered' } });
  });

  it('says when, and with what', () => {
    const factsOf = (changes: Partial<WhyNot>) => refusalOf({ ...FREE, ...changes }, NOW)?.facts;
    expect(factsOf({ startsAt: NOW })).toEqual({ startsAt: NOW.toISOString() });
    expect(factsOf({ opensAt: at(5), closesAt: LATER })).toEqual({
      opensAt: at(5).toISOString(),
      closesAt: LATER.toISOString(),
    });
    expect(factsOf(OTHER)).toEqual({
      session: { id: 'other', citySlug: 'larache', localDate: '2027-03-10', localStart: '14:00' },
    });
  });
});
