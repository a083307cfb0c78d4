import { type Candidate, digestOf, planMoves, type Room } from './seat-move.plan.js';

let n = 0;
const one = (from: Candidate['from'], changes: Partial<Candidate> = {}): Candidate => {
  n += 1;
  return { enrolmentId: `e${n}`, personId: `p${n}`, from, isThere: false, isElsewhere: false, ...changes };
};
const room = (changes: Partial<Room> = {}): Room => ({
  ...{ seatsLeft: 10, canOffer: true, mayWait: false, mayLoseSeat: false },
  ...changes,
});
const outcomes = (candidates: Candidate[], changes: Partial<Room> = {}) =>
  planMoves(candidates, room(changes)).map(({ to, why }) => to ?? why);

describe('a plan of moves', () => {
  it('gives a seat for a seat and an offer for a place in the queue, in the order given', () => {
    expect(outcomes([one('booked'), one('offered'), one('waiting')])).toEqual([
      'booked',
      'offered',
      'offered',
    ]);
  });

  it('never gives more than there are seats', () => {
    const people = [one('booked'), one('booked'), one('waiting')];
    expect(outcomes(people, { seatsLeft: 2 })).toEqual(['booked', 'booked', 'full']);
    expect(outcomes(people, { seatsLeft: 0 })).toEqual(['full', 'full', 'full']);
  });

  it('leaves whoever is there already or sits elsewhere, and spends no seat on them', () => {
    const people = [one('booked', { isThere: true }), one('booked', { isElsewhere: true }), one('booked')];
    expect(outcomes(people, { seatsLeft: 1 })).toEqual(['already-enrolled', 'overlapping-seat', 'booked']);
  });

  it('takes a seat from nobody for a place in the queue, unless their session is called off', () => {
    const people = [one('booked'), one('waiting')];
    expect(outcomes(people, { seatsLeft: 0, mayWait: true })).toEqual(['full', 'waiting']);
    expect(outcomes(people, { seatsLeft: 0, mayWait: true, mayLoseSeat: true })).toEqual([
      'waiting',
      'waiting',
    ]);
  });

  it('offers nothing when it is too late to answer; seats go on', () => {
    const people = [one('waiting'), one('booked')];
    expect(outcomes(people, { canOffer: false })).toEqual(['too-late', 'booked']);
    expect(outcomes(people, { canOffer: false, mayWait: true })).toEqual(['waiting', 'booked']);
  });

  it('has another name when anything of it differs', () => {
    const people = [one('booked'), one('booked')];
    const plan = digestOf(planMoves(people, room()));
    expect(digestOf(planMoves(people, room()))).toBe(plan);
    expect(digestOf(planMoves(people, room({ seatsLeft: 1 })))).not.toBe(plan);
    expect(digestOf(planMoves(people.slice(1), room()))).not.toBe(plan);
  });
});
