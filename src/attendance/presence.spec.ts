import fc from 'fast-check';
import { holds } from '../../test/support/property.js';
import { derivePresence, type PresenceEvent } from './presence.js';

/** Few instants and ids, so that ties and equal instants happen. */
const event: fc.Arbitrary<PresenceEvent> = fc
  .record({
    id: fc.integer({ min: 0, max: 11 }).map((n) => `id-${String(n).padStart(2, '0')}`),
    at: fc.integer({ min: 0, max: 4 }),
    correction: fc.boolean(),
    mark: fc.constantFrom('present' as const, 'partial' as const, 'absent' as const),
    length: fc.constantFrom(30, 60, 90),
    afterClose: fc.boolean(),
  })
  .map(({ length, ...one }) => ({
    ...one,
    minutes: one.mark === 'absent' ? 0 : one.mark === 'present' ? 180 : length,
  }));

/** A set by id, as the table of raw events holds it. */
const set = fc.uniqueArray(event, { selector: ({ id }) => id, maxLength: 12 });

const first = (id: string, more: Partial<PresenceEvent> = {}): PresenceEvent => ({
  id,
  at: 0,
  correction: false,
  mark: 'present',
  minutes: 180,
  afterClose: false,
  ...more,
});

describe('presence of a (person, unit)', () => {
  it('is nothing before anybody has said anything', () => expect(derivePresence([])).toBeUndefined());

  it('does not depend on the order of events', () => {
    const shuffled = set.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
      ),
    );
    holds(
      fc.property(shuffled, ([events, other]) =>
        expect(derivePresence(other)).toEqual(derivePresence(events)),
      ),
    );
  });

  it('does not change when events come again', () => {
    const repeated = set.chain((events) =>
      fc.tuple(fc.constant(events), fc.subarray(events), fc.subarray(events)),
    );
    holds(
      fc.property(repeated, ([events, again, once]) =>
        expect(derivePresence([...again, ...events, ...once])).toEqual(derivePresence(events)),
      ),
    );
  });

  it('is the same over any split into batches of several devices, merged in any order', () => {
    const batches = fc
      .array(fc.tuple(event, fc.integer({ min: 0, max: 3 })), { maxLength: 14 })
      .map((given) => {
        const known = new Map<string, [PresenceEvent, number]>();
        for (const [one, device] of given) if (!known.has(one.id)) known.set(one.id, [one, device]);
        return [...known.values()];
      });
    holds(
      fc.property(batches, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (given, order) => {
        const arrived = order.flatMap((device) =>
          given.filter(([, from]) => from === device).map(([one]) => one),
        );
        expect(derivePresence(arrived)).toEqual(derivePresence(given.map(([one]) => one)));
      }),
    );
  });

  it('is decided by the greatest (corrected time, id) of the corrections, if there is one', () => {
    holds(
      fc.property(set, (events) => {
        const [last] = events
          .filter(({ correction }) => correction)
          .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
        fc.pre(last !== undefined);
        expect(derivePresence(events)).toEqual({
          mark: last.mark,
          minutes: last.minutes,
          eventId: last.id,
          afterClose: last.afterClose,
        });
      }),
    );
  });

  it('is a presence if any event says so, without corrections; else an absence', () => {
    holds(
      fc.property(set, (all) => {
        const events = all.filter(({ correction }) => !correction);
        fc.pre(events.length > 0);
        const marks = events.map(({ mark }) => mark);
        const expected = marks.includes('present')
          ? 'present'
          : marks.includes('partial')
            ? 'partial'
            : 'absent';
        expect(derivePresence(events)?.mark).toBe(expected);
      }),
    );
  });

  it('gives a partial presence the most minutes that anybody gave it', () => {
    const events = [30, 90, 60].map((minutes, i) => first(`p${i}`, { mark: 'partial', minutes }));
    expect(derivePresence(events)).toMatchObject({ mark: 'partial', minutes: 90, eventId: 'p1' });
  });

  it('is a whole presence before a partial one of as many minutes', () => {
    const both = [first('a', { mark: 'partial' }), first('b')];
    expect(derivePresence(both)).toMatchObject({ mark: 'present' });
    expect(derivePresence(both.reverse())).toMatchObject({ mark: 'present' });
  });

  it('names the first of equal witnesses, so that a repetition after the close makes nobody late', () => {
    const early = first('b', { at: 1 });
    const late = first('a', { at: 2, afterClose: true });
    expect(derivePresence([late, early])).toMatchObject({ eventId: 'b', afterClose: false });
    expect(derivePresence([first('b'), first('a', { afterClose: true })])).toMatchObject({
      eventId: 'a',
      afterClose: true,
    });
    expect(derivePresence([late])).toMatchObject({ afterClose: true });
  });

  it('lets a correction to absence outweigh every presence', () => {
    const correction = first('c', { correction: true, mark: 'absent', minutes: 0, at: -5 });
    expect(derivePresence([first('a', { at: 9 }), correction])).toMatchObject({ mark: 'absent', minutes: 0 });
  });
});
