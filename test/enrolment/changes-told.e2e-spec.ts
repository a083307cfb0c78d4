import { Csrf } from '../../src/shared/access/csrf.js';
import { createToldWorld, json, PRICE, type Told, type ToldWorld } from './support/told-world.js';
import type { TestPerson } from './support/world.js';

const DAY = '2027-03-10';

describe('who will be told of a change is shown before it is saved', () => {
  let w: ToldWorld;
  beforeAll(async () => (w = await createToldWorld()), 60_000);
  afterAll(() => w.close());

  const preview = async (session: string, body: object): Promise<Told> => {
    const answer = await w.as(`/sessions/${session}/preview`, { body });
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
    return json<Told>(answer);
  };

  /** A room of two with somebody of each kind: French, Arabic, without SMS, without a number. */
  async function fullRoom(date = DAY): Promise<{ session: string; people: TestPerson[] }> {
    const session = await w.world.session({ capacity: 2, date });
    const people = [
      await w.world.person(),
      await w.world.person({ language: 'ar' }),
      await w.world.person(),
      await w.world.person({ language: 'ar' }),
    ];
    for (const person of people) await w.enrol(session, person);
    await w.tell();
    await w.landline(people[2]!);
    await w.sql(`DELETE FROM person_phone WHERE person_id = $1`, [people[3]!.id]);
    return { session, people };
  }

  it('by language, with the very text, its SMS and their price, and who must be called', async () => {
    const { session, people } = await fullRoom();
    const told = await preview(session, { change: { localDate: '2027-03-11' } });
    expect(told).toMatchObject({
      people: 4,
      booked: 2,
      offered: 0,
      waiting: 2,
      calls: { landline: 1, noNumber: 1 },
    });
    expect(told.languages.map(({ language, people: n }) => [language, n])).toEqual(
      expect.arrayContaining([
        ['fr', 1],
        ['ar', 1],
      ]),
    );
    for (const one of told.languages) expect(one.centimes).toBe(one.segments * PRICE);
    expect(told.segments).toBe(told.languages.reduce((sum, { segments }) => sum + segments, 0));
    expect(told.centimes).toBe(told.segments * PRICE);
    const french = told.languages.find(({ language }) => language === 'fr')?.text ?? '';
    expect(french).toContain('jeudi 11 mars');
    // Nothing happened.
    const [row] = await w.sql<{ revision: number; untold: number }>(
      `SELECT revision, (SELECT count(*)::int FROM enrolment WHERE session_id = s.id AND untold IS NOT NULL) AS untold
           FROM session s WHERE id = $1`,
      [session],
    );
    expect(row).toEqual({ revision: told.revision, untold: 0 });
    // What is sent is what was shown.
    const saved = await w.as(`/sessions/${session}`, {
      method: 'PATCH',
      body: { localDate: '2027-03-11', revision: told.revision },
    });
    expect(saved.statusCode).toBe(200);
    await w.tell();
    expect(w.texts.get(await w.numberOf(people[0]!))?.at(-1)).toBe(french);
  });

  it('of a cancellation, and of what raises the capacity: those who are offered a seat', async () => {
    const { session } = await fullRoom();
    expect(await preview(session, { cancel: true })).toMatchObject({ people: 4, booked: 2, waiting: 2 });
    expect(await preview(session, { change: { language: 'fr' } })).toMatchObject({
      people: 0,
      centimes: 0,
    });
    const raised = await preview(session, { change: { capacity: 4 } });
    // Nobody is called for an offer.
    expect(raised).toMatchObject({ people: 0, calls: { landline: 0, noNumber: 0 } });
    const more = await w.world.person();
    await w.enrol(session, more);
    await w.tell();
    expect(await preview(session, { change: { capacity: 5 } })).toMatchObject({ people: 1, offered: 1 });
  });

  it('only of this very plan: whoever confirms an older one is told so', async () => {
    const { session } = await fullRoom();
    const { revision } = await preview(session, { cancel: true });
    await w.as(`/sessions/${session}`, { method: 'PATCH', body: { localStart: '10:00' } });
    for (const answer of [
      await w.as(`/sessions/${session}/cancel`, { body: { reason: 'Neige', revision } }),
      await w.as(`/sessions/${session}/preview`, { body: { cancel: true, revision } }),
      await w.as(`/sessions/${session}`, { method: 'PATCH', body: { localDate: '2027-03-12', revision } }),
    ])
      expect([answer.statusCode, json<{ code?: string; type: string }>(answer).type]).toEqual([
        409,
        expect.stringContaining('session-changed'),
      ]);
    const asked = await w.as(`/sessions/${session}/preview`, { body: {} });
    expect([asked.statusCode, asked.body]).toEqual([422, expect.stringContaining('"/change"')]);
  });

  it('to those who handle its seats, with names page by page, and to nobody else', async () => {
    const { session } = await fullRoom();
    const first = json<{ items: Array<{ name: string; way: string; status: string }>; next: string }>(
      await w.as(`/sessions/${session}/concerned?limit=3`),
    );
    const rest = json<{ items: Array<{ way: string; language: string | null }>; next: null }>(
      await w.as(`/sessions/${session}/concerned?limit=3&cursor=${first.next}`),
    );
    expect(first.items.map(({ way, status }) => [way, status])).toEqual([
      ['sms', 'booked'],
      ['sms', 'booked'],
      ['call', 'waiting'],
    ]);
    expect(first.items[0]?.name).toMatch(/^Fatima Alami \d+$/);
    expect([rest.items, rest.next]).toEqual([
      [expect.objectContaining({ way: 'call', language: null })],
      null,
    ]);
    const elsewhere = await w.world.staff('manager', 'organisation', w.world.otherOrganisationId);
    const auditor = await w.world.staff('auditor', 'campaign', w.world.campaignId);
    for (const path of [`/sessions/${session}/concerned`, `/sessions/${session}/calls`]) {
      expect((await w.as(path, { token: elsewhere })).statusCode).toBe(404);
      expect((await w.as(path, { token: auditor })).statusCode).toBe(403);
    }
    const asked = await w.as(`/sessions/${session}/preview`, { token: elsewhere, body: { cancel: true } });
    expect(asked.statusCode).toBe(404);
  });

  it('without script: the page of a change and that of a cancellation ask first', async () => {
    const { session } = await fullRoom();
    const open = (url: string) =>
      w.t.inject({ url, headers: { accept: 'text/html' }, cookies: { qafila: w.desk } });
    const send = (url: string, fields: Array<[string, string]>) =>
      w.t.inject({
        ...{ method: 'POST', url, cookies: { qafila: w.desk } },
        headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams([...fields, ['_csrf', w.t.app.get(Csrf).tokenFor(w.desk)]]).toString(),
      });
    const base = `/fr/staff/sessions/${session}`;
    const [unit] = await w.sql<{ id: string }>(`SELECT id FROM unit WHERE session_id = $1`, [session]);
    await w.sql(
      `INSERT INTO campaign_course (campaign_id, course_id, position) VALUES ($1, $2, 1) ON CONFLICT DO NOTHING`,
      [w.world.campaignId, w.world.courseId],
    );
    const fields: Array<[string, string]> = [
      ['course', w.world.courseId],
      ['language', 'ar'],
      ['capacity', '2'],
      ['overbookPercent', '0'],
      ['venueNote', 'Porte <b>'],
      ['unit1Id', unit?.id ?? ''],
      ['unit1Date', '2027-03-17'],
      ['unit1Start', '09:00'],
      ['unit1End', '17:00'],
    ];
    const asked = await send(`${base}/edit`, fields);
    expect([asked.statusCode, asked.body.slice(0, 0)]).toEqual([200, '']);
    expect(asked.body).toContain('4 personnes seront prévenues.');
    expect(asked.body).toContain('2 personnes ne reçoivent pas de SMS');
    expect(asked.body).toContain('name="venueNote" value="Porte &lt;b&gt;"');
    const kept = [...asked.body.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
      .map(([, name = '', value = '']): [string, string] => [
        name,
        value.replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
      ])
      .filter(([name]) => name !== '_csrf');
    const stale = await send(
      `${base}/edit`,
      kept.map(([name, value]) => [name, name === 'revision' ? '999' : value]),
    );
    expect([stale.statusCode, stale.body]).toEqual([
      409,
      expect.stringContaining('La séance a changé entre-temps'),
    ]);
    const saved = await send(`${base}/edit`, kept);
    expect([saved.statusCode, saved.headers.location]).toEqual([303, base]);
    const question = await open(`${base}/cancel`);
    expect(question.body).toContain('mercredi 17 mars');
    const revision = /name="revision" value="(\d+)"/.exec(question.body)?.[1] ?? '';
    const wrong = await send(`${base}/cancel`, [
      ['revision', revision],
      ['reason', 'ok'],
    ]);
    expect([wrong.statusCode, wrong.body]).toEqual([422, expect.stringContaining('>\nok</textarea>')]);
    const old = await send(`${base}/cancel`, [
      ['revision', '0'],
      ['reason', 'Route coupée'],
    ]);
    expect([old.statusCode, old.body]).toEqual([
      409,
      expect.stringContaining('La séance a changé entre-temps'),
    ]);
    const done = await send(`${base}/cancel`, [
      ['revision', revision],
      ['reason', 'Route coupée'],
    ]);
    expect([done.statusCode, done.headers.location]).toEqual([303, base]);
    expect((await open(`${base}/concerned`)).body).toContain('Fatima Alami');
  });
});
