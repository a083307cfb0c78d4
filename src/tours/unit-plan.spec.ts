import { InvalidFields } from '../shared/errors/domain-error.js';
import { planUnits, shiftUnits, type UnitInput } from './unit-plan.js';

const DEFAULTS = { localDate: '2027-01-12' };
const plan = (inputs: UnitInput[], existing = planUnits([], [], DEFAULTS)) =>
  planUnits(inputs, existing, DEFAULTS);
const refused = (inputs: UnitInput[], existing = planUnits([], [], DEFAULTS)): string[] => {
  try {
    plan(inputs, existing);
    return [];
  } catch (error) {
    return (error as InvalidFields).errors.map(({ pointer, code }) => `${pointer} ${code}`);
  }
};

describe('units', () => {
  it('get the stop’s day, their instants, and numbers in the order of time', () => {
    const units = plan([
      { localStart: '14:00', localEnd: '17:00' },
      { localStart: '09:00', localEnd: '12:30' },
      { localDate: '2025-03-01', localStart: '09:00', localEnd: '10:00' },
    ]);
    expect(units.map(({ n, localDate, startsAt }) => [n, localDate, startsAt.toISOString()])).toEqual([
      [1, '2025-03-01', '2025-03-01T09:00:00.000Z'],
      [2, '2027-01-12', '2027-01-12T09:00:00.000Z'],
      [3, '2027-01-12', '2027-01-12T14:00:00.000Z'],
    ]);
  });

  it('may touch and not overlap; the later one in time is named', () => {
    expect(
      refused([
        { localStart: '09:00', localEnd: '12:00' },
        { localStart: '12:00', localEnd: '13:00' },
      ]),
    ).toEqual([]);
    expect(
      refused([
        { localStart: '11:59', localEnd: '13:00' },
        { localStart: '09:00', localEnd: '12:00' },
      ]),
    ).toEqual(['/units/0/localStart units-overlap']);
  });

  it('name every wrong value with its place', () => {
    expect(
      refused([
        { localStart: '9:00', localEnd: '12:00' },
        { localStart: '09:00', localEnd: '24:00' },
        { localDate: '2027-02-29', localStart: '09:00', localEnd: '10:00' },
        { localStart: '09:00', localEnd: '10:00', zone: 'Europe/Atlantis' },
        { localStart: '13:00', localEnd: '10:00' },
      ]),
    ).toEqual([
      '/units/0/localStart not-a-time',
      '/units/1/localEnd not-a-time',
      '/units/2/localDate not-a-date',
      '/units/3/zone not-a-zone',
      '/units/4/localEnd ends-before-start',
    ]);
  });

  it('keep their identity by id, number or place, and what is left out', () => {
    const before = plan([
      { localStart: '09:00', localEnd: '12:00', trainerIds: ['t'], roomId: 'r' },
      { localStart: '14:00', localEnd: '17:00' },
    ]);
    const [first, second] = before;
    const byNumber = plan([{ n: 2, localStart: '15:00', localEnd: '16:00' }], before);
    expect(byNumber).toMatchObject([{ id: second?.id, n: 1 }]);
    const byId = plan(
      [
        { id: second?.id ?? '', localStart: '08:00', localEnd: '08:30' },
        { id: first?.id ?? '', localStart: '09:00', localEnd: '11:00', roomId: null },
      ],
      before,
    );
    expect(byId).toMatchObject([{ id: second?.id }, { id: first?.id, trainerIds: ['t'], roomId: null }]);
    expect(refused([{ id: 'unknown', localStart: '08:00', localEnd: '08:30' }], before)).toEqual([
      '/units/0/id not-a-choice',
    ]);
    expect(
      refused(
        [
          { n: 1, localStart: '08:00', localEnd: '08:30' },
          { n: 1, localStart: '09:00', localEnd: '09:30' },
        ],
        before,
      ),
    ).toEqual(['/units/1 repeated']);
  });

  it('move together by days, and stretch at both ends', () => {
    const before = plan([
      { localStart: '09:00', localEnd: '12:00' },
      { localDate: '2027-01-13', localStart: '14:00', localEnd: '17:00' },
    ]);
    const moved = plan(
      shiftUnits(before, { localDate: '2027-01-30', localStart: '08:00', localEnd: '18:00' }),
      before,
    );
    expect(
      moved.map(({ id, localDate, localStart, localEnd }) => [id, localDate, localStart, localEnd]),
    ).toEqual([
      [before[0]?.id, '2027-01-30', '08:00', '12:00'],
      [before[1]?.id, '2027-01-31', '14:00', '18:00'],
    ]);
    expect(() => shiftUnits(before, { localDate: 'tomorrow' })).toThrow(InvalidFields);
  });
});
