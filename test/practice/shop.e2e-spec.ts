import { randomUUID } from 'node:crypto';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { givenEnrolment, givenSession } from '../attendance/factories.js';

interface Shop {
  id: string;
  number: number;
  now: number;
  name: string;
  address: string;
  orders: Array<{ id: string; status: string; payment: string }>;
  papers: Array<{ id: string; figures: number[] }>;
  book: Array<{ id: string; amount: number }>;
  sheets: Array<{ good: string; published: boolean; margin: number }>;
  score: {
    points: number;
    exercises: Array<{ id: string; state: string; path: string | null; hint: string | null }>;
  };
}
const WEEK = 'semaine-de-commandes';

describe('practice shops over the API', () => {
  let t: TestApp;

  beforeAll(async () => {
    t = await createTestApp();
  }, 120_000);
  afterAll(() => t.close());

  async function opened(scenario = WEEK): Promise<{ token: string; personId: string; shop: Shop }> {
    const { token, id } = await givenPerson(t);
    const answer = await t.api('/practice/shops', { token, body: { scenario } });
    expect(answer.statusCode).toBe(201);
    return { token, personId: id, shop: answer.json<Shop>() };
  }

  const act = (token: string, shop: { id: string }, kind: string, more: object = {}) =>
    t.api(`/practice/shops/${shop.id}/actions`, { token, body: { id: randomUUID(), kind, ...more } });

  it('lists the scenarios in each language, without their script', async () => {
    const answer = await t.api('/practice/scenarios?lang=ar');
    const { items } = answer.json<{ items: Array<{ slug: string; title: string; max: number }> }>();
    expect(items.map(({ slug, max }) => [slug, max])).toEqual([
      ['ma-boutique', 70],
      [WEEK, 100],
      ['paiements-et-arnaques', 110],
    ]);
    expect(items[1]?.title).toBe('أسبوع من الطلبيات');
    expect(answer.body).not.toMatch(/refuses|orders|hint/);
    expect((await t.api('/practice/scenarios?lang=xx')).statusCode).toBe(422);
  });

  it('opens one shop a person and scenario, also for 20 taps at once, and another on demand', async () => {
    const { token } = await givenPerson(t);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => t.api('/practice/shops', { token, body: { scenario: WEEK } })),
    );
    expect(new Set(answers.map((answer) => answer.json<Shop>().id)).size).toBe(1);
    const shop = answers[0]!.json<Shop>();
    expect((await act(token, shop, 'shop.name', { name: 'دار الزليج' })).json<Shop>().name).toBe(
      'دار الزليج',
    );
    const again = await t.api('/practice/shops', { token, body: { scenario: WEEK, again: true } });
    expect(again.json<Shop>()).toMatchObject({ number: 2, name: '', now: 0 });
    // A try in which nothing was done yet is not followed by another.
    expect(
      (await t.api('/practice/shops', { token, body: { scenario: WEEK, again: true } })).json<Shop>().number,
    ).toBe(2);
    expect((await t.api(`/practice/shops/${shop.id}`, { token })).json<Shop>().name).toBe('دار الزليج');
  });

  it('refuses what is not understood, with the field', async () => {
    const { token, shop } = await opened();
    const codes = async (body: object): Promise<[number, string[]]> => {
      const answer = await t.api(`/practice/shops/${shop.id}/actions`, { token, body });
      const { errors = [] } = answer.json<{
        errors?: Array<{ pointer: string; code: string; detail: string }>;
      }>();
      expect(errors.every(({ detail }) => detail.length > 5)).toBe(true);
      return [answer.statusCode, errors.map(({ pointer, code }) => `${pointer} ${code}`)];
    };
    expect(await codes({})).toEqual([422, ['/id required', '/kind required']]);
    expect(await codes({ id: 'x', kind: 'clock.next' })).toEqual([422, ['/id not-an-id']]);
    expect(await codes({ id: randomUUID(), kind: 'shop.name', name: 'a\0' })).toEqual([
      422,
      ['/name not-unicode'],
    ]);
    expect(
      await codes({ id: randomUUID(), kind: 'book.add', paper: 'fil', direction: 'out', amount: 0.5 }),
    ).toEqual([422, ['/amount not-a-whole-number']]);
    expect((await t.api('/practice/shops', { token, body: { scenario: 7 } })).statusCode).toBe(422);
    expect((await t.api('/practice/shops', { token, body: { scenario: 'nowhere' } })).statusCode).toBe(404);
    expect((await t.api('/practice/shops', { token, body: { scenario: WEEK, more: 1 } })).statusCode).toBe(
      422,
    );
    expect((await t.api('/practice/shops', { body: { scenario: WEEK } })).statusCode).toBe(401);
    const { token: staff } = await givenStaff(t, 'trainer');
    expect((await t.api('/practice/shops', { token: staff, body: { scenario: WEEK } })).statusCode).toBe(403);
  });

  it("answers for somebody else's shop as for one that is not there", async () => {
    const { shop } = await opened();
    const other = await givenPerson(t);
    const bodies = [];
    for (const id of [shop.id, randomUUID(), 'no-id']) {
      const look = await t.api(`/practice/shops/${id}`, { token: other.token });
      const deed = await act(other.token, { id }, 'clock.next');
      const csv = await t.api(`/practice/shops/${id}/catalogue.csv`, { token: other.token });
      expect([look.statusCode, deed.statusCode, csv.statusCode]).toEqual([404, 404, 404]);
      const { instance: _, ...problem } = look.json<{ instance: string }>();
      bodies.push(JSON.stringify(problem));
    }
    expect(new Set(bodies).size).toBe(1);
  });

  it('says with 409 what the shop does not allow, and nothing has changed', async () => {
    const { token, shop } = await opened();
    const refused = await act(token, shop, 'order.accept', { order: 'sac-salma' });
    expect([refused.statusCode, refused.json<{ type: string }>().type]).toEqual([
      409,
      expect.stringContaining('practice-no-such-thing'),
    ]);
    expect((await t.api(`/practice/shops/${shop.id}`, { token })).json<Shop>().now).toBe(0);
    await act(token, shop, 'clock.next');
    expect((await act(token, shop, 'order.accept', { order: 'sac-salma' })).statusCode).toBe(201);
    expect((await act(token, shop, 'order.accept', { order: 'sac-salma' })).json()).toMatchObject({
      status: 409,
    });
  });

  it('takes an action once, in whatever number it arrives, and keeps two at once apart', async () => {
    const { token, shop } = await opened();
    await act(token, shop, 'clock.next');
    const body = { id: randomUUID(), kind: 'order.accept', order: 'sac-salma' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => t.api(`/practice/shops/${shop.id}/actions`, { token, body })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map((answer) => answer.json<Shop>().now)).size).toBe(1);
    // The same id with another deed is the first one still.
    const other = await t.api(`/practice/shops/${shop.id}/actions`, {
      token,
      body: { ...body, kind: 'order.decline' },
    });
    expect(other.json<Shop>().orders[0]?.status).toBe('accepted');
    const [a, b] = await Promise.all([
      act(token, shop, 'order.call', { order: 'sac-salma' }),
      act(token, shop, 'order.ship', { order: 'sac-salma', carrier: 'post' }),
    ]);
    expect([201, 409]).toContain(a.statusCode);
    expect(b.statusCode).toBe(201);
    const minutes = await t.db.read<{ at: number }>(
      'test.practiceMinutes',
      'SELECT at_minute AS at FROM practice_action WHERE shop_id = $1 ORDER BY at_minute',
      [shop.id],
    );
    expect(new Set(minutes.map(({ at }) => at)).size).toBe(minutes.length);
  });

  it('never tells what is to come, nor what a paper is worth', async () => {
    const { token, shop } = await opened();
    await act(token, shop, 'clock.next');
    const answer = await t.api(`/practice/shops/${shop.id}`, { token });
    expect(answer.json<Shop>().orders.map(({ id }) => id)).toEqual(['sac-salma']);
    expect(answer.body).not.toMatch(/bols-inconnu|refuses|returnHours|transferHours|attempts/);
    await act(token, shop, 'order.accept', { order: 'sac-salma' });
    const shipped = await act(token, shop, 'order.ship', { order: 'sac-salma', carrier: 'post' });
    expect(shipped.json<Shop>().papers).toEqual([
      { id: 'shipping-sac-salma-1', at: expect.any(Number), title: expect.any(String), figures: [2500] },
    ]);
  });

  it('names the wrong path in the language asked for', async () => {
    const { token, shop } = await opened();
    await act(token, shop, 'clock.next');
    await act(token, shop, 'order.accept', { order: 'sac-salma' });
    await act(token, shop, 'order.ship', { order: 'sac-salma', carrier: 'private' });
    await act(token, shop, 'clock.tomorrow');
    const hints = await Promise.all(
      ['fr', 'ar', 'en'].map(async (lang) => {
        const { score } = (await t.api(`/practice/shops/${shop.id}?lang=${lang}`, { token })).json<Shop>();
        const { state, path, hint } = score.exercises.find(({ id }) => id === 'petit-colis')!;
        expect([state, path]).toEqual(['wrong', 'transporteur-prive']);
        return hint;
      }),
    );
    expect(hints[0]).toContain('réservés à la Poste');
    expect(hints[1]).toContain('من اختصاص البريد');
    expect(hints[2]).toContain('belong to the Post');
  });

  it('keeps playing the scenario as it was when the shop was opened', async () => {
    const { token, shop } = await opened();
    await t.db.write(
      'test.practiceOld',
      `INSERT INTO practice_scenario (digest, slug, document, loaded_at)
       SELECT repeat('0', 64), slug, jsonb_set(document, '{deliveryFee}', '9900'), loaded_at FROM practice_scenario WHERE slug = $1`,
      [WEEK],
    );
    await t.db.write(
      'test.practiceSwitch',
      `UPDATE practice_shop SET digest = repeat('0', 64) WHERE id = $1`,
      [shop.id],
    );
    await act(token, shop, 'clock.next');
    const { orders } = (await t.api(`/practice/shops/${shop.id}`, { token })).json<{
      orders: Array<{ total: number }>;
    }>();
    expect(orders[0]?.total).toBe(25_000 + 9900);
  });

  it('exports the published sheets, and no cell is a formula', async () => {
    const { token, shop } = await opened('ma-boutique');
    const sheet = {
      good: 'tapis',
      titleFr: '=1+1;"x"',
      titleAr: '+زربية',
      price: 65_050,
      stock: 2,
      picture: 'rug-window',
      counted: ['materials'],
    };
    const saved = await act(token, shop, 'sheet.save', sheet);
    expect(saved.json<Shop>().sheets).toMatchObject([
      { good: 'tapis', published: false, margin: 65_050 - 18_000 },
    ]);
    const csv = () =>
      t.api(`/practice/shops/${shop.id}/catalogue.csv`, { token, headers: { 'accept-language': 'fr' } });
    expect((await csv()).body.trim().split('\n')).toHaveLength(1);
    await act(token, shop, 'sheet.publish', { good: 'tapis' });
    const answer = await csv();
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.body).toBe(
      `\ufeffTitre en français,Titre en arabe,Prix (DH),Stock\n"'=1+1;""x""",'+زربية,650.50,2\n`,
    );
  });

  it('holds a shop to its thousand actions', async () => {
    const { token, shop } = await opened();
    await t.db.write(
      'test.practiceFill',
      `INSERT INTO practice_action (shop_id, id, at_minute, deed, done_at)
       SELECT $1, gen_random_uuid(), n, '{"kind":"book.remove","line":"none"}', now() FROM generate_series(1, 999) n`,
      [shop.id],
    );
    expect((await act(token, shop, 'shop.name', { name: 'Mille' })).statusCode).toBe(201);
    const refused = await act(token, shop, 'shop.name', { name: 'Mille et une' });
    expect([refused.statusCode, refused.json<{ type: string }>().type]).toEqual([
      409,
      expect.stringContaining('practice-full'),
    ]);
  }, 30_000);

  it('shows a trainer where the group is stuck, and nobody else', async () => {
    const session = await givenSession(t);
    const wrong = ['donner', 'donner', 'rappeler', 'raccrocher'];
    for (const choice of wrong) {
      const { token } = await givenEnrolment(t, session);
      const shop = (
        await t.api('/practice/shops', { token, body: { scenario: 'paiements-et-arnaques' } })
      ).json<Shop>();
      for (let tries = 0; tries < 8; tries++) await act(token, shop, 'clock.next');
      const answered = await act(token, shop, 'chat.answer', { chat: 'code', choice });
      expect(answered.statusCode).toBe(201);
    }
    await givenEnrolment(t, session);
    await givenEnrolment(t, session, { status: 'waiting' });
    const path = `/sessions/${session.id}/practice`;
    const answer = await t.api(path, { token: session.trainer.token, headers: { 'accept-language': 'en' } });
    const group = answer.json<{
      seats: number;
      scenarios: Array<{ scenario: string; players: number; exercises: Array<Record<string, unknown>> }>;
    }>();
    expect(group.seats).toBe(5);
    const { players, exercises } = group.scenarios.find(
      ({ scenario }) => scenario === 'paiements-et-arnaques',
    )!;
    expect(players).toBe(4);
    expect(exercises.find(({ exercise }) => exercise === 'code-secret')).toEqual({
      exercise: 'code-secret',
      title: 'The secret code',
      ...{ done: 1, wrong: 3, open: 0 },
      paths: [
        { path: 'code-donne', people: 2, hint: expect.stringContaining('never given') },
        { path: 'discussion', people: 1, hint: expect.any(String) },
      ],
    });
    expect(answer.body).not.toContain('Amrani');
    const other = await givenStaff(t, 'trainer');
    const person = await givenPerson(t);
    expect((await t.api(path, { token: session.coordinator.token })).statusCode).toBe(200);
    expect((await t.api(path, { token: other.token })).statusCode).toBe(404);
    expect((await t.api(path, { token: person.token })).statusCode).toBe(403);
    expect((await t.api('/sessions/nothing/practice', { token: session.trainer.token })).statusCode).toBe(
      404,
    );
  }, 60_000);
});
