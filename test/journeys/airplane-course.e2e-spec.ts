/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { givenPerson } from '../support/actors.js';
import { Airplane, bytesOf, store, STORED_FILES, untilOwned } from '../support/airplane.js';
import type { TestApp } from '../support/app.js';
import { accessibilityFaults, PHONE_SCREEN, scrollsSideways, until } from '../support/browser.js';

const COURSE = 'e-marketing';
const PAGE = `/courses/${COURSE}`;
const MODULE = 'mon-client-et-mon-offre';
const LESSON = `${PAGE}/${MODULE}`;
const STORED = '[data-state="stored"]:not([hidden])';
const NO_LOCKS = `delete Navigator.prototype.locks;`;

interface Listed {
  page: string;
  bytes: { withoutVideo: number; withVideo: number };
  files: { url: string; part: string }[];
  modules: { page: string; files: { url: string; part: string }[] }[];
}

describe('a whole course in airplane mode', () => {
  let air: Airplane;
  let t: TestApp;
  beforeAll(async () => {
    air = await Airplane.start();
    ({ t } = air);
  }, 120_000);
  afterAll(() => air?.close());

  const listed = (page: Page, lang: string): Promise<Listed> =>
    page.evaluate(`fetch('/api/v1/courses/${COURSE}/pack?lang=${lang}').then((answer) => answer.json())`);

  it('is fetched with one button, its size first, goes on after a cut, opens without a network and is taken away', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await air.visit(token, { locale: 'ar', viewport: PHONE_SCREEN });
    await page.goto(`/ar${PAGE}`);
    await until(page, `document.querySelector('[data-full-size]').textContent !== ''`);
    const { bytes, files, modules } = await listed(page, 'ar');
    const [full, light] = await Promise.all(
      ['full', 'light'].map(async (kind) => bytesOf((await page.textContent(`[data-${kind}-size]`)) ?? '')),
    );
    expect(Math.abs(full! - bytes.withVideo)).toBeLessThan(60_000);
    expect(Math.abs(light! - bytes.withoutVideo)).toBeLessThan(60_000);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await accessibilityFaults(page)).toEqual([]);

    const cut = modules[2]!.files.filter(({ part }) => part === 'lesson').at(-1)!.url;
    await context.route(`**${cut}`, (route) => route.abort());
    await page.click('[data-state="none"] [data-deed="light"]');
    await page.waitForSelector('[data-state="cut"]:not([hidden])');
    await context.unroute(`**${cut}`);
    const asked = new Set<string>();
    context.on('request', (request) => void asked.add(new URL(request.url()).pathname));
    await page.reload();
    await page.click('[data-state="cut"] [data-deed="continue"]');
    await page.waitForSelector(STORED);
    // Lessons that were whole are not fetched once more, nor what they share.
    expect(asked.has(modules[0]!.page)).toBe(false);
    for (const { url } of modules[0]!.files.filter(({ part }) => part === 'lesson'))
      expect([url, asked.has(url)]).toEqual([url, false]);
    const wanted = [files, ...modules.map((each) => each.files)].flat();
    const kept = new Set(
      wanted.filter(({ part }) => part !== 'video' && part !== 'player').map(({ url }) => url),
    );
    expect(await page.evaluate(STORED_FILES)).toBe(kept.size);
    await untilOwned(page);

    await context.setOffline(true);
    await page.goto(`/ar${PAGE}`);
    await page.waitForSelector(STORED);
    await page.click(`.route a[href="${modules[1]!.page}"]`);
    await page.waitForSelector('#lesson-title');
    await page.goto('/ar/offline');
    await page.waitForSelector(`#shelf a[href="/ar${PAGE}"]`);
    expect(await page.locator('#shelf [data-rows] a').count()).toBe(modules.length + 1);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await accessibilityFaults(page)).toEqual([]);

    // What belongs to the moment is asked for where there is a network.
    await context.setOffline(false);
    await page.goto(`/ar${PAGE}`);
    await until(page, `document.documentElement.dataset.stored !== undefined`);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.click(`${STORED} [data-deed="remove"]`);
    await page.waitForSelector('[data-state="none"]:not([hidden])');
    expect(await page.evaluate(STORED_FILES)).toBe(0);
    await context.close();
  }, 60_000);

  it('keeps the lesson without its video until the video is there, and says so where it cannot be played', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await air.visit(token, { locale: 'fr', viewport: PHONE_SCREEN });
    await store(page, `/fr${LESSON}`, 'light');
    await context.setOffline(true);
    await page.goto(`/fr${LESSON}`);
    await page.waitForSelector('[data-no-video]:not([hidden])');
    expect(await page.isVisible('[data-player]')).toBe(false);
    expect(await page.isVisible('[data-no-video] a')).toBe(false);

    await context.setOffline(false);
    await page.waitForSelector('[data-no-video] a', { state: 'visible' });
    expect(await page.isVisible('[data-player]')).toBe(true);
    await page.waitForSelector('[data-add]:not([hidden])');
    await context.route('**/240p/000.m4s', (route) => route.abort());
    await page.click('[data-add]');
    await page.waitForSelector('[data-state="cut"]:not([hidden])');
    await context.setOffline(true);
    await page.goto(`/fr${LESSON}`);
    expect(await page.isVisible('#quiz-form')).toBe(true);
    await context.unroute('**/240p/000.m4s');
    await context.setOffline(false);
    await page.click('[data-state="cut"] [data-deed="continue"]');
    await page.waitForSelector(STORED);
    await context.setOffline(true);
    await page.goto(`/fr${LESSON}`);
    await page.waitForSelector(STORED);
    expect(await page.isVisible('[data-no-video]')).toBe(false);
    await page.click('[data-start]');
    await until(page, `document.querySelector('video').currentTime > 0.5`);
    await context.close();
  }, 60_000);

  it.each([
    ['with locks', ''],
    ['without them', NO_LOCKS],
  ])(
    'is fetched by one of two pages, and the other shows how far it is, %s',
    async (_, script) => {
      const { token } = await givenPerson(t);
      const { context, page } = await air.visit(token, { locale: 'fr', viewport: PHONE_SCREEN, script });
      const other = await context.newPage();
      const asked: string[] = [];
      // A request that passes the service worker is reported a second time by it.
      context.on('request', (request) => {
        if (!request.serviceWorker()) asked.push(new URL(request.url()).pathname);
      });
      let letGo: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (letGo = resolve));
      await context.route('**/240p/000.m4s', async (route) => {
        await held;
        await route.continue();
      });
      for (const each of [page, other]) {
        await each.goto(`/fr${LESSON}`);
        await until(each, `document.querySelector('[data-full-size]').textContent !== ''`);
      }
      asked.length = 0;
      await page.click('[data-state="none"] [data-deed="full"]');
      await until(page, `document.querySelector('#keep progress').value > 300000`);
      await other.click('[data-state="none"] [data-deed="full"]');
      await other.waitForSelector('[data-state="loading"]:not([hidden])');
      letGo();
      await Promise.all([page, other].map((each) => each.waitForSelector(STORED)));
      const media = asked.filter((url) => url.startsWith('/media/'));
      expect(media.length).toBe(new Set(media).size);
      expect(asked.filter((url) => url === `/fr${LESSON}`)).toHaveLength(1);
      await context.close();
    },
    60_000,
  );
});
