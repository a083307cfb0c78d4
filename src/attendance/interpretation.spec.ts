import {
  enrolmentsOf,
  interpret,
  passesOf,
  type ReceivedEvent,
  type SessionFacts,
} from './interpretation.js';

const ID = '0b9f6f5e-7a3c-4f0e-9d55-2f6f0c1f2a3b';
const ENROLMENT = '01994a3e-0000-7000-8000-000000000001';
const OTHER = '01994a3e-0000-7000-8000-000000000002';
const UNIT = '01994a3e-0000-7000-8000-00000000000a';
const at = (time: string): Date => new Date(`2027-01-15T${time}Z`);

const session: SessionFacts = {
  sessionId: 'here',
  notHeldSince: null,
  units: [
    { id: UNIT, n: 1, minutes: 181 },
    { id: '01994a3e-0000-7000-8000-00000000000b', n: 2, minutes: 150 },
  ],
  closings: [],
  enrolments: new Map([
    [ENROLMENT, { personId: 'fatima', status: 'booked' }],
    [OTHER, { personId: 'idriss', status: 'waiting' }],
  ]),
  passes: new Map([
    ['mine', { enrolmentId: ENROLMENT, sessionId: 'here', citySlug: 'tetouan', localDate: '2027-01-15' }],
    ['theirs', { enrolmentId: 'x', sessionId: 'there', citySlug: 'mdiq', localDate: null }],
  ]),
};

const body = { id: ID, unit: 1, at: '2027-01-15T09:00:00Z', kind: 'present', enrolmentId: ENROLMENT };
const without = { ...body, enrolmentId: undefined };
const received = (more: Partial<ReceivedEvent> & { body?: unknown } = {}): ReceivedEvent => ({
  id: ID,
  body,
  skewMs: 0,
  receivedAt: at('09:01:00'),
  enrolmentId: null,
  flag: null,
  recordedBy: null,
  ...more,
});

