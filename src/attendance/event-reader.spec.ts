import { readEvent, readInstant } from './event-reader.js';

const ID = '0b9f6f5e-7a3c-4f0e-9d55-2f6f0c1f2a3b';
const WHO = '01994a3e-0000-7000-8000-000000000001';
const good = { id: ID, unit: 1, at: '2027-01-15T09:00:00Z', kind: 'present', enrolmentId: WHO };

describe('readInstant', () => {
  it.each([
    ['2027-01-15T09:00:00Z', 1800003600000],
    ['2027-01-15T10:00:00.500+01:00', 1800003600500],
    ['2027-01-15T09:00Z', 1800003600000],
    ['1970-01-01T00:00:00Z', 0],
  ])('%s', (text, ms) => expect(readInstant(text)).toBe(ms));

  it.each([
    undefined,
    null,
    1800003600000,
    Number.NaN,
    '',
    'now',
    '2027-01-15',
    '2027-01-15T09:00:00',
    '2027-02-30T09:00:00Z',
    '2027-01-15T25:00:00Z',
    '+275760-09-13T00:00:00Z',
    '9999-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    ' 2027-01-15T09:00:00Z',
    '2027-01-15T09:00:00Z, or so',
    ['2027-01-15T09:00:00Z'],
  ])('%j is none', (value) => expect(readInstant(value)).toBeUndefined());
});

