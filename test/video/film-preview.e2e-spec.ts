/// <reference lib="dom" />
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { givenStaff } from '../support/actors.js';
import { launchBrowser, listen, until } from '../support/browser.js';
import { type FilmSet, FILMED, givenFilmSet, givenStage, pictures, type Stage, tone, X264 } from './films.js';

const DAYS = 3 * 86_400_000;
const SECONDS = 70;
const LESSON = `/fr/staff/courses/tissage/lesson/${FILMED}`;
const VIDEO = `document.querySelector('video')`;

jest.setTimeout(120_000);

describe('the film of a draft, in its preview', () => {
  let stage: Stage;
  let s: FilmSet;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    stage = await givenStage();
    s = await givenFilmSet();
    const texts = { 't:/title/fr': 'L’atelier', 't:/title/ar': 'الورشة' };
    await s.a.save(`/fr/staff/courses/tissage/parts/${FILMED}/${s.part}`, texts);
    const file = await stage.shoot(
      'long.mp4',
      ...pictures('320x240', SECONDS, 10),
      ...tone(SECONDS),
      ...X264,
    );
    expect((await s.film(file)).state).toBe('placed');
    s.a.t.clock.run();
    base = await listen(s.a.t);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await s?.close();
    await stage?.clear();
  });

  async function signIn(context: BrowserContext): Promise<void> {
    const { token } = await givenStaff(s.a.t, 'admin', { kind: 'installation', id: null });
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
  }

  /** The preview as an author has it open, and what its player asks for. */
  async function opened(): Promise<{ context: BrowserContext; page: Page; passes: () => string[] }> {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
    await signIn(context);
    await context.addInitScript(`HTMLMediaElement.prototype.canPlayType = () => '';`);
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${base}${LESSON}`);
    const passes = () => [
      ...new Set(asked.filter((path) => path.startsWith('/m/')).map((path) => path.split('/')[2] ?? '')),
    ];
    return { context, page, passes };
  }
  const failed = (page: Page) => page.isVisible('[data-failed]');

  it('plays on where it was when its address ends while it plays', async () => {
    const { context, page, passes } = await opened();
    // As where the network is slow: the player has a few segments, and wants the others later.
    let isSlow = true;
    await page.route(/\/0(0[4-9]|1\d)\.m4s$/, async (route) => {
      while (isSlow) await pause(50);
      await route.continue().catch(() => undefined);
    });
    await page.click('[data-start]');
    await until(page, `${VIDEO}.currentTime > 1`);
    expect(passes()).toHaveLength(1);
    s.a.t.clock.advance(DAYS);
    // Whoever may still see the page: signed in again, as one is after three days.
    await signIn(context);
    isSlow = false;
    await page.evaluate(`${VIDEO}.currentTime = 60`);
    await until(page, `${VIDEO}.currentTime > 61`);
    expect(passes()).toHaveLength(2);
    expect(await failed(page)).toBe(false);
    expect(await page.evaluate(`${VIDEO}.paused`)).toBe(false);
    await context.close();
  });

  it('begins, too, on a page that was open for days', async () => {
    const { context, page, passes } = await opened();
    s.a.t.clock.advance(DAYS);
    await signIn(context);
    await page.click('[data-start]');
    await until(page, `${VIDEO}.currentTime > 1`);
    expect(passes().length).toBeGreaterThanOrEqual(2);
    await context.close();
  });

  it('says that it cannot be played to who may not see it any more', async () => {
    const { context, page } = await opened();
    s.a.t.clock.advance(DAYS);
    await page.click('[data-start]');
    await page.waitForSelector('[data-failed]:not([hidden])');
    await context.close();
  });
});