describe('what an event means in its session', () => {
  it('is who, which half-day, what and when on the server’s clock', () => {
    expect(interpret(received({ skewMs: -90_000 }), session)).toEqual({
      id: ID,
      review: null,
      enrolmentId: ENROLMENT,
      personId: 'fatima',
      unitId: UNIT,
      mark: 'present',
      correction: false,
      minutes: 181,
      happenedAt: at('08:58:30'),
      afterClose: false,
      flag: null,
    });
  });

  it('names a half-day by id or number', () => {
    for (const unit of [UNIT, UNIT.toUpperCase(), 1, '1'])
      expect(interpret(received({ body: { ...body, unit } }), session)).toMatchObject({ unitId: UNIT });
    for (const unit of [3, 0, '', 'x', 1.5])
      expect(interpret(received({ body: { ...body, unit } }), session)).toMatchObject({
        review: 'unit-unknown',
      });
  });

  it('counts minutes: the unit, those given, half, none', () => {
    const minutes = (more: object) =>
      (interpret(received({ body: { ...body, ...more } }), session) as { minutes?: number }).minutes;
    expect(minutes({})).toBe(181);
    expect(minutes({ kind: 'absent' })).toBe(0);
    expect(minutes({ kind: 'partial' })).toBe(90);
    expect(minutes({ kind: 'partial', value: 45 })).toBe(45);
    expect(minutes({ kind: 'partial', value: 100_000 })).toBe(181);
    expect(minutes({ kind: 'correction', value: 'partial', minutes: 20 })).toBe(20);
  });

  it('knows whom a pass means, and trusts what was understood before', () => {
    const by = (pass: string, more: object = {}) =>
      interpret(received({ body: { ...without, ...more, pass } }), session);
    expect(by('mine')).toMatchObject({ personId: 'fatima' });
    expect(by('mine', { enrolmentId: ENROLMENT })).toMatchObject({ personId: 'fatima' });
    expect(by('mine', { enrolmentId: OTHER })).toMatchObject({ review: 'pass-mismatch' });
    expect(by('nobody')).toMatchObject({ review: 'pass-invalid', facts: {} });
    expect(by('theirs')).toMatchObject({
      review: 'pass-of-another-session',
      facts: { city: 'mdiq', date: '' },
    });
    expect(
      interpret(received({ body: { ...without, pass: 'forgotten' }, enrolmentId: ENROLMENT }), session),
    ).toMatchObject({ personId: 'fatima' });
  });

  it('gives back who stands at the door without a seat, and counts them once they have one', () => {
    const name = { fr: { given: 'Hakima', family: 'Bennis' } };
    const atTheDoor = received({ body: { ...without, kind: 'walkIn', walkIn: { name, consent: 'read' } } });
    expect(interpret(atTheDoor, session)).toEqual({ id: ID, walkIn: { name, consent: 'read' } });
    expect(interpret({ ...atTheDoor, enrolmentId: ENROLMENT }, session)).toMatchObject({
      personId: 'fatima',
    });
    // Nobody gets a seat by an event that would not count.
    const cancelled = { ...session, notHeldSince: at('08:00:00') };
    expect(interpret(atTheDoor, cancelled)).toMatchObject({ review: 'session-cancelled' });
    const closings = [{ closedAt: at('08:59:00'), reopenedAt: null }];
    expect(interpret(atTheDoor, { ...session, closings })).toMatchObject({ review: 'after-close' });
  });

  it('leaves to a person what it cannot place', () => {
    const review = (more: Partial<ReceivedEvent>, facts = session) => interpret(received(more), facts);
    expect(review({ body: { unstorable: null } })).toEqual({ id: ID, review: 'not-storable', facts: {} });
    expect(review({ body: null })).toMatchObject({ review: 'not-an-object' });
    expect(review({ id: OTHER })).toMatchObject({ review: 'id-used-elsewhere' });
    expect(review({ body: { ...body, enrolmentId: UNIT } })).toMatchObject({ review: 'enrolment-unknown' });
    const years = (n: number) => n * 366 * 86_400_000;
    expect(review({ skewMs: -years(28) })).toMatchObject({ review: 'bad-time' });
    expect(review({ skewMs: years(173) })).toMatchObject({ review: 'bad-time' });
    expect(review({ skewMs: years(100) })).toMatchObject({ review: null });
  });

  it('takes years 2000 to 2199 and no other', () => {
    const placed = (ms: number) => interpret(received({ skewMs: ms - Date.parse(body.at) }), session);
    expect(placed(Date.UTC(2000, 0, 1))).toMatchObject({ review: null });
    expect(placed(Date.UTC(2000, 0, 1) - 1)).toMatchObject({ review: 'bad-time' });
    expect(placed(Date.UTC(2200, 0, 1) - 1)).toMatchObject({ review: null });
    expect(placed(Date.UTC(2200, 0, 1))).toMatchObject({ review: 'bad-time' });
  });

  it('does not count in a session that was cancelled when it came', () => {
    const cancelled = (time: string) => interpret(received(), { ...session, notHeldSince: at(time) });
    expect(cancelled('09:00:59')).toMatchObject({ review: 'session-cancelled' });
    expect(cancelled('09:01:00')).toMatchObject({ review: 'session-cancelled' });
    expect(cancelled('09:01:01')).toMatchObject({ review: null });
  });

  it('is judged by the closing that was in force when it came', () => {
    const closed = (closedAt: string, reopenedAt: string | null, more: Partial<ReceivedEvent> = {}) =>
      interpret(received({ receivedAt: at('12:00:00'), ...more }), {
        ...session,
        closings: [{ closedAt: at(closedAt), reopenedAt: reopenedAt === null ? null : at(reopenedAt) }],
      });
    expect(closed('10:00:00', null)).toMatchObject({ review: null, afterClose: true });
    expect(closed('09:00:01', null)).toMatchObject({ review: null, afterClose: true });
    expect(closed('09:00:00', null)).toMatchObject({ review: 'after-close' });
    expect(closed('08:00:00', null)).toMatchObject({ review: 'after-close' });
    expect(closed('08:00:00', '11:59:59')).toMatchObject({ review: null, afterClose: false });
    expect(closed('08:00:00', '12:00:00')).toMatchObject({ review: 'after-close' });
    expect(closed('08:00:00', '12:00:01')).toMatchObject({ review: 'after-close' });
    expect(closed('12:00:00', null)).toMatchObject({ review: null, afterClose: false });
    expect(closed('13:00:00', null)).toMatchObject({ review: null, afterClose: false });
  });

  it('flags whoever came without a seat, and keeps a flag it had', () => {
    const about = (more: object, flag: ReceivedEvent['flag'] = null) =>
      interpret(received({ body: { ...body, ...more }, flag }), session);
    expect(about({ enrolmentId: OTHER })).toMatchObject({ review: null, flag: 'without-seat' });
    expect(about({ enrolmentId: OTHER, kind: 'absent' })).toMatchObject({ flag: null });
    expect(about({ enrolmentId: OTHER }, 'clock-changed')).toMatchObject({ flag: 'clock-changed' });
    expect(about({}, 'clock-changed')).toMatchObject({ flag: 'clock-changed' });
  });
});

describe('what is to be looked up for events', () => {
  const events = [
    received({ body: { ...body, pass: 'mine' } }),
    received({ body: { ...without, pass: 'theirs' }, enrolmentId: OTHER }),
    received({ body: 'nothing' }),
  ];

  it('is the passes of those not understood yet', () => expect(passesOf(events)).toEqual(['mine']));

  it('is the enrolments that are named or known', () =>
    expect(enrolmentsOf(events)).toEqual([ENROLMENT, OTHER]));
});
