import { readEvent } from '../event-reader.js';
import { eventOfForm } from './form-event.js';

const WHO = '01994a3e-0000-7000-8000-000000000001';
const made = { id: '0b9f6f5e-7a3c-4f0e-9d55-2f6f0c1f2a3b', at: new Date('2027-01-15T09:00:00Z') };
const nobody = () => undefined;

describe('the event of a form', () => {
  it('is a mark the first time, a correction when it changes, nothing when it stands', () => {
    const tap = (mark: string, known?: 'present' | 'absent') =>
      eventOfForm({ unit: 1, tap: `${WHO}:${mark}` }, made, () => known);
    expect(tap('present')).toEqual({
      id: made.id,
      at: '2027-01-15T09:00:00.000Z',
      unit: 1,
      kind: 'present',
      enrolmentId: WHO,
    });
    expect(tap('absent', 'present')).toMatchObject({ kind: 'correction', value: 'absent' });
    expect(tap('present', 'absent')).toMatchObject({ kind: 'correction', value: 'present' });
    expect(tap('present', 'present')).toBeUndefined();
  });

  it('carries minutes of a partial presence, the card seen and the reason', () => {
    const form = {
      unit: 2,
      enrolmentId: WHO,
      mark: 'partial' as const,
      minutes: 45,
      idSeen: '1',
      reason: 'partie tôt',
    };
    const more = { minutes: 45, idSeen: true, reason: 'partie tôt' };
    expect(eventOfForm(form, made, nobody)).toMatchObject({ kind: 'partial', ...more });
    expect(eventOfForm(form, made, () => 'partial')).toMatchObject({
      kind: 'correction',
      value: 'partial',
      ...more,
    });
    expect(eventOfForm({ ...form, mark: 'present' }, made, nobody)).not.toHaveProperty('minutes');
  });

  it('is a pass or somebody who walked in', () => {
    expect(eventOfForm({ unit: 1, pass: '1234 5674' }, made, nobody)).toMatchObject({
      kind: 'present',
      pass: '1234 5674',
    });
    expect(
      eventOfForm({ unit: 1, given: 'Hakima', family: 'Bennis', phone: '06', consent: 'read' }, made, nobody),
    ).toMatchObject({
      kind: 'walkIn',
      walkIn: { name: { given: 'Hakima', family: 'Bennis' }, phone: '06', consent: 'read' },
    });
  });

  it('is nothing without a person or a mark', () => {
    expect(eventOfForm({ unit: 1 }, made, nobody)).toBeUndefined();
    expect(eventOfForm({ unit: 1, enrolmentId: WHO }, made, nobody)).toBeUndefined();
    expect(eventOfForm({ unit: 1, mark: 'present' }, made, nobody)).toBeUndefined();
  });

  it('is always one that the server reads', () => {
    const forms = [
      { tap: `${WHO}:absent` },
      { enrolmentId: WHO, mark: 'partial' as const, minutes: 3 },
      { pass: 'x' },
    ];
    for (const known of [undefined, 'present' as const])
      for (const form of forms)
        expect(readEvent(eventOfForm({ unit: 1, ...form }, made, () => known))).not.toHaveProperty('why');
  });
});
