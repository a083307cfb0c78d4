import { ENROLMENT_STATUSES, isLive } from './enrolment-status.js';

describe('the status of an enrolment', () => {
  it('is live while a seat is held, offered or waited for', () => {
    expect(ENROLMENT_STATUSES.map((status) => [status, isLive(status)])).toEqual([
      ['booked', true],
      ['offered', true],
      ['waiting', true],
      ['cancelled', false],
      ['declined', false],
      ['expired', false],
    ]);
  });
});
