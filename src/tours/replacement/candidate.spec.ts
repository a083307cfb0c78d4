import { type Candidate, judgeCandidates, type OwnUnit, type TaughtUnit } from './candidate.js';

const ROADS = [
  { from: 'tanger', to: 'tetouan', minutes: 60, km: 60 },
  { from: 'chefchaouen', to: 'tetouan', minutes: 70, km: 64 },
  { from: 'larache', to: 'tanger', minutes: 70, km: 87 },
];
const DAY = '2027-03-02';
const NOW = new Date('2027-03-01T09:00:00Z');

function unit(city: string | null, from: string, to: string, localDate = DAY): TaughtUnit {
  const at = (time: string) => new Date(`${localDate}T${time}:00Z`);
  return { city, localDate, localStart: from, localEnd: to, startsAt: at(from), endsAt: at(to) };
}
const own = (...given: Parameters<typeof unit>): OwnUnit => ({ ...unit(...given), isOpen: true });
function somebody(name: string, over: Partial<Candidate> = {}): Candidate {
  return { id: name, name, home: 'tanger', isQualified: true, daysOff: [], units: [], ...over };
}
const AFTERNOON = unit('tetouan', '14:00', '17:00');
const judge = (candidates: Candidate[], wanted = [AFTERNOON], now = NOW) =>
  judgeCandidates(candidates, wanted, { roads: ROADS, now });

describe('who can step in', () => {
  it('is sorted by the minutes that it adds to their road, both ways', () => {
    const { listed, notListed } = judge([
      somebody('far', { home: 'larache' }),
      somebody('near', { home: 'tetouan' }),
      somebody('on the way', { units: [own('chefchaouen', '08:00', '11:00')] }),
      somebody('from home'),
    ]);
    expect(notListed).toEqual([]);
    // From Chefchaouen home it is 130 by way of Tétouan: stopping there adds nothing.
    expect(listed.map(({ name, addedMinutes, estimated }) => [name, addedMinutes, estimated])).toEqual([
      ['near', 0, false],
      ['on the way', 0, true],
      ['from home', 120, false],
      ['far', 260, true],
    ]);
    expect(listed.map(({ from, isFromHome }) => [from, isFromHome])).toEqual([
      ['tetouan', true],
      ['chefchaouen', false],
      ['tanger', true],
      ['larache', true],
    ]);
  });

  it('needs the road and half an hour after the class before, to the minute', () => {
    const ends = (time: string) => somebody('x', { units: [own('tanger', '08:00', time)] });
    expect(judge([ends('12:30')]).listed).toHaveLength(1);
    expect(judge([ends('12:31')]).notListed[0]?.why).toEqual([
      { code: 'cannot-arrive', from: 'tanger', needed: 90, available: 89, estimated: false },
    ]);
    // In the same city the room is round the corner.
    expect(judge([somebody('x', { units: [own('tetouan', '10:00', '14:00')] })]).listed).toHaveLength(1);
  });

  it('must reach the next class as well', () => {
    const next = (from: string) => somebody('x', { units: [own('tanger', from, '21:00')] });
    expect(judge([next('18:30')]).listed).toHaveLength(1);
    expect(judge([next('18:29')]).notListed[0]?.why).toEqual([
      { code: 'cannot-go-on', to: 'tanger', needed: 90, available: 89, estimated: false },
    ]);
  });

  it('leaves home now at the earliest', () => {
    const at = (now: string) => judge([somebody('x')], [AFTERNOON], new Date(`${DAY}T${now}:00Z`));
    expect(at('12:30').listed).toHaveLength(1);
    expect(at('12:31').notListed[0]?.why).toMatchObject([{ code: 'cannot-arrive', available: 89 }]);
  });

  it('is nobody who teaches then, is away, is not qualified, or of whom nobody knows where they are', () => {
    const { listed, notListed } = judge([
      somebody('a busy', { units: [own('tetouan', '16:59', '18:00')] }),
      somebody('b away', { daysOff: [{ from: '2027-03-01', to: DAY }] }),
      somebody('c not qualified', { isQualified: false }),
      somebody('d unknown', { home: null }),
      somebody('e no road', { home: 'targuist' }),
      somebody('f everything', {
        isQualified: false,
        daysOff: [{ from: DAY, to: DAY }],
        units: [own('tanger', '12:00', '13:59')],
      }),
    ]);
    expect(listed).toEqual([]);
    expect(notListed.map(({ why }) => why)).toEqual([
      [{ code: 'busy', date: DAY, from: '16:59', to: '18:00' }],
      [{ code: 'day-off', date: DAY }],
      [{ code: 'not-qualified' }],
      [{ code: 'start-unknown' }],
      [{ code: 'road-unknown', from: 'targuist', to: 'tetouan' }],
      [
        { code: 'not-qualified' },
        { code: 'day-off', date: DAY },
        { code: 'cannot-arrive', from: 'tanger', needed: 90, available: 1, estimated: false },
      ],
    ]);
  });

  it('may come from a class without a known home, and back to back in time', () => {
    const { listed } = judge([somebody('x', { home: null, units: [own('chefchaouen', '09:00', '12:20')] })]);
    expect(listed).toMatchObject([{ addedMinutes: 70, from: 'chefchaouen', isFromHome: false }]);
  });

  it('does not say where a class of somebody else is', () => {
    const hidden = (to: string) =>
      somebody('x', { units: [{ ...own('tanger', '08:00', to), isOpen: false }] });
    expect(judge([hidden('11:00')]).listed).toMatchObject([{ from: null, isFromHome: false }]);
    // By the roads it is 260: exact minutes to Larache would give Chefchaouen away.
    const units = [{ ...own('chefchaouen', '08:00', '09:00'), isOpen: false }];
    const farther = judge([somebody('y', { home: 'tetouan', units })], [unit('larache', '14:00', '17:00')]);
    expect(farther.listed).toMatchObject([{ from: null, addedMinutes: 270 }]);
    expect(judge([hidden('13:00')]).notListed[0]?.why).toMatchObject([{ code: 'cannot-arrive', from: null }]);
  });

  it('has no road for a session at a distance', () => {
    const wanted = [unit(null, '14:00', '17:00')];
    const { listed } = judge([somebody('x', { home: null })], wanted);
    expect(listed).toEqual([
      { id: 'x', name: 'x', addedMinutes: 0, estimated: false, from: null, isFromHome: false },
    ]);
    expect(judge([somebody('y', { units: [own('tanger', '13:00', '15:00')] })], wanted).listed).toEqual([]);
  });

  it('goes through the nights of a session of several days', () => {
    const wanted = [AFTERNOON, unit('tetouan', '09:00', '12:00', '2027-03-03')];
    expect(judge([somebody('x')], wanted).listed).toMatchObject([{ addedMinutes: 120 }]);
    const between = somebody('y', { units: [own('tanger', '18:00', '20:00')] });
    expect(judge([between], wanted).notListed[0]?.why).toMatchObject([
      { code: 'cannot-go-on', needed: 90, available: 60 },
    ]);
  });
});