describe('readEvent', () => {
  it('reads a mark', () =>
    expect(readEvent({ ...good, note: 'kept elsewhere' })).toEqual({
      id: ID,
      at: 1800003600000,
      correction: false,
      mark: 'present',
      unit: 1,
      enrolmentId: WHO,
    }));

  it('takes ids in capitals for the same ids', () =>
    expect(
      readEvent({ ...good, id: ID.toUpperCase(), enrolmentId: WHO.toUpperCase(), unit: WHO.toUpperCase() }),
    ).toMatchObject({
      id: ID,
      enrolmentId: WHO,
      unit: WHO,
    }));

  it('reads corrections and minutes', () => {
    expect(readEvent({ ...good, kind: 'correction', value: 'absent', minutes: 10 })).toMatchObject({
      correction: true,
      mark: 'absent',
    });
    expect(readEvent({ ...good, kind: 'correction', value: 'partial', minutes: 40.9 })).toMatchObject({
      mark: 'partial',
      minutes: 40,
    });
    expect(readEvent({ ...good, kind: 'partial', value: 45 })).toMatchObject({
      correction: false,
      mark: 'partial',
      minutes: 45,
    });
    expect(readEvent({ ...good, kind: 'partial', minutes: 1 })).toMatchObject({ minutes: 1 });
    expect(readEvent({ ...good, kind: 'partial', value: null })).not.toHaveProperty('minutes');
    expect(readEvent({ ...good, kind: 'present', value: 'whatever' })).not.toHaveProperty('minutes');
  });

  it('reads a spoken code in groups and in Arabic digits, and leaves a scanned pass alone', () => {
    const by = (pass: string) => readEvent({ ...good, enrolmentId: undefined, pass });
    expect(by('1234 5674')).toMatchObject({ pass: '12345674' });
    expect(by('١٢٣٤-٥٦٧٤')).toMatchObject({ pass: '12345674' });
    expect(by(' Q1.a-b.c ')).toMatchObject({ pass: 'Q1.a-b.c' });
    for (const pass of ['1234 5674 x', 'x 1234 5674']) expect(by(pass)).toMatchObject({ pass });
  });

  it('takes whom an event names before somebody who walked in', () => {
    const walkIn = { name: 'Hakima Bennis', consent: 'heard' };
    expect(readEvent({ ...good, walkIn })).toMatchObject({ enrolmentId: WHO });
    expect(readEvent({ ...good, walkIn })).not.toHaveProperty('walkIn');
    const scanned = readEvent({ ...good, enrolmentId: undefined, pass: '12345674', walkIn });
    expect(scanned).toMatchObject({ pass: '12345674' });
    expect(scanned).not.toHaveProperty('walkIn');
  });

  it('looks at minutes of a partial presence only', () => {
    for (const minutes of [0, -1, 'half', Number.NaN])
      expect(readEvent({ ...good, minutes })).toEqual(readEvent(good));
  });

  it('reads somebody who walked in', () => {
    const walkIn = { name: '  Hakima Bennis ', phone: '06 12', consent: 'heard' };
    expect(readEvent({ ...good, enrolmentId: undefined, kind: 'walkIn', walkIn })).toMatchObject({
      correction: false,
      mark: 'present',
      walkIn: { name: { fr: { given: 'Hakima', family: 'Bennis' } }, phone: '06 12', consent: 'heard' },
    });
    expect(readEvent({ ...good, enrolmentId: undefined, walkIn })).toMatchObject({
      walkIn: { consent: 'heard' },
    });
  });

  it('takes the longest pass and name', () => {
    expect(readEvent({ ...good, pass: '1'.repeat(300) })).toHaveProperty('pass');
    const walkIn = { name: { ar: { given: 'حكيمة', family: 'x'.repeat(100) } }, consent: 'read' };
    expect(readEvent({ ...good, kind: 'walkIn', walkIn })).toMatchObject({ walkIn });
    expect(readEvent({ ...good, minutes: null, kind: 'partial' })).not.toHaveProperty('minutes');
  });

  it.each([
    ['not-an-object', null],
    ['not-an-object', 'text'],
    ['not-an-object', [good]],
    ['not-an-object', 7],
    ['bad-id', { ...good, id: undefined }],
    ['bad-id', { ...good, id: 'x' }],
    ['bad-id', { ...good, id: { toString: 'x' } }],
    ['bad-time', { ...good, at: '2027-13-01T00:00:00Z' }],
    ['bad-time', { ...good, at: 1e308 }],
    ['bad-kind', { ...good, kind: 'here' }],
    ['bad-kind', { ...good, kind: undefined }],
    ['bad-kind', { ...good, kind: '__proto__' }],
    ['bad-value', { ...good, kind: 'correction' }],
    ['bad-value', { ...good, kind: 'correction', value: 'gone' }],
    ['bad-value', { ...good, kind: 'partial', value: 'half' }],
    ['bad-value', { ...good, kind: 'partial', value: 0 }],
    ['bad-value', { ...good, kind: 'partial', value: -5 }],
    ['bad-value', { ...good, kind: 'partial', value: Number.NaN }],
    ['bad-value', { ...good, kind: 'partial', value: Number.POSITIVE_INFINITY }],
    ['unit-unknown', { ...good, unit: undefined }],
    ['unit-unknown', { ...good, unit: {} }],
    ['who-missing', { ...good, enrolmentId: undefined }],
    ['enrolment-unknown', { ...good, enrolmentId: 5 }],
    ['enrolment-unknown', { ...good, enrolmentId: 'me' }],
    ['pass-invalid', { ...good, pass: 12345674 }],
    ['pass-invalid', { ...good, pass: '1'.repeat(301) }],
    ['walk-in-incomplete', { ...good, kind: 'walkIn' }],
    ['walk-in-incomplete', { ...good, kind: 'walkIn', walkIn: { name: ' ', consent: 'heard' } }],
    [
      'walk-in-incomplete',
      { ...good, kind: 'walkIn', walkIn: { name: `A ${'x'.repeat(101)}`, consent: 'heard' } },
    ],
    ['walk-in-incomplete', { ...good, kind: 'walkIn', walkIn: { name: 'A B', phone: 6, consent: 'heard' } }],
    ['walk-in-without-consent', { ...good, kind: 'walkIn', walkIn: { name: 'A B' } }],
    ['walk-in-without-consent', { ...good, kind: 'walkIn', walkIn: { name: 'A B', consent: true } }],
  ])('%s', (why, raw) => expect(readEvent(raw)).toEqual({ why }));
});
