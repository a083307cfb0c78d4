/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { givenPerson } from '../support/actors.js';
import { testKeys } from '../support/api-steps.js';
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

  it('keeps the test before the course and a task with its photo, and the server has each once', async () => {
    const { id, token } = await givenPerson(t);
    const { context, page } = await air.visit(token, { locale: 'fr', viewport: PHONE_SCREEN });
    await store(page, `/fr${PAGE}`, 'light');
    await context.setOffline(true);
    await page.goto(`/fr${PAGE}`);
    await page.click(`a[href="/fr${PAGE}/test"]`);
    await page.waitForSelector('#test-form');
    expect(await accessibilityFaults(page)).toEqual([]);
    for (const [item, key] of await testKeys(COURSE))
      await page.check(`input[name="q.${item}"][value="${String(key)}"]`);
    await page.click('#test-form button[type="submit"]');
    await page.waitForSelector('#kept [data-count]:not([hidden])');
    // Taken is taken: the form is not there a second time.
    expect(await page.isVisible('#test-form')).toBe(false);

    await page.goto(`/fr${LESSON}`);
    const photo = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#a04000' } })
      .jpeg()
      .toBuffer();
    await page.setInputFiles('#tasks input[type=file]', {
      name: 'p.jpg',
      mimeType: 'image/jpeg',
      buffer: photo,
    });
    await page.fill('#tasks [name=note]', 'Sous la lampe');
    await page.click('#tasks button[type="submit"]');
    await page.waitForSelector('#kept [data-count]:not([hidden])');
    expect(await page.locator('#kept [data-rows] > li').count()).toBe(2);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await accessibilityFaults(page)).toEqual([]);
    const tests = `SELECT phase, score, max FROM test_attempt WHERE person_id = $1`;
    const steps = `SELECT s.note, s.photo FROM task_step s JOIN task k ON k.id = s.task_id WHERE k.person_id = $1`;
    expect(await t.db.manager.query(tests, [id])).toEqual([]);

    await context.setOffline(false);
    await page.evaluate(`window.dispatchEvent(new Event('online'))`);
    await until(page, `document.querySelector('#kept [data-count]').hidden`);
    const taken = (await t.db.manager.query(tests, [id])) as { score: number; max: number }[];
    expect(taken).toMatchObject([{ phase: 'pre', score: taken[0]?.max }]);
    expect(await t.db.manager.query(steps, [id])).toMatchObject([
      { note: 'Sous la lampe', photo: expect.any(String) as string },
    ]);
    await page.reload();
    await page.waitForSelector('#kept [data-remove]');
    expect(await t.db.manager.query(steps, [id])).toHaveLength(1);
    await context.close();
  }, 60_000);

  it('says plainly that a photo for which there is no room needs the network, and keeps what was written', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await air.visit(token, { locale: 'ar', viewport: PHONE_SCREEN });
    await store(page, `/ar${LESSON}`, 'light');
    await context.setOffline(true);
    await page.goto(`/ar${LESSON}`);
    // The browser's word on how much room there is; the rest is ours.
    const [worker] = context.serviceWorkers();
    await worker!.evaluate(`navigator.storage.estimate = async () => ({ quota: 2000000, usage: 1000000 })`);
    const buffer = Buffer.alloc(4_000_000, 1);
    await page.setInputFiles('#tasks input[type=file]', { name: 'p.jpg', mimeType: 'image/jpeg', buffer });
    await page.fill('#tasks [name=note]', 'تحت المصباح');
    await page.click('#tasks button[type="submit"]');
    await page.waitForSelector('#kept .alert--warn');
    expect(await page.inputValue('#tasks [name=note]')).toBe('تحت المصباح');
    expect(await accessibilityFaults(page)).toEqual([]);
    await context.close();
  }, 60_000);

  it('hides the lessons of whoever signs out without a network, says so, and finishes it when it is back', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await air.visit(token, { locale: 'fr', viewport: PHONE_SCREEN });
    await store(page, `/fr${LESSON}`, 'light');
    await page.goto('/fr/me');
    await context.setOffline(true);
    await page.click('form[action="/fr/sign-out"] button');
    await page.waitForSelector('#leaving:not([hidden])');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`/fr${LESSON}`);
    expect(await page.isVisible('#lesson-title')).toBe(false);
    // The page hears of it, and goes on by itself.
    await context.setOffline(false);
    await until(
      page,
      `caches.keys().then((names) => names.every((name) => !name.startsWith('qafila-person-')))`,
    );
    expect((await t.api('/me/sync', { token })).statusCode).toBe(401);
    await context.close();
  }, 60_000);
});
