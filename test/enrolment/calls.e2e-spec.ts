import { SeatReceiptService } from '../../src/enrolment/seat-receipt.service.js';
import { Csrf } from '../../src/shared/access/csrf.js';
import { type Calls, createToldWorld, json, type ToldWorld } from './support/told-world.js';
import type { TestPerson } from './support/world.js';

describe('people whom an SMS does not reach', () => {
  let w: ToldWorld;
  beforeAll(async () => (w = await createToldWorld()), 60_000);
  afterAll(() => w.close());

  const callsOf = async (session: string, query = ''): Promise<Calls> =>
    json<Calls>(await w.as(`/sessions/${session}/calls${query}`));

  /** A called-off session of five: refused, unanswered, landline, no number, told. */
  async function calledOff(): Promise<{ session: string; people: TestPerson[] }> {
    const session = await w.world.session({ capacity: 9, date: '2027-04-14' });
    const people = [
      await w.world.person(),
      await w.world.person({ language: 'ar' }),
      await w.world.person(),
      await w.world.person(),
      await w.world.person(),
    ];
    for (const person of people) await w.enrol(session, person);
    await w.tell();
    w.refused.add(await w.numberOf(people[0]!));
    w.silent.add(await w.numberOf(people[1]!));
    await w.landline(people[2]!);
    await w.sql(`DELETE FROM person_phone WHERE person_id = $1`, [people[3]!.id]);
    await w.as(`/sessions/${session}/cancel`, { body: { reason: 'Route coupée' } });
    for (let attempt = 0; attempt < 8; attempt += 1) await w.tell();
    return { session, people };
  }

  it('are listed with their number and what to say in their language', async () => {
    const { session, people } = await calledOff();
    const { progress, items } = await callsOf(session);
    expect(progress).toEqual({ total: 4, reached: 0, open: 4 });
    const whys = items.map(({ why, language, phone }) => [why, language, phone === null]);
    expect(whys).toHaveLength(4);
    expect(whys).toEqual(
      expect.arrayContaining([
        ['failed', 'fr', false],
        ['unknown', 'ar', false],
        ['no-sms', 'fr', false],
        ['no-sms', 'ar', true],
      ]),
    );
    const arabic = items.find(({ why }) => why === 'unknown');
    expect(arabic?.say).toContain('ألغيت حصة تطوان');
    expect(arabic?.phone).toBe(await w.numberOf(people[1]!));
    expect(items.find(({ why }) => why === 'failed')?.say).toContain(
      'La séance de Tétouan, mercredi 14 avril, 9 h, est annulée : ne vous déplacez pas.',
    );
    // Whoever got the SMS is called by nobody.
    expect(items.map(({ phone }) => phone)).not.toContain(await w.numberOf(people[4]!));
  });

  it('have one caller at a time, however many take the line at once', async () => {
    const { session } = await calledOff();
    const others = await Promise.all(
      Array.from({ length: 9 }, () => w.world.staff('coordinator', 'campaign', w.world.campaignId)),
    );
    const [line] = (await callsOf(session)).items;
    const path = `/sessions/${session}/calls/${line?.id}`;
    const takes = await Promise.all(
      [w.desk, ...others].map((token) => w.as(`${path}/take`, { token, body: {} })),
    );
    expect(takes.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
    const winner = takes.findIndex(({ statusCode }) => statusCode === 200);
    const [mine, theirs] = [[w.desk, ...others][winner], [w.desk, ...others][(winner + 1) % 10]];
    const lost = takes[(winner + 1) % 10];
    expect(json<{ type: string; detail: string }>(lost!)).toMatchObject({
      type: expect.stringContaining('call-taken'),
      detail: expect.stringContaining('Desk'),
    });
    const body = { outcome: 'no-answer' };
    expect((await w.as(`${path}/outcome`, { token: theirs, body })).statusCode).toBe(409);
    expect((await w.as(`${path}/outcome`, { token: mine, body })).statusCode).toBe(200);
    // The line is free again, and after ten minutes also one that nobody gave back.
    expect((await w.as(`${path}/take`, { token: theirs, body: {} })).statusCode).toBe(200);
    expect((await w.as(`${path}/take`, { token: mine, body: {} })).statusCode).toBe(409);
    w.t.clock.advance(10 * 60_000);
    expect((await w.as(`${path}/take`, { token: mine, body: {} })).statusCode).toBe(200);
    expect((await callsOf(session)).items.find(({ id }) => id === line?.id)).toMatchObject({
      attempts: 1,
      outcome: 'no-answer',
    });
    const settled = await Promise.all(
      [1, 2, 3].map(() => w.as(`${path}/outcome`, { token: mine, body: { outcome: 'reached' } })),
    );
    expect(settled.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
  });

  it('keep what came of each call: counted, in their messages, in the audit, without a card number', async () => {
    const { session, people } = await calledOff();
    const { items } = await callsOf(session);
    const [failed, landlined] = [
      items.find(({ why }) => why === 'failed')!,
      items.find(({ why, phone }) => why === 'no-sms' && phone)!,
    ];
    const note = 'CIN LB123456, vient à Larache';
    const settle = (id: string, body: object) => w.as(`/sessions/${session}/calls/${id}/outcome`, { body });
    expect(json(await settle(failed.id, { outcome: 'reached', note }))).toEqual({
      total: 4,
      reached: 1,
      open: 3,
    });
    expect(json(await settle(landlined.id, { outcome: 'wrong-number' }))).toEqual({
      total: 4,
      reached: 1,
      open: 2,
    });
    expect((await callsOf(session, '?show=open')).items).toHaveLength(2);
    const kept = (await callsOf(session)).items.find(({ id }) => id === failed.id);
    expect(kept).toMatchObject({ outcome: 'reached', note: 'CIN •••••, vient à Larache', attempts: 1 });
    const again = await settle(failed.id, { outcome: 'no-answer' });
    expect([again.statusCode, again.body]).toEqual([409, expect.stringContaining('call-done')]);
    const long = await settle(landlined.id, { outcome: 'call-back', note: 'x'.repeat(201) });
    expect([long.statusCode, long.body]).toEqual([422, expect.stringContaining('"max":200')]);
    expect((await settle(landlined.id, { outcome: 'gone' })).statusCode).toBe(422);
    const other = await w.world.session();
    expect((await w.as(`/sessions/${other}/calls/${failed.id}/take`, { body: {} })).statusCode).toBe(404);
    type Mine = {
      items: Array<{ channel: string; state: string; call: { outcome: string } | null; body: string }>;
    };
    const messages = async (person: TestPerson) =>
      json<Mine>(await w.t.api('/me/messages', { token: person.token })).items[0];
    expect(await messages(people[0]!)).toMatchObject({
      channel: 'sms',
      state: 'failed',
      call: { outcome: 'reached' },
    });
    expect(await messages(people[2]!)).toMatchObject({
      ...{ channel: 'call', state: 'failed', call: { outcome: 'wrong-number' } },
      body: landlined.say,
    });
    const audited = await w.sql<{ action: string; facts: Record<string, unknown> }>(
      `SELECT action, facts FROM audit_event WHERE subject_id = $1`,
      [failed.id],
    );
    expect(audited).toEqual([
      {
        action: 'messages.call.settle',
        facts: expect.objectContaining({ outcome: 'reached', attempt: 1 }),
      },
    ]);
    expect(JSON.stringify(audited)).not.toContain('Larache');
  });

  it('are on the list once: what is newer takes the place of what they were not reached with', async () => {
    const session = await w.world.session({ date: '2027-04-20' });
    const person = await w.world.person();
    await w.enrol(session, person);
    await w.tell();
    const number = await w.numberOf(person);
    w.refused.add(number);
    await w.as(`/sessions/${session}`, { method: 'PATCH', body: { localDate: '2027-04-21' } });
    await w.tell();
    const [moved] = (await callsOf(session)).items;
    expect(moved?.say).toContain('elle a lieu mercredi 21 avril');
    w.t.clock.advance(1000);
    await w.as(`/sessions/${session}`, { method: 'PATCH', body: { localDate: '2027-04-22' } });
    await w.tell();
    const again = await callsOf(session);
    expect(again.items.map(({ say }) => say)).toEqual([expect.stringContaining('jeudi 22 avril')]);
    const old = await w.as(`/sessions/${session}/calls/${moved?.id}/take`, { body: {} });
    expect([old.statusCode, old.body]).toEqual([409, expect.stringContaining('call-replaced')]);
    // The gateway takes the number again: an SMS says the newest, and nobody has to call.
    w.refused.delete(number);
    w.t.clock.advance(1000);
    await w.as(`/sessions/${session}/cancel`, { body: { reason: 'Neige' } });
    await w.tell();
    expect((await callsOf(session)).progress).toEqual({ total: 0, reached: 0, open: 0 });
  });

  it('are called from a page without script, and on paper', async () => {
    const { session } = await calledOff();
    const path = `/fr/staff/sessions/${session}/calls`;
    const headers = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' };
    const open = async (url: string, token = w.desk) =>
      (await w.t.inject({ url, headers: { accept: 'text/html' }, cookies: { qafila: token } })).body;
    const send = (url: string, fields: Record<string, string>, token = w.desk) => {
      const payload = new URLSearchParams({ ...fields, _csrf: w.t.app.get(Csrf).tokenFor(token) }).toString();
      return w.t.inject({ method: 'POST', url, headers, cookies: { qafila: token }, payload });
    };
    const page = await open(path);

    expect(page).toContain('0 sur 4');
    expect(page.match(/Je l’appelle/g)).toHaveLength(4);
    expect(page).toMatch(/<blockquote lang="ar" dir="rtl">السلام عليكم/);
    const id = /id="call-([\w-]+)"/.exec(page)?.[1] ?? '';
    expect((await send(`${path}/${id}/take`, {})).headers.location).toBe(`${path}#call-${id}`);
    const colleague = await w.world.staff('coordinator', 'campaign', w.world.campaignId);
    expect(await open(path, colleague)).toContain('Desk l’appelle');
    const late = await send(`${path}/${id}/take`, {}, colleague);
    expect([late.statusCode, late.body]).toEqual([409, expect.stringContaining('Desk a cette ligne.')]);
    const empty = await send(`${path}/${id}/outcome`, { note: 'Rappeler <b>' });
    expect([empty.statusCode, empty.body]).toEqual([
      422,
      expect.stringContaining('value="Rappeler &lt;b&gt;"'),
    ]);
    const noted = await send(`${path}/${id}/outcome`, { outcome: 'reached', note: '' });
    expect([noted.statusCode, noted.headers.location]).toEqual([303, path]);
    expect(await open(path)).toContain('1 sur 4');
    const paper = await open(`${path}/print`);
    expect(paper.match(/<th scope="row">/g)).toHaveLength(3);
  });

  // The last: everybody's sign-in ends before the session does.
  it('are called by nobody when the session is over', async () => {
    const session = await w.world.session({ date: '2027-06-01' });
    await w.enrol(session, await w.world.person());
    await w.tell();
    await w.as(`/sessions/${session}`, { method: 'PATCH', body: { localDate: '2027-06-02' } });
    await w.t.app.get(SeatReceiptService).tellAll();
    w.t.clock.set('2027-06-03T09:00:00Z');
    await w.tell();
    const rows = await w.sql(
      `SELECT m.state, m.error, (SELECT count(*)::int FROM call_line l WHERE l.list_id = $1) AS lines
         FROM message m WHERE m.call_list_id = $1`,
      [session],
    );
    expect(rows).toEqual([{ state: 'failed', error: 'stale', lines: 0 }]);
  });
});
