/// <reference lib="dom" />
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { givenPerson, givenStaff } from '../support/actors.js';
import { Airplane, bytesOf, store as storeAt, STORED_FILES } from '../support/airplane.js';
import type { TestApp } from '../support/app.js';
import { ok, quizKeys } from '../support/api-steps.js';
import {
  accessibilityFaults,
  PHONE_SCREEN,
  scrollsSideways,
  until,
  WIDE_SCREEN,
} from '../support/browser.js';
import type { FaultyProxy } from '../support/proxy.js';

const COURSE = 'e-marketing';
const MODULE = 'mon-client-et-mon-offre';
const LESSON = `/courses/${COURSE}/${MODULE}`;
const CARD = '#quatre-clients-title';
const ATTEMPTS = `SELECT id, passed, score FROM quiz_attempt WHERE person_id = $1`;
const EVENTS = `SELECT id FROM progress_event WHERE person_id = $1`;
const PAUSE_AT_FOUR = `addEventListener('timeupdate', ({ target }) => target.currentTime >= 4 && target.pause(), true);`;
const NO_HLS = `HTMLMediaElement.prototype.canPlayType = () => '';`;

describe('a lesson in airplane mode', () => {
  let air: Airplane;
  let t: TestApp;
  let door: FaultyProxy;
  let base: string;

  beforeAll(async () => {
    air = await Airplane.start();
    ({ t, door, base } = air);
  }, 120_000);
  afterAll(() => air?.close());

  const visit = (...given: Parameters<Airplane['visit']>): ReturnType<Airplane['visit']> =>
    air.visit(...given);
  const store = (page: Page, locale: string, deed: 'full' | 'light'): Promise<void> =>
    storeAt(page, `/${locale}${LESSON}`, deed);

  /** Publishes the course again, a card of the lesson under another name. */
  async function givenNewerVersion(): Promise<void> {
    const { token } = await givenStaff(t, 'admin', { kind: 'installation', id: null });
    const draft = `/courses/${COURSE}/draft`;
    const { revision } = await ok<{ revision: number }>(t, draft, { token, body: {} }, 200);
    await ok(t, draft, {
      ...{ token, method: 'PATCH', headers: { 'if-match': String(revision) } },
      body: {
        ...{ file: '01-mon-client-et-mon-offre/module.yaml', part: 'quatre-clients' },
        fields: { 't:/title/fr': 'Quatre clientes', 't:/title/ar': 'أربع زبونات' },
      },
    });
    await ok(t, `${draft}/publish`, { token, body: {} }, 200);
  }

  /** Answers every question of the page rightly, as a person with the book open would. */
  async function answer(page: Page): Promise<void> {
    for (const [item, key] of await quizKeys(COURSE, MODULE)) {
      const field = `q.${item}`;
      if (Array.isArray(key) && (await page.$(`input[name="${field}"]`))) {
        for (const value of key) await page.check(`input[name="${field}"][value="${value}"]`);
      } else if (Array.isArray(key)) {
        for (const [index, value] of key.entries())
          await page.selectOption(`select[name="${field}.${index + 1}"]`, String(value));
      } else if (typeof key === 'object' && key !== null) {
        for (const [choice, value] of Object.entries(key))
          await page.selectOption(`select[name="${field}.${choice}"]`, String(value));
      } else if (await page.$(`input[type="radio"][name="${field}"]`)) {
        await page.check(`input[name="${field}"][value="${String(key)}"]`);
      } else await page.fill(`input[name="${field}"]`, String(key));
    }
  }

  const cutOff: Record<string, (context: BrowserContext) => Promise<void>> = {
    'the network is off': (context) => context.setOffline(true),
    'the server is gone': () => door.set('refuse'),
  };
  const bringBack = async (context: BrowserContext): Promise<void> => {
    await door.set('pass');
    await context.setOffline(false);
  };

  it.each([
    ['ar', PHONE_SCREEN, 'the network is off', ''],
    ['fr', WIDE_SCREEN, 'the server is gone', NO_HLS],
  ] as const)(
    'is stored, read, heard, watched and answered, and the server has it once, in %s',
    async (locale, viewport, how, script) => {
      const { id, token } = await givenPerson(t);
      const { context, page } = await visit(token, { locale, viewport, script: script + PAUSE_AT_FOUR });
      await store(page, locale, 'full');
      expect(await accessibilityFaults(page)).toEqual([]);
      await cutOff[how]!(context);

      await page.goto(`/${locale}${LESSON}`);
      expect(await page.textContent('h1')).not.toBe('');
      await until(
        page,
        `[...document.images].every((image) => { image.loading = 'eager'; return image.complete && image.naturalWidth > 0; })`,
      );
      const sound = await page.evaluate(`new Promise((done) => {
        const audio = new Audio(document.querySelector('a[data-listen]').href);
        audio.oncanplay = () => done(audio.duration); audio.onerror = () => done(0); audio.load(); })`);
      expect(sound).toBeGreaterThan(1);
      await page.click('[data-start]');
      await until(page, `document.querySelector('video').currentTime >= 4`);
      await page.waitForSelector('[data-pending]:not([hidden])');

      await answer(page);
      await page.click('#quiz-form button[type="submit"]');
      await page.waitForSelector('#kept [data-count]:not([hidden])');
      expect(await page.textContent('#kept [data-count]')).toMatch(/2/);
      expect(await scrollsSideways(page)).toBe(false);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await t.db.manager.query(ATTEMPTS, [id])).toEqual([]);

      await bringBack(context);
      await page.evaluate(`window.dispatchEvent(new Event('online'))`);
      await until(page, `document.querySelector('#kept [data-count]').hidden`);
      const attempts = (await t.db.manager.query(ATTEMPTS, [id])) as { passed: boolean }[];
      expect(attempts).toMatchObject([{ passed: true }]);
      const events = (await t.db.manager.query(EVENTS, [id])) as unknown[];
      expect(events.length).toBeGreaterThan(0);
      // Said again by every page that opens: nothing is there twice.
      await page.reload();
      await page.waitForSelector('#kept a');
      await page.click('#kept a');
      await page.waitForSelector('h1');
      expect(page.url()).toMatch(/\/quiz\/[0-9a-f-]{36}$/);
      expect(await t.db.manager.query(ATTEMPTS, [id])).toHaveLength(1);
      await context.close();
    },
    120_000,
  );

  it('says the size first, counts what it fetches, goes on where it was cut, and takes it away again', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await visit(token, { locale: 'fr', viewport: PHONE_SCREEN });
    await page.goto(`/fr${LESSON}`);
    // As the browser asks, by cookie: forms of its pages have a token, and weigh that much more.
    const { bytes, files } = await page.evaluate<{
      bytes: { withoutVideo: number; withVideo: number };
      files: { url: string; bytes: number; part: string }[];
    }>(`fetch('/api/v1/modules/${MODULE}/pack?lang=fr').then((answer) => answer.json())`);
    await until(page, `document.querySelector('[data-light-size]').textContent !== ''`);
    const light = bytesOf((await page.textContent('[data-light-size]')) ?? '');
    expect(Math.abs(light - bytes.withoutVideo)).toBeLessThan(50_000);
    const asked = new Map<string, number>();
    const cut = files.filter(({ part }) => part === 'lesson').at(-1)!.url;
    context.on('request', (request) => {
      const url = new URL(request.url()).pathname;
      asked.set(url, (asked.get(url) ?? 0) + 1);
    });
    await context.route(`**${cut}`, (route) => route.abort());
    await page.click('[data-deed="light"]');
    await page.waitForSelector('[data-state="cut"]:not([hidden])');
    expect(await page.isVisible('[data-reason="network"]')).toBe(true);
    await context.unroute(`**${cut}`);
    asked.clear();
    await page.click('[data-deed="continue"]');
    await page.waitForSelector('[data-state="stored"]:not([hidden])');
    expect([...asked.keys()].filter((url) => url.startsWith('/media/'))).toEqual([cut]);
    const stored = await page.evaluate<{ urls: string[]; bytes: number }>(`(async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith('qafila-person-'));
      const cache = await caches.open(names[0]);
      const found = await Promise.all((await cache.keys()).map(async (key) => [new URL(key.url).pathname, (await (await cache.match(key)).blob()).size]));
      return { urls: found.map(([url]) => url), bytes: found.reduce((sum, [, size]) => sum + size, 0) };
    })()`);
    const wanted = files.filter(({ part }) => part !== 'video' && part !== 'player');
    expect(new Set(stored.urls)).toEqual(new Set(wanted.map(({ url }) => url)));
    expect(stored.bytes).toBe(bytes.withoutVideo);

    page.on('dialog', (dialog) => void dialog.accept());
    await page.click('[data-deed="remove"]');
    await page.waitForSelector('[data-state="none"]:not([hidden])');
    expect(await page.evaluate(STORED_FILES)).toBe(0);
    await context.close();
  }, 60_000);

  it('says in plain words that the phone is full, and goes on when there is room', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await visit(token, { locale: 'ar', viewport: PHONE_SCREEN });
    await page.goto(`/ar${LESSON}`);
    await until(page, `document.querySelector('[data-light-size]').textContent !== ''`);
    const network = await context.newCDPSession(page);
    await network.send('Storage.overrideQuotaForOrigin', { origin: base, quotaSize: 400_000 });
    await page.click('[data-deed="light"]');
    await page.waitForSelector('[data-state="cut"]:not([hidden])');
    expect(await page.isVisible('[data-reason="space"]')).toBe(true);
    await network.send('Storage.overrideQuotaForOrigin', { origin: base });
    await page.click('[data-deed="continue"]');
    await page.waitForSelector('[data-state="stored"]:not([hidden])');
    await context.close();
  }, 60_000);

  it('cancels: nothing of the lesson stays', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await visit(token, { locale: 'fr', viewport: PHONE_SCREEN });
    await page.goto(`/fr${LESSON}`);
    await until(page, `document.querySelector('[data-full-size]').textContent !== ''`);
    await context.route('**/240p/001.m4s', () => undefined);
    await page.click('[data-deed="full"]');
    await until(page, `document.querySelector('#keep progress').value > 100000`);
    await page.click('[data-state="loading"] [data-deed="cancel"]');
    await page.waitForSelector('[data-state="none"]:not([hidden])');
    expect(await page.evaluate(STORED_FILES)).toBe(0);
    await context.close();
  }, 60_000);

  it('asks before it takes a newer version of the course', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await visit(token, { locale: 'fr', viewport: PHONE_SCREEN });
    await store(page, 'fr', 'light');
    const before = await page.textContent(CARD);
    await givenNewerVersion();
    await page.reload();
    await page.waitForSelector('[data-state="newer"]:not([hidden])');
    expect(await page.textContent(CARD)).toBe(before);
    expect(await page.textContent('[data-newer-size]')).toMatch(/\d\s(Ko|Mo)/);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.click('[data-deed="later"]');
    await page.waitForSelector('[data-state="stored"]:not([hidden])');
    await page.reload();
    await page.waitForSelector('[data-state="newer"]:not([hidden])');
    await page.click('[data-deed="take"]');
    await page.waitForSelector(`${CARD}:has-text("Quatre clientes")`);
    await context.setOffline(true);
    await page.reload();
    expect(await page.textContent(CARD)).toContain('Quatre clientes');
    await context.close();
  }, 60_000);

  it('shows nobody what another person of the phone has stored or answered, and sends nothing as them', async () => {
    const first = await givenPerson(t);
    const second = await givenPerson(t);
    const { context, page } = await visit(first.token, { locale: 'fr', viewport: PHONE_SCREEN });
    await store(page, 'fr', 'light');
    await context.setOffline(true);
    await page.goto(`/fr${LESSON}`);
    await answer(page);
    await page.click('#quiz-form button[type="submit"]');
    await page.waitForSelector('#kept [data-count]:not([hidden])');

    await context.clearCookies();
    await context.addCookies([{ name: 'qafila', value: second.token, url: base }]);
    await context.setOffline(false);
    await page.goto('/fr/courses/e-marketing/identite-et-histoire');
    await until(page, `caches.keys().then((names) => !names.includes('qafila-person-${first.id}'))`);
    await page.goto(`/fr${LESSON}`);
    expect(await page.isVisible('#kept')).toBe(false);
    await pause(1000);
    expect(await t.db.manager.query(ATTEMPTS, [first.id])).toEqual([]);
    expect(await t.db.manager.query(ATTEMPTS, [second.id])).toEqual([]);

    await context.clearCookies();
    await context.addCookies([{ name: 'qafila', value: first.token, url: base }]);
    await page.goto(`/fr${LESSON}`);
    await page.waitForSelector('#kept a');
    expect(await t.db.manager.query(ATTEMPTS, [first.id])).toHaveLength(1);
    expect(await t.db.manager.query(ATTEMPTS, [second.id])).toEqual([]);
    await context.close();
  }, 60_000);

  it.each(['nobody', 'somebody else'])(
    'keeps what was answered on a page of one person while %s was signed in, and sends it when they are back',
    async (who) => {
      const first = await givenPerson(t);
      const second = await givenPerson(t);
      const { context, page } = await visit(first.token, { locale: 'fr', viewport: PHONE_SCREEN });
      await store(page, 'fr', 'light');
      const headers = await page.evaluate<string | null>(
        `fetch(location.pathname, { headers: { accept: 'text/html' } }).then((it) => it.headers.get('content-security-policy'))`,
      );
      const stored = await page.goto(`/fr${LESSON}`);
      expect(stored?.fromServiceWorker()).toBe(true);
      expect(stored?.headers()['content-security-policy']?.length).toBe(headers?.length);
      await answer(page);
      await context.clearCookies();
      if (who !== 'nobody') await context.addCookies([{ name: 'qafila', value: second.token, url: base }]);
      await page.click('#quiz-form button[type="submit"]');
      await page.waitForURL(/\?kept$/);
      await pause(2000);
      expect(await t.db.manager.query(ATTEMPTS, [first.id])).toEqual([]);
      expect(await t.db.manager.query(ATTEMPTS, [second.id])).toEqual([]);
      // A session that ended takes no lesson away; another person does.
      const names = await page.evaluate<string[]>(`caches.keys()`);
      expect(names.includes(`qafila-person-${first.id}`)).toBe(who === 'nobody');

      await context.clearCookies();
      await context.addCookies([{ name: 'qafila', value: first.token, url: base }]);
      await page.goto(`/fr${LESSON}`);
      await page.waitForSelector('#kept a');
      expect(await t.db.manager.query(ATTEMPTS, [first.id])).toHaveLength(1);
      expect(await t.db.manager.query(ATTEMPTS, [second.id])).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('clears what is private when somebody signs out, and keeps no page of the staff', async () => {
    const { token } = await givenPerson(t);
    const { context, page } = await visit(token, { locale: 'fr', viewport: WIDE_SCREEN });
    await store(page, 'fr', 'light');
    await page.goto('/fr/me');
    await page.click('form[action="/fr/sign-out"] button');
    await page.waitForLoadState();
    const names = await page.evaluate<string[]>(`caches.keys()`);
    expect(names.filter((name) => name.startsWith('qafila-person-'))).toEqual([]);
    const shared = await page.evaluate<string[]>(
      `caches.open('qafila-shell').then(async (cache) => (await cache.keys()).map(({ url }) => new URL(url).pathname))`,
    );
    expect(shared.every((url) => /^\/((ar|fr|en)\/offline|assets\/.*)$/.test(url))).toBe(true);
    await context.setOffline(true);
    await page.goto(`/fr${LESSON}`);
    await page.waitForSelector('#no-network:not([hidden])');
    await expect(page.goto('/fr/staff/sign-in')).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
    await context.close();
  }, 60_000);
});
