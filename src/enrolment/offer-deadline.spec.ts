import { mayTakeFree, offerDeadline } from './offer-deadline.js';

const ZONE = 'Africa/Casablanca';
const FAR = new Date('2027-06-30T09:00:00Z');
const deadline = (now: string, start: Date | string = FAR): string | undefined =>
  offerDeadline(new Date(now), new Date(start), ZONE)?.toISOString();

describe('the end of an offer', () => {
  // 2027-03-08 is a Monday; Morocco keeps UTC all year.
  it('is 24 waking hours later', () => {
    expect(deadline('2027-03-08T10:00:00Z')).toBe('2027-03-10T12:00:00.000Z');
  });

  it('begins to count at nine when it is made at night', () => {
    expect(deadline('2027-03-08T02:00:00Z')).toBe('2027-03-10T11:00:00.000Z');
    expect(deadline('2027-03-08T20:00:00Z')).toBe('2027-03-11T11:00:00.000Z');
    expect(deadline('2027-03-08T22:30:00Z')).toBe('2027-03-11T11:00:00.000Z');
  });

  it('may fall on the last waking minute, and is not put off to the morning then', () => {
    expect(deadline('2027-03-08T18:00:00Z')).toBe('2027-03-10T20:00:00.000Z');
  });

  it('stands still on Friday at noon', () => {
    // Thursday 9:00 to 20:00 are 11 h, Friday 8.5 h, Saturday 4.5 h.
    expect(deadline('2027-03-11T09:00:00Z')).toBe('2027-03-13T13:30:00.000Z');
  });

  it('is never later than two hours before the start', () => {
    expect(deadline('2027-03-08T10:00:00Z', '2027-03-09T09:00:00Z')).toBe('2027-03-09T07:00:00.000Z');
  });

  it('is none when less than half an hour would be left', () => {
    expect(deadline('2027-03-09T06:30:00Z', '2027-03-09T09:00:00Z')).toBe('2027-03-09T07:00:00.000Z');
    expect(deadline('2027-03-09T06:30:01Z', '2027-03-09T09:00:00Z')).toBeUndefined();
    expect(deadline('2027-03-09T10:00:00Z', '2027-03-09T09:00:00Z')).toBeUndefined();
  });

  it('follows the clocks of the year before Morocco left GMT+1', () => {
    // 9:00Z was 10:00 in Tangier: 10 h on Monday, 11 h on Tuesday, 3 h on Wednesday.
    expect(offerDeadline(new Date('2021-12-06T09:00:00Z'), FAR, ZONE)?.toISOString()).toBe(
      '2021-12-08T11:00:00.000Z',
    );
  });
});

describe('a free seat close to the start', () => {
  const at = (now: string): boolean => mayTakeFree(new Date(now), new Date('2027-03-09T09:00:00Z'), ZONE);

  it('is for who asks first, between the last offer and the start', () => {
    expect([
      at('2027-03-09T06:00:00Z'),
      at('2027-03-09T07:00:00Z'),
      at('2027-03-09T08:59:59Z'),
      at('2027-03-09T09:00:00Z'),
    ]).toEqual([false, true, true, false]);
  });
});
