import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { dueReminder } from './seat-reminder.js';

/** February 2027: clocks show UTC; the 5th and the 12th are Fridays. */
const at = (text: string): Date => new Date(`2027-02-${text.replace(' ', 'T')}:00Z`);
const written = (instant: Date): string => instant.toISOString().slice(8, 16).replace('T', ' ');

describe('a reminder is due', () => {
  it.each([
    // A Wednesday afternoon.
    ['10 14:00', '07 13:59', undefined],
    ['10 14:00', '07 14:00', ['three-days', '07 14:00', '09 14:00']],
    ['10 14:00', '09 13:59', ['three-days', '07 14:00', '09 14:00']],
    ['10 14:00', '09 14:00', ['day', '09 14:00', '10 12:00']],
    ['10 14:00', '10 12:00', ['two-hours', '10 12:00', '10 14:00']],
    ['10 14:00', '10 14:00', undefined],
    // Early in the morning: two hours before is night, so the evening before.
    ['10 09:00', '09 19:58', ['day', '09 09:00', '09 19:59']],
    ['10 09:00', '09 19:59', ['two-hours', '09 19:59', '10 09:00']],
    ['10 09:00', '09 21:00', undefined],
    // Friday noon is quiet.
    ['06 13:00', '05 11:58', ['three-days', '03 13:00', '05 11:59']],
    ['06 13:00', '05 11:59', ['day', '05 11:59', '06 11:00']],
    ['06 13:00', '05 12:30', undefined],
    // Nothing ran for days: the last one only.
    ['10 14:00', '10 13:00', ['two-hours', '10 12:00', '10 14:00']],
  ] as Array<[string, string, [string, string, string] | undefined]>)(
    'for a start on %s at %s: %j',
    (startsAt, now, expected) => {
      const found = dueReminder(at(now), at(startsAt), DEFAULT_ZONE);
      expect(found && [found.step, written(found.due), written(found.staleAt)]).toEqual(expected);
    },
  );
});
