import { newId } from '../../src/shared/new-id.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { TestClock } from '../support/test-clock.js';

describe('campaigns by the API', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await createTestApp({
      clock: new TestClock('2026-12-01T09:00:00Z'),
      env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: 'demo-password-1' },
    });
  }, 60_000);
  afterAll(() => t.close());

  it('are public, newest first, paged, in the language asked for', async () => {
    const first = (await t.api('/campaigns?limit=1&lang=ar')).json() as {
      items: Array<{ slug: string; name: string }>;
      next: string;
    };
    expect(first.items).toMatchObject([{ slug: 'caravane-2027', name: 'قافلة التجارة الإلكترونية 2027' }]);
    const second = (
      await t.api(`/campaigns?limit=1&cursor=${first.next}`, { headers: { 'accept-language': 'en' } })
    ).json() as { items: unknown[]; next: null };
    expect(second).toMatchObject({
      items: [
        {
          slug: 'apdn-2021',
          name: 'E-commerce caravan 2021',
          courses: [{ slug: 'e-marketing' }, { slug: 'vente-en-ligne' }, { slug: 'paiement-electronique' }],
        },
      ],
      next: null,
    });
  });

  it('answer to id and slug alike, and to nothing else', async () => {
    const bySlug = await t.api('/campaigns/apdn-2021');
    const byId = await t.api(`/campaigns/${(bySlug.json() as { id: string }).id}`);
    expect(byId.json()).toEqual(bySlug.json());
    for (const key of ['apdn-2022', newId(), 'APDN-2021', '%00', "'"])
      expect((await t.api(`/campaigns/${encodeURIComponent(key)}`)).statusCode).toBe(404);
  });

  it('say when enrolment is open, to the instant', async () => {
    const isOpenAt = async (at: string): Promise<boolean> => {
      t.clock.set(at);
      return ((await t.api('/campaigns/apdn-2021')).json() as { enrolment: { open: boolean } }).enrolment
        .open;
    };
    expect([
      await isOpenAt('2021-11-15T08:59:59.999Z'),
      await isOpenAt('2021-11-15T09:00:00Z'),
      await isOpenAt('2021-12-12T21:59:59.999Z'),
      await isOpenAt('2021-12-12T22:00:00Z'),
    ]).toEqual([false, true, true, false]);
    t.clock.set('2026-12-01T09:00:00Z');
  });

  it('hide archived ones from the list and refuse what means nothing', async () => {
    await t.db.write('test.archive', `UPDATE campaign SET archived_at = now() WHERE slug = 'apdn-2021'`);
    expect(((await t.api('/campaigns')).json() as { items: unknown[] }).items).toHaveLength(1);
    for (const query of ['limit=0', 'limit=1e9', 'cursor=x', 'lang=zz', 'page=2'])
      expect((await t.api(`/campaigns?${query}`)).statusCode).toBe(422);
  });
});
