import { roomCodeRefusal } from './room-code.policy.js';

const units = [
  { startsAt: '2027-01-15T08:00:00Z', endsAt: '2027-01-15T11:00:00Z' },
  { startsAt: '2027-01-16T13:00:00Z', endsAt: '2027-01-16T15:30:00Z' },
].map((unit, i) => ({
  ...{ id: String(i), n: i + 1, localDate: '', localStart: '', localEnd: '', zone: 'Africa/Casablanca' },
  ...unit,
}));
const PROVED = { isVerified: true };
const UNPROVED = { isVerified: false };
const whyNot = (
  at: string,
  { status = 'planned' as const, atDoor = false, phones = [PROVED] }: Partial<Given> = {},
): string | undefined => roomCodeRefusal({ session: { status, units }, atDoor, phones }, new Date(at))?.code;

interface Given {
  status: 'planned' | 'closed' | 'cancelled';
  atDoor: boolean;
  phones: Array<{ isVerified: boolean }>;
}

describe('a code of the room', () => {
  it.each([
    ['2026-12-16T07:59:59.999Z', 'room-code-not-now'],
    ['2026-12-16T08:00:00Z', undefined],
    ['2027-01-15T12:00:00Z', undefined],
    ['2027-01-17T15:30:00Z', undefined],
    ['2027-01-17T15:30:00.001Z', 'room-code-not-now'],
  ])('is shown from thirty days before to a day after: at %s %s', (at, code) => {
    expect(whyNot(at)).toBe(code);
  });

  it('is shown at a closed session, and at no cancelled one', () => {
    const at = '2027-01-15T12:00:00Z';
    expect([whyNot(at, { status: 'closed' }), whyNot(at, { status: 'cancelled' })]).toEqual([
      undefined,
      'room-code-not-now',
    ]);
  });

  it('needs a number, and at the door one that nobody proved before', () => {
    const at = '2027-01-15T12:00:00Z';
    expect(whyNot(at, { phones: [] })).toBe('room-code-needs-phone');
    expect(whyNot(at, { atDoor: true, phones: [UNPROVED] })).toBeUndefined();
    expect(whyNot(at, { atDoor: true, phones: [UNPROVED, PROVED] })).toBe('room-code-number-proved');
  });
});
