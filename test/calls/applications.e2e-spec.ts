import sharp from 'sharp';
import { outbox } from '../support/phones.js';
import { type ApplicationAnswer, CallWorld, FIELDS, photoWithPlace } from './world.js';

jest.setTimeout(60_000);

interface Problem {
  code: string;
  closesAt?: string;
  opensAt?: string;
  detail: string;
  errors?: Array<{ pointer: string; code: string }>;
}

describe('an application', () => {
  let w: CallWorld;
  beforeAll(async () => (w = await CallWorld.make()), 60_000);
  afterAll(() => w.t.close());

  const wrong = async (call: string, token: string, answers: object, needs?: unknown): Promise<string[]> => {
    const answer = await w.api(`/calls/${call}/applications`, { answers, needs }, 'POST', token);
    return [
      String(answer.statusCode),
      ...(answer.json<Problem>().errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
    ];
  };

  it('is one dossier of a person, with a number, a receipt and its history', async () => {
    const call = await w.published();
    const person = await w.person();
    const answers = {
      f1: 'Des tapis\nde laine',
      f2: '12,5',
      f3: ['o3', 'o1'],
      f4: '06 12 34 56 78',
      f5: '01.571.01.11',
    };
    const first = await w.sent(call.id, person.token, answers, ['wheelchair', 'transport']);
    expect(first).toMatchObject({
      number: expect.stringMatching(/^\d+-0001$/) as string,
      state: 'sent',
      version: 1,
      answers: {
        f1: 'Des tapis\nde laine',
        f2: 12.5,
        f3: ['o1', 'o3'],
        f4: '+212612345678',
        f5: '01.571.01.11',
      },
      needs: ['transport', 'wheelchair'],
      commune: '01.571.01.11',
    });
    const again = await w.sent(call.id, person.token, answers, ['transport', 'wheelchair']);
    expect([again.id, again.version]).toEqual([first.id, 1]);
    const changed = await w.sent(call.id, person.token, { f1: 'Des poteries' });
    expect([changed.id, changed.version, changed.answers]).toEqual([first.id, 2, { f1: 'Des poteries' }]);
    const mine = (await w.api('/me/applications', undefined, 'GET', person.token)).json<{
      items: ApplicationAnswer[];
    }>();
    expect(mine.items.map(({ number }) => number)).toEqual([first.number]);
    const { history } = (await w.api(`/applications/${first.id}`)).json<{
      history: Array<{ kind: string; answers: { f1: string } }>;
    }>();
    expect(history.map(({ kind, answers: { f1 } }) => [kind, f1])).toEqual([
      ['sent', 'Des tapis\nde laine'],
      ['changed', 'Des poteries'],
    ]);
    const receipts = await outbox(w.t, person.e164);
    expect(receipts.map(({ template }) => template)).toEqual(['calls:sms.received']);
    expect(receipts[0]?.body).toContain(first.number);
  });

  it('is one dossier when the same person sends it twenty times at once', async () => {
    const call = await w.published();
    const people = await Promise.all([w.person(), w.person()]);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        w.send(call.id, people[n % 2]?.token ?? '', { f1: `Texte ${n % 4 < 2 ? 'a' : 'b'}` }),
      ),
    );
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    const rows = await w.sql<{ n: number; version: number; versions: number }>(
      `SELECT a.n, a.version, (SELECT count(*)::int FROM application_version v WHERE v.application_id = a.id) AS versions
         FROM application a WHERE a.call_id = $1 ORDER BY a.n`,
      [call.id],
    );
    expect(rows.map(({ n }) => n)).toEqual([1, 2]);
    for (const { version, versions } of rows) expect(version).toBe(versions);
    for (const { e164 } of people) expect(await outbox(w.t, e164)).toHaveLength(1);
  });

  it('is taken from the opening, included, to the closing, excluded, to the second', async () => {
    const call = await w.published({ opens: w.day(1, '09:00'), closes: w.day(2, '18:00') });
    const person = await w.person();
    const now = w.t.clock.now();
    const at = async (instant: string | number): Promise<Problem & { statusCode: number }> => {
      w.t.clock.set(new Date(instant));
      const { token } = await w.person();
      const answer = await w.send(call.id, token, { f1: 'x' });
      return { ...answer.json<Problem>(), statusCode: answer.statusCode };
    };
    const { opensAt, closesAt } = (await w.api(`/calls/${call.id}`)).json<{
      opensAt: string;
      closesAt: string;
    }>();
    const [opens, closes] = [Date.parse(opensAt), Date.parse(closesAt)];
    expect(await at(opens - 1)).toMatchObject({ statusCode: 409, code: 'call-not-open', opensAt });
    expect(await at(opens)).toMatchObject({ statusCode: 201 });
    expect(await at(closes - 1)).toMatchObject({ statusCode: 201 });
    const late = await at(closes);
    expect(late).toMatchObject({ statusCode: 409, code: 'call-closed', closesAt });
    expect(late.detail).toMatch(/\d\d\/\d\d\/\d{4} 18:00:00/);
    w.t.clock.set(now);
    expect(person.id).toBeTruthy();
  });

  it('that arrives before a call is closed early is taken whole or refused whole, and none afterwards', async () => {
    const call = await w.published();
    const people = await Promise.all(Array.from({ length: 10 }, () => w.person()));
    const sending = people.map(({ token }) => w.send(call.id, token, { f1: 'x' }));
    const closing = w.api(`/calls/${call.id}/closing`, { reason: 'Assez de dossiers' });
    const answers = await Promise.all(sending);
    expect((await closing).statusCode).toBe(200);
    const taken = answers.filter(({ statusCode }) => statusCode === 201).length;
    expect(answers.every(({ statusCode }) => statusCode === 201 || statusCode === 409)).toBe(true);
    const [{ rows, counted, highest } = { rows: -1, counted: -1, highest: -1 }] = await w.sql<{
      rows: number;
      counted: number;
      highest: number;
    }>(
      `SELECT count(a.*)::int AS rows, c.applications AS counted, coalesce(max(a.n), 0) AS highest
         FROM call c LEFT JOIN application a ON a.call_id = c.id WHERE c.id = $1 GROUP BY c.id`,
      [call.id],
    );
    expect([rows, counted, highest]).toEqual([taken, taken, taken]);
    w.t.clock.set(new Date(w.t.clock.now().getTime() + 1000));
    const late = await w.send(call.id, (await w.person()).token, { f1: 'x' });
    expect([late.statusCode, late.json<Problem>().code]).toEqual([409, 'call-closed']);
  });

  it('says everything that is wrong at once, and writes nothing of it', async () => {
    const call = await w.published();
    const { token, id } = await w.person();
    const bad = { f2: 'douze', f3: ['o9'], f4: '12', f5: '99.999', f6: 'photo.jpg', f7: 'x' };
    expect(await wrong(call.id, token, bad, ['helicopter'])).toEqual([
      '422',
      '/answers/f7 unknown-field',
      '/answers/f1 required',
      '/answers/f2 not-a-number',
      '/answers/f3 not-a-choice',
      '/answers/f4 phone-too-short',
      '/answers/f5 commune-unknown',
      '/answers/f6 not-a-file',
      '/needs not-a-choice',
    ]);
    expect(await wrong(call.id, token, { f1: 'a\0b' })).toEqual(['422', '/answers/f1 not-unicode']);
    expect(await wrong(call.id, token, { f1: 'x'.repeat(1001) })).toEqual(['422', '/answers/f1 longer-than']);
    expect(await wrong(call.id, token, [])).toEqual(['422', '/answers not-an-object']);
    expect(await w.sql(`SELECT id FROM application WHERE person_id = $1`, [id])).toEqual([]);
    for (const path of [
      '/calls/nothing/applications',
      '/calls/0199aaaa-0000-7000-8000-000000000000/applications',
    ])
      expect((await w.api(path, { answers: {} }, 'POST', token)).statusCode).toBe(404);
    const draft = await w.draft();
    expect((await w.send(draft.id, token, { f1: 'x' })).statusCode).toBe(404);
    expect((await w.t.api(`/calls/${call.id}/applications`, { body: { answers: {} } })).statusCode).toBe(401);
  });

  it('keeps no number of an identity card', async () => {
    const call = await w.published();
    const { token } = await w.person();
    const sent = await w.sent(call.id, token, { f1: 'Ma carte est AB123456, merci' });
    expect([sent.answers['f1'], sent.masked]).toEqual(['Ma carte est ••••••, merci', true]);
    const found = await w.sql(`SELECT 1 FROM application_version WHERE answers::text LIKE '%AB123456%'`);
    expect(found).toEqual([]);
  });

  it('repeats its answer under an Idempotency-Key, and needs the consent to be trained', async () => {
    const call = await w.published();
    const person = await w.person();
    const send = () =>
      w.t.api(`/calls/${call.id}/applications`, {
        ...{ token: person.token, body: { answers: { f1: 'x' } } },
        headers: { 'idempotency-key': 'k1' },
      });
    const [first, second] = [await send(), await send()];
    expect([second.headers['idempotency-replayed'], second.body]).toEqual(['true', first.body]);
    await w.sql(`UPDATE consent SET withdrawn_at = now() WHERE person_id = $1`, [person.id]);
    const refused = await w.send(call.id, person.token, { f1: 'y' });
    expect([refused.statusCode, refused.json<Problem>().code]).toEqual([409, 'training-consent-missing']);
  });

  it('is withdrawn by its person only, kept, and sent again', async () => {
    const call = await w.published();
    const [mine, other] = [await w.person(), await w.person()];
    const { id } = await w.sent(call.id, mine.token);
    const withdraw = (token: string) => w.api(`/applications/${id}/withdraw`, {}, 'POST', token);
    expect((await withdraw(other.token)).statusCode).toBe(404);
    expect((await withdraw(mine.token)).json<ApplicationAnswer>()).toMatchObject({
      state: 'withdrawn',
      version: 2,
    });
    expect((await withdraw(mine.token)).json<ApplicationAnswer>()).toMatchObject({
      state: 'withdrawn',
      version: 2,
    });
    expect(await w.sent(call.id, mine.token)).toMatchObject({ id, state: 'sent', version: 3 });
    expect(await outbox(w.t, mine.e164)).toHaveLength(2);
  });

  describe('with a photo', () => {
    it('keeps it without place and camera, for its person and its staff, and while nothing else is sent', async () => {
      const call = await w.published();
      const [mine, other] = [await w.person(), await w.person()];
      const sent = await w.sendForm(call.id, mine.token, { f1: 'x' }, { f6: await photoWithPlace() });
      const { id, answers } = sent.json<ApplicationAnswer>();
      const src = String(answers['f6']);
      expect(src).toBe(`/api/v1/applications/${id}/versions/1/photos/f6`);
      const get = (token: string) => w.t.inject({ url: src, headers: { authorization: `Bearer ${token}` } });
      const picture = await get(mine.token);
      const { format, exif, width } = await sharp(picture.rawPayload).metadata();
      expect([picture.statusCode, format, exif, width]).toEqual([200, 'webp', undefined, 300]);
      expect(picture.headers['cache-control']).toContain('no-store');
      const elsewhere = await w.world.staff('coordinator', 'organisation', w.world.otherOrganisationId);
      expect([
        (await get(w.token)).statusCode,
        (await get(other.token)).statusCode,
        (await get(elsewhere)).statusCode,
      ]).toEqual([200, 404, 404]);
      const changed = await w.sent(call.id, mine.token, { f1: 'y' });
      expect(changed.answers['f6']).toBe(`/api/v1/applications/${id}/versions/2/photos/f6`);
    });

    it('refuses one that is too large, a zip, and half a picture', async () => {
      const call = await w.published({ fields: [FIELDS[0], { ...FIELDS[5], required: true }] });
      const { token } = await w.person();
      const tooLarge = Buffer.concat([await photoWithPlace(), Buffer.alloc(5.1 * 1024 * 1024)]);
      const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500)]);
      const half = (await photoWithPlace(2000)).subarray(0, 3000);
      const send = async (file: Buffer): Promise<unknown[]> => {
        const answer = await w.sendForm(call.id, token, { f1: 'x' }, { f2: file });
        return [answer.statusCode, answer.json<Problem>().code];
      };
      expect(await send(tooLarge)).toEqual([413, 'photo-too-large']);
      expect(await send(zip)).toEqual([415, 'photo-wrong-type']);
      expect(await send(half)).toEqual([422, 'photo-broken']);
      expect(await wrong(call.id, token, { f1: 'x' })).toEqual(['422', '/answers/f2 photo-needed']);
      expect(await w.sql(`SELECT id FROM application WHERE call_id = $1`, [call.id])).toEqual([]);
    });
  });
});
