import { createTestApp, type TestApp } from '../support/app.js';

describe('smoke', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp({ env: { QAFILA_DEMO: '1', QAFILA_DEMO_PASSWORD: 'demo-password-1' } })), 60_000);
  afterAll(() => t.close());
  it('lists', async () => {
    const a = await t.api('/campaigns');
    console.log(a.statusCode, JSON.stringify(a.json()).slice(0, 900));
    const s = await t.api('/campaigns/apdn-2021/sessions?limit=2');
    console.log(s.statusCode, JSON.stringify(s.json(), null, 1).slice(0, 2500));
    const c = await t.api('/campaigns/caravane-2027/sessions', { headers: { 'accept-language': 'ar' } });
    console.log(c.json().items.map((x: {city: {name: string}; localDate: string; startsAt: string; seatsLeft: number}) => [x.city.name, x.localDate, x.startsAt, x.seatsLeft].join(' ')));
  });
});
