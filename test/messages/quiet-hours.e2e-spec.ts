import { MessageQueue, type NewMessage } from '../../src/messages/public.js';
import { createToldWorld, type ToldWorld } from '../enrolment/support/told-world.js';
import { newPhone } from '../support/phones.js';

interface Row {
  template: string;
  state: string;
  sendAfter: Date | null;
}

const ROW = `SELECT template, state, send_after AS "sendAfter" FROM message WHERE id = $1`;
const NIGHT = '2027-02-03T21:15:00Z';
const MORNING = '2027-02-04T09:00:00.000Z';

let keys = 0;

describe('in quiet hours', () => {
  let w: ToldWorld;
  beforeAll(async () => (w = await createToldWorld()), 60_000);
  afterAll(() => w.close());
  beforeEach(() => w.t.clock.set(NIGHT));

  const send = (more: Partial<NewMessage> = {}) =>
    w.t.app.get(MessageQueue).send({
      ...{ recipient: newPhone(), channel: 'sms', template: 'phone-full', language: 'fr' },
      dedupeKey: `quiet:${(keys += 1)}`,
      ...more,
    } as NewMessage);
  const row = (id: string) => w.t.db.readOne<Row>('test.quiet', ROW, [id]);

  /** Every job runs that waits, whatever its time. */
  async function runAll(): Promise<void> {
    await w.t.db.write('test.allDue', `UPDATE job SET run_after = now() WHERE state = 'queued'`);
    await w.t.runJobs();
  }
  async function sweep(): Promise<void> {
    await w.t.db.write(
      'test.sweep',
      `INSERT INTO job (id, kind) VALUES (gen_random_uuid(), 'messages.sweep')`,
    );
    await w.t.runJobs();
  }

  it('an SMS waits for their end, whatever wakes its job', async () => {
    const id = await send();
    expect((await row(id))?.sendAfter?.toISOString()).toBe(MORNING);
    await runAll();
    w.t.clock.advance(3 * 3600 * 1000);
    await sweep();
    await runAll();
    expect((await row(id))?.state).toBe('queued');
    w.t.clock.set('2027-02-04T09:00:30Z');
    await sweep();
    await runAll();
    expect((await row(id))?.state).toBe('sent');
  });

  it('what is urgent rings, and what is written by day waits for nothing', async () => {
    const urgent = await send({ isUrgent: true });
    w.t.clock.set('2027-02-03T12:30:00Z');
    const byDay = await send();
    await runAll();
    w.t.clock.set('2027-02-05T12:30:00Z');
    const onFriday = await send();
    await runAll();
    expect((await row(urgent))?.state).toBe('sent');
    expect((await row(byDay))?.state).toBe('sent');
    expect(await row(onFriday)).toMatchObject({
      state: 'queued',
      sendAfter: new Date('2027-02-05T14:30:00Z'),
    });
  });

  it('an SMS that was written by day and is late on its way waits for the morning', async () => {
    w.t.clock.set('2027-02-03T19:58:00Z');
    const [late, urgent] = [await send(), await send({ isUrgent: true })];
    w.t.clock.set('2027-02-03T20:00:00Z');
    await runAll();
    expect(await row(late)).toMatchObject({ state: 'queued', sendAfter: new Date(MORNING) });
    expect((await row(urgent))?.state).toBe('sent');
    w.t.clock.set('2027-02-04T09:00:30Z');
    await sweep();
    await runAll();
    expect((await row(late))?.state).toBe('sent');
  });

  /** Somebody who plans at night. */
  const move = async (session: string, localDate: string): Promise<number> => {
    const token = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    const answer = await w.as(`/sessions/${session}`, { method: 'PATCH', body: { localDate }, token });
    return answer.statusCode;
  };
  const toldOf = async (personId: string): Promise<Row[]> =>
    w.sql<Row>(
      `SELECT template, state, send_after AS "sendAfter" FROM message
        WHERE person_id = $1 AND template <> 'enrolment:sms.booked' ORDER BY created_at, id`,
      [personId],
    );

  it('a receipt and a change within 24 hours ring, a change of later waits', async () => {
    const [tomorrow, later] = [
      await w.world.session({ date: '2027-02-04' }),
      await w.world.session({ date: '2027-02-20' }),
    ];
    const [one, other] = [await w.world.person(), await w.world.person()];
    await w.enrol(tomorrow, one);
    await w.enrol(later, other);
    await w.tell();
    const receipts = await w.sql<{ sendAfter: Date | null }>(
      `SELECT send_after AS "sendAfter" FROM message WHERE template = 'enrolment:sms.booked'`,
    );
    expect(receipts.map(({ sendAfter }) => sendAfter)).toEqual([null, null]);
    // Whoever would set out in the morning learns at night that it is next week now.
    expect([await move(tomorrow, '2027-02-18'), await move(later, '2027-02-21')]).toEqual([200, 200]);
    await w.tell();
    expect(await toldOf(one.id)).toEqual([
      { template: 'enrolment:sms.moved', state: 'sent', sendAfter: null },
    ]);
    expect(await toldOf(other.id)).toEqual([
      { template: 'enrolment:sms.moved', state: 'queued', sendAfter: new Date(MORNING) },
    ]);
  });

  it('the person reads when it will leave, on the page and over the API', async () => {
    const session = await w.world.session({ date: '2027-02-22' });
    const person = await w.world.person();
    await w.enrol(session, person);
    await w.tell();
    expect(await move(session, '2027-02-23')).toBe(200);
    await w.tell();
    const { items } = (
      await w.t.api('/me/messages', { token: person.token, headers: { 'accept-language': 'fr' } })
    ).json<{ items: Array<{ template: string; sendAfter: string | null }> }>();
    expect(items.map(({ template, sendAfter }) => [template, sendAfter])).toEqual([
      ['enrolment:sms.moved', MORNING],
      ['enrolment:sms.booked', null],
    ]);
    const page = await w.t.inject({
      url: '/fr/my/messages',
      headers: { authorization: `Bearer ${person.token}`, accept: 'text/html' },
    });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('il part le jeudi 4 février 2027, 9 h');
    expect(page.body.match(/il part le/g)).toHaveLength(1);
  });
});
