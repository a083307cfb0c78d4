/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { givenPerson } from '../support/actors.js';
import { Airplane, store } from '../support/airplane.js';
import type { TestApp } from '../support/app.js';
import { accessibilityFaults, PHONE_SCREEN, scrollsSideways, until } from '../support/browser.js';

const SLUG = 'semaine-de-commandes';
const SHOP = `/practice/${SLUG}`;

interface Shop {
  id: string;
  now: number;
  orders: { id: string; status: string; steps: object[] }[];
  score: { points: number; exercises: { id: string; state: string; hint: string | null }[] };
}

describe('a practice shop in airplane mode', () => {
  let air: Airplane;
  let t: TestApp;
  beforeAll(async () => {
    air = await Airplane.start();
    ({ t } = air);
  }, 120_000);
  afterAll(() => air?.close());

  const opened = async (token: string): Promise<Shop> =>
    (await t.api('/practice/shops', { token, body: { scenario: SLUG } })).json<Shop>();
  /** Somebody whose phone has their shop. */
  const givenStoredShop = async (locale: 'fr' | 'ar') => {
    const { token } = await givenPerson(t);
    const shop = await opened(token);
    const visit = await air.visit(token, { locale, viewport: PHONE_SCREEN });
    await store(visit.page, `/${locale}${SHOP}`, 'light');
    return { token, shop, ...visit };
  };
  const deeds = (id: string) =>
    t.db.read<{ id: string }>(
      'test.practiceDeeds',
      `SELECT a.id FROM practice_action a WHERE a.shop_id = $1 ORDER BY a.at_minute, a.done_at`,
      [id],
    );
  /** Presses the button of a form by the deed it is for. */
  const press = async (page: Page, kind: string, more = ''): Promise<void> => {
    const old = await page.evaluate<number>('performance.timeOrigin');
    await page.click(`form:has(input[name="kind"][value="${kind}"])${more} button`);
    await until(page, `performance.timeOrigin !== ${old} && document.querySelector('#practice-title')`);
  };
  /** Presses it to the millisecond: what a click needs to get there is not the same in two pages. */
  const pressAt = async (page: Page, at: number, kind: string): Promise<void> => {
    const old = await page.evaluate<number>('performance.timeOrigin');
    await page.evaluate(`{
      const form = document.querySelector('form:has(input[name="kind"][value="${kind}"])');
      setTimeout(() => { while (Date.now() < ${at}); form.requestSubmit(); }, ${at} - Date.now() - 20);
    }`);
    await until(page, `performance.timeOrigin !== ${old} && document.querySelector('#practice-title')`);
  };
  const offlineNotice = '.flash .alert:has-text("Sans réseau"), .flash .alert:has-text("لا توجد شبكة")';

  it.each(['fr', 'ar'] as const)(
    'goes on without a network, and the server has every deed once, in %s',
    async (locale) => {
      const { token, shop, context, page } = await givenStoredShop(locale);

      await context.setOffline(true);
      await page.goto(`/${locale}${SHOP}`);
      await page.waitForSelector(offlineNotice);
      await press(page, 'clock.next');
      await page.goto(`/${locale}${SHOP}/orders/sac-salma`);
      await page.waitForSelector('form:has(input[value="order.accept"])');
      expect(await scrollsSideways(page)).toBe(false);
      expect(await accessibilityFaults(page)).toEqual([]);
      await press(page, 'order.accept');
      await press(page, 'order.ship', ':has(input[value="post"])');
      // Four hundred minutes later somebody unknown orders; shipped unasked, it comes back: a wrong path, named at once.
      for (let n = 0; n < 3; n++) {
        await page.goto(`/${locale}${SHOP}`);
        await press(page, 'clock.next');
      }
      await page.goto(`/${locale}${SHOP}/orders/bols-inconnu`);
      await press(page, 'order.accept');
      await press(page, 'order.ship', ':has(input[value="post"])');
      await page.goto(`/${locale}${SHOP}/exercises`);
      await page.waitForSelector(offlineNotice);
      const onPhone = await page.evaluate<string>(`document.querySelector('main > .wrap.column').innerText`);

      await page.goto(`/${locale}/offline`);
      await page.waitForSelector('#kept:not([hidden]) [data-rows] li');
      expect(await page.locator('#kept [data-rows] li').count()).toBe(1);

      await context.setOffline(false);
      await page.goto(`/${locale}${SHOP}/exercises`);
      expect(await page.locator(offlineNotice).count()).toBe(0);
      const ofServer = await page.evaluate<string>(`document.querySelector('main > .wrap.column').innerText`);
      expect(ofServer).toBe(onPhone);
      const after = await opened(token);
      expect(after.score.exercises.some(({ state, hint }) => state === 'wrong' && hint !== null)).toBe(true);
      expect(await deeds(shop.id)).toHaveLength(8);
      await context.close();
    },
    90_000,
  );

  it('is nobody else’s, and keeps in step with what is done elsewhere', async () => {
    const { token, shop, context, page } = await givenStoredShop('fr');
    const act = async (deed: object, id: string) =>
      t.api(`/practice/shops/${shop.id}/actions`, { token, body: { id, ...deed } });
    const elsewhere = '01900000-0000-7000-8000-000000000001';
    expect((await act({ kind: 'clock.next' }, elsewhere)).statusCode).toBe(201);
    // Any of its rooms learns of it.
    await page.goto(`/fr${SHOP}/orders`);
    await until(
      page,
      `caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => (await caches.open(name)).keys())))
        .flat().some(({ url }) => url.includes('/world?lang=fr&done=1&')))`,
    );

    await context.setOffline(true);
    await page.goto(`/fr${SHOP}/orders/sac-salma`);
    await page.waitForSelector('form:has(input[value="order.accept"])');
    await press(page, 'order.accept');
    // Meanwhile another phone declines it: what was done here is refused, and said.
    const late = '01900000-0000-7000-8000-000000000002';
    expect((await act({ kind: 'order.decline', order: 'sac-salma' }, late)).statusCode).toBe(201);
    await context.setOffline(false);
    await page.goto(`/fr${SHOP}`);
    await page.waitForSelector('#kept:not([hidden]) .alert--bad');
    expect(await deeds(shop.id)).toHaveLength(2);

    // What waits of one person waits for them, and holds up nobody else who plays the same on this phone.
    await context.setOffline(true);
    await page.goto(`/fr${SHOP}`);
    await press(page, 'clock.next');
    const other = await givenPerson(t);
    await opened(other.token);
    await context.clearCookies();
    await context.addCookies([{ name: 'qafila', value: other.token, url: air.base }]);
    await context.setOffline(false);
    await page.goto('/fr/courses/e-marketing');
    await until(
      page,
      `caches.keys().then((names) => !names.some((name) => name.startsWith('qafila-person-')))`,
    );
    await context.setOffline(true);
    await page.goto(`/fr${SHOP}`);
    await page.waitForSelector('#no-network:not([hidden])');
    await context.setOffline(false);
    await store(page, `/fr${SHOP}`, 'light');
    await page.goto(`/fr${SHOP}/orders`);
    expect(await page.locator(offlineNotice).count()).toBe(0);
    expect(await deeds(shop.id)).toHaveLength(2);
    await context.close();
  }, 90_000);

  it('is played on two pages of one phone in turns, and what one did the other cannot do again', async () => {
    const { token, shop, context, page } = await givenStoredShop('ar');
    await context.setOffline(true);
    const other = await context.newPage();
    await page.goto(`/ar${SHOP}`);
    await press(page, 'clock.next');

    // Both accept the same order at once: one of them is told that it is done.
    const both = [page, other];
    for (const each of both) {
      await each.goto(`/ar${SHOP}/orders/sac-salma`);
      await each.waitForSelector('form:has(input[value="order.accept"])');
    }
    const at = Date.now() + 500;
    await Promise.all(both.map((each) => pressAt(each, at, 'order.accept')));
    const said = await Promise.all(
      both.map((each) => each.locator('.flash .alert:is(.alert--good, .alert--warn)').getAttribute('class')),
    );
    expect(said.sort()).toEqual(['alert alert--good', 'alert alert--warn']);

    await context.setOffline(false);
    await page.goto(`/ar${SHOP}/orders`);
    expect(await page.locator(offlineNotice).count()).toBe(0);
    expect(await deeds(shop.id)).toHaveLength(2);
    expect((await opened(token)).orders.find(({ id }) => id === 'sac-salma')?.status).toBe('accepted');
    await context.close();
  }, 90_000);

  it('says that the phone is full, keeps what was typed, and goes on when there is room', async () => {
    const { shop, context, page } = await givenStoredShop('fr');
    await context.setOffline(true);
    await page.goto(`/fr${SHOP}/products`);
    await page.waitForSelector(offlineNotice);
    const name = page.locator('#shop-name [name="name"]');
    await name.fill('Chez Rahma');
    // Chromium counts what is put only when it has grown by megabytes: its word on the first put is said here.
    await page.evaluate(`{
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function () {
        IDBObjectStore.prototype.put = put;
        throw new DOMException('', 'QuotaExceededError');
      };
    }`);
    await name.press('Enter');
    await page.waitForSelector('.flash .alert--warn');
    expect(await name.inputValue()).toBe('Chez Rahma');
    expect(await accessibilityFaults(page)).toEqual([]);

    await name.press('Enter');
    await page.waitForSelector('.flash .alert--good');
    await context.setOffline(false);
    await page.goto(`/fr${SHOP}/products`);
    expect(await name.inputValue()).toBe('Chez Rahma');
    expect(await deeds(shop.id)).toHaveLength(1);
    await context.close();
  }, 60_000);

  it('is hidden from whoever comes after a sign-out without a network, and what was done in it still arrives', async () => {
    const { shop, context, page } = await givenStoredShop('fr');
    await page.goto('/fr/me');
    const pages = [page, await context.newPage()] as const;
    await context.setOffline(true);
    await pages[1].goto(`/fr${SHOP}`);
    await press(pages[1], 'clock.next');
    await page.click('form[action="/fr/sign-out"] button');
    await page.waitForSelector('#leaving:not([hidden])');
    await pages[1].goto(`/fr${SHOP}`);
    await pages[1].waitForSelector('#no-network:not([hidden]), #leaving:not([hidden])');
    expect(await pages[1].locator('#practice-title').count()).toBe(0);

    await context.setOffline(false);
    await until(
      page,
      `caches.keys().then((names) => names.every((name) => !name.startsWith('qafila-person-')))`,
    );
    expect(await deeds(shop.id)).toHaveLength(1);
    await context.close();
  }, 60_000);
});
