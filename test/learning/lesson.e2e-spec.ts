/// <reference lib="dom" />
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways, until } from '../support/browser.js';
import { FaultyProxy } from '../support/proxy.js';
import { IS_LONG, isTurn, viewOf } from '../support/turns.js';

const LESSON = '/courses/e-marketing/mon-client-et-mon-offre';
const COURSE = '/courses/e-marketing';
const TIME = `document.querySelector('video').currentTime`;

/** Runs in the page before it: pauses at a second, however late this process would notice, and notes where playing began. */
const pauseAt = (seconds: number): string => `
  addEventListener('playing', ({ target }) => (window.begunAt ??= target.currentTime), true);
  addEventListener('timeupdate', ({ target }) => target.currentTime >= ${seconds} && target.pause(), true);`;
const PAUSED = `document.querySelector('video').paused`;

describe('a lesson in a browser', () => {
  let t: TestApp;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    t = await createTestApp();
    t.clock.run();
    base = await listen(t);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  async function open(options: {
    token?: string;
    path: string;
    script?: string;
    context?: BrowserContextOptions;
    /** Where the server is reached; there, unless said otherwise. */
    at?: string;
  }): Promise<Page> {
    const context = await browser.newContext(options.context ?? {});
    if (options.token) await context.addCookies([{ name: 'qafila', value: options.token, url: base }]);
    if (options.script) await context.addInitScript(options.script);
    const page = await context.newPage();
    await page.goto((options.at ?? base) + options.path);
    return page;
  }

  const watchedBy = async (token: string): Promise<{ watchedSeconds: number; position: number }> => {
    const answer = await t.api('/courses/e-marketing', { token });
    return answer.json<{ modules: Array<{ progress: { watchedSeconds: number; position: number } }> }>()
      .modules[0]!.progress;
  };

  /** What the server knows once it has been told where the video was left. */
  const told = async (
    token: string,
    position: number,
  ): Promise<{ watchedSeconds: number; position: number }> => {
    for (let tries = 0; tries < 300; tries++) {
      const progress = await watchedBy(token);
      if (Math.abs(progress.position - position) < 0.01) return progress;
      await pause(100);
    }
    throw new Error(`The server was not told of ${position} s within 30 s`);
  };

  const playing = async (page: Page, from: number): Promise<void> => {
    await until(page, `${TIME} > ${from}`);
  };
  const timeOf = (page: Page): Promise<number> => page.evaluate(TIME);

  it.each([
    ['its own HLS', ''],
    ['hls.js', `HTMLMediaElement.prototype.canPlayType = () => '';`],
  ])(
    'plays by %s, tells what was watched and resumes where one left',
    async (name, script) => {
      const { token } = await givenPerson(t);
      const page = await open({ token, path: `/fr${LESSON}`, script: script + pauseAt(4) });
      const requested: string[] = [];
      page.on('request', (request) =>
        requested.push(new URL(request.url()).pathname + new URL(request.url()).search),
      );
      await page.click('[data-start]');
      await playing(page, 4);
      await until(page, PAUSED);
      expect(requested.some((url) => url.includes('hls-player'))).toBe(name === 'hls.js');
      expect(requested.some((url) => url.includes('master.m3u8?height=240'))).toBe(true);
      expect(requested.some((url) => url.includes('/480p/'))).toBe(false);
      const size = await page.evaluate(`document.querySelector('video').videoHeight`);
      expect(size).toBe(240);
      if (name === 'hls.js') {
        // What is fetched and never seen costs somebody money: a minute ahead, and no more.
        await page.waitForTimeout(2000);
        const [end, duration] = await page.evaluate<[number, number]>(
          `(({ buffered, duration }) => [buffered.end(buffered.length - 1), duration])(document.querySelector('video'))`,
        );
        expect(end).toBeLessThan(Math.min(4 + 60 + 6, duration - 1));
      }
      await page.waitForSelector('[data-watched]:not([hidden])');
      const stood = await timeOf(page);
      const { watchedSeconds, position } = await told(token, stood);
      expect(watchedSeconds).toBeGreaterThan(3);
      await page.context().close();

      const again = await open({ token, path: `/ar${LESSON}`, script: script + pauseAt(60) });
      expect(await again.textContent('[data-start]')).toContain('0:04');
      await again.click('[data-start]');
      await until(again, 'window.begunAt !== undefined');
      expect(Math.abs((await again.evaluate<number>('begunAt')) - position)).toBeLessThan(5);
      await again.context().close();
    },
    90_000,
  );

  /** The script asks again by itself, for longer than a short run waits. */
  const PLAYERS: ReadonlyArray<[string, string]> = [
    ['its own HLS', ''],
    ['hls.js', `HTMLMediaElement.prototype.canPlayType = () => '';`],
  ];
  it.each(IS_LONG ? PLAYERS : PLAYERS.slice(0, 1))(
    'goes on by itself after the network was gone, by %s',
    async (_, script) => {
      const door = await FaultyProxy.to(base);
      try {
        const page = await open({ path: `/fr${LESSON}`, script, at: new URL(door.through(base)).origin });
        await page.click('[data-start]');
        await playing(page, 1);
        await door.set('refuse');
        await page.waitForSelector('[data-failed]:not([hidden])', { timeout: 90_000 });
        const stood = await timeOf(page);
        expect(stood).toBeGreaterThan(1);
        await door.set('pass');
        await playing(page, stood + 1);
        expect(await page.isVisible('[data-failed]')).toBe(false);
        await page.context().close();
      } finally {
        await door.close();
      }
    },
    150_000,
  );

  it('takes the sound alone when the phone saves data, and remembers another choice', async () => {
    const saving = `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });`;
    const page = await open({ path: `/fr${LESSON}`, script: saving });
    expect(await page.isChecked('input[value="audio"]')).toBe(true);
    expect(await page.isVisible('[data-saving]')).toBe(true);
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await page.click('[data-start]');
    await playing(page, 1);
    expect(requested.filter((url) => url.endsWith('.m4s')).every((url) => url.includes('/audio/'))).toBe(
      true,
    );
    await page.check('input[value="480"]');
    await until(page, `document.querySelector('video').videoHeight === 480`);
    await page.reload();
    expect(await page.isChecked('input[value="480"]')).toBe(true);
    await page.context().close();
  }, 60_000);

  it('keeps what was watched without a network and sends it when there is one', async () => {
    const { token } = await givenPerson(t);
    const page = await open({ token, path: `/fr${LESSON}`, script: pauseAt(5) });
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.click('[data-start]');
    await playing(page, 5);
    await until(page, PAUSED);
    await page.waitForSelector('[data-pending]:not([hidden])');
    expect((await watchedBy(token)).watchedSeconds).toBe(0);
    await page.unroute('**/api/v1/**');
    await page.evaluate(`window.dispatchEvent(new Event('online'))`);
    await page.waitForSelector('[data-pending]', { state: 'hidden' });
    expect((await watchedBy(token)).watchedSeconds).toBeGreaterThan(4);
    await page.context().close();
  }, 60_000);

  it('moves by the arrow keys and changes its speed', async () => {
    const page = await open({ path: `/fr${LESSON}` });
    await page.click('[data-start]');
    await playing(page, 1);
    await page.keyboard.press(' ');
    await until(page, `document.querySelector('video').paused`);
    await pause(1000);
    const before = await timeOf(page);
    await page.keyboard.press('ArrowRight');
    expect((await timeOf(page)) - before).toBeCloseTo(5, 1);
    await page.keyboard.press('ArrowLeft');
    expect(await timeOf(page)).toBeCloseTo(before, 1);
    await page.selectOption('[data-speed]', '1.5');
    expect(await page.evaluate(`document.querySelector('video').playbackRate`)).toBe(1.5);
    await page.context().close();
  }, 60_000);

  it('is read, answered and explained without JavaScript', async () => {
    const { token } = await givenPerson(t);
    const page = await open({ token, path: `/fr${LESSON}`, context: { javaScriptEnabled: false } });
    expect(await page.locator('.lesson-card').count()).toBeGreaterThanOrEqual(5);
    for (const item of await page.locator('.quiz-item').all()) {
      const boxes = item.locator('input[type=radio], input[type=checkbox]');
      if (await boxes.count()) await boxes.first().check();
      else await item.locator('input').fill('12,5');
    }
    await page.click('#quiz-form button[type=submit]');
    expect(new URL(page.url()).pathname).toMatch(/\/quiz\/[0-9a-f-]{36}$/);
    expect(await page.locator('.quiz-mark').count()).toBe(5);
    await page.reload();
    expect(await page.locator('.quiz-mark').count()).toBe(5);
    await page.context().close();
  }, 60_000);

  it.each([
    ['fr', 360],
    ['ar', 360],
    ['fr', 1280],
    ['ar', 1280],
  ])(
    'has no serious fault in %s at %i px and never scrolls sideways',
    async (lang, width) => {
      const { token } = await givenPerson(t);
      for (const [n, path] of ['/courses', COURSE, LESSON].entries()) {
        const page = await open({
          token,
          path: `/${lang}${path}`,
          // Tall, so that the four places at the bottom cover nothing.
          context: { viewport: { width, height: 3000 } },
        });
        const isItsTurn = isTurn(n, viewOf(lang, width), 4);
        expect([path, isItsTurn ? await accessibilityFaults(page) : []]).toEqual([path, []]);
        expect(await scrollsSideways(page)).toBe(false);
        await page.context().close();
      }
    },
    120_000,
  );
});
