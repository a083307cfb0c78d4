/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { withTest } from '../../src/courses/course-file/fixtures/course-test.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways, until } from '../support/browser.js';
import { isTurn, viewOf } from '../support/turns.js';
import { type CourseFolder, courseFiles, givenCourses } from '../support/courses.js';

const HOME = '/staff/courses/tissage/listening';
const BOOTH = `${HOME}/01-le-prix/carte-1?lang=ary`;
const LESSON = '/courses/tissage/le-prix';
/** Chromium's own microphone, which beeps, and nobody to ask. */
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

const status = `document.querySelector('[data-status]').textContent`;
const seen = (page: Page, selector: string): Promise<boolean> => page.locator(selector).first().isVisible();

describe('the recording booth and the listen button', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let browser: Browser;
  let page: Page;
  let base: string;

  beforeAll(async () => {
    courses = await givenCourses(withTest(courseFiles()));
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    base = await listen(t);
    browser = await launchBrowser(MICROPHONE);
    const { token } = await givenStaff(t, 'trainer', { kind: 'installation', id: null });
    const context = await browser.newContext({ viewport: { width: 360, height: 1400 } });
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
    page = await context.newPage();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
    await courses.remove();
  });

  it('checks the room, records, plays back, records again and keeps, then goes on to the next line', async () => {
    await page.goto(`${base}/fr${BOOTH}`);
    await page.click('[data-room]');
    await until(page, `/ dB\\)/.test(${status})`);
    expect(await page.textContent('[data-status]')).toMatch(/calme|un peu de bruit|trop de bruit/);
    for (const button of ['[data-record]', '[data-again]']) {
      await page.click(button);
      await page.waitForSelector('[data-stop]');
      expect(await seen(page, '[data-room]')).toBe(false);
      await until(page, `document.querySelector('[data-time]').textContent !== '0:00'`);
      expect(await page.getAttribute('meter', 'aria-valuetext')).toMatch(/trop bas|bien|trop fort/);
      await page.click('[data-stop]');
      await until(page, `/0:0[1-9] enregistré/.test(${status})`);
      expect(await page.evaluate(`document.activeElement.matches('[data-again]')`)).toBe(true);
      expect(await page.evaluate(`document.querySelector('[data-preview]').src`)).toMatch(/^blob:/);
    }
    await Promise.all([page.waitForURL(/carte-2/), page.click('[data-booth-form] button[type=submit]')]);
    expect(await page.textContent('body')).toContain('C’est gardé');
    await page.goto(`${base}/fr${BOOTH}`);
    expect(await page.textContent('.badge--good')).toContain('Enregistré');
    const played = await page.evaluate(`(async () => {
      const audio = document.querySelector('main audio[src^="/media/"]');
      await audio.play();
      audio.pause();
      return audio.duration;
    })()`);
    expect(played).toBeGreaterThan(0.8);
  }, 60_000);

  it('plays the language somebody chose, remembers it, and is not there where nothing is heard', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 1400 } });
    const visitor = await context.newPage();
    const shown = () =>
      visitor.locator('#carte-1-text ~ .listen-set .listen-track:visible').allTextContents();
    await visitor.goto(`${base}/fr${LESSON}`);
    expect(await shown()).toEqual([expect.stringMatching(/en français.*voix de synthèse/s)]);
    await visitor.selectOption('#listen-choice', 'ary');
    expect(await shown()).toEqual([expect.stringMatching(/en darija/)]);
    expect(await seen(visitor, '#carte-2-text ~ .listen-set')).toBe(false);
    await visitor.goto(`${base}/ar${LESSON}`);
    expect(await visitor.inputValue('#listen-choice')).toBe('ary');
    expect(await shown()).toEqual([expect.stringMatching(/بالدارجة/)]);
    await visitor.click('#carte-1-text ~ .listen-set .listen-track:visible a');
    expect(await visitor.getAttribute('a[aria-pressed]', 'aria-pressed')).toBe('true');
    // Arabic is not recorded and this browser has no voice: nothing is offered, and the page says so.
    await visitor.selectOption('#listen-choice', 'ar');
    expect(await shown()).toEqual([]);
    expect(await visitor.textContent('[data-listen-none]')).toMatch(/اختر لغة أخرى/);
    // With a voice of the page's language, that voice reads cards and questions, and is called what it is.
    await context.addInitScript(`speechSynthesis.getVoices = () => [{ lang: 'ar-MA', name: 'a voice' }]`);
    await visitor.reload();
    expect(await shown()).toEqual([expect.stringMatching(/استمع.*صوت الجهاز/s)]);
    expect(await seen(visitor, '#field-question-1 .listen-set button')).toBe(true);
    await context.close();
  }, 60_000);

  it('can be listened to and recorded without a script', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    });
    const plain = await context.newPage();
    await plain.goto(`${base}/fr${LESSON}`);
    const hrefs = await plain
      .locator('#carte-1-text ~ .listen-set a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(hrefs).toEqual([
      expect.stringMatching(/^\/media\/.*\/voice\.m4a$/),
      expect.stringMatching(/carte-1\.fr\.m4a$/),
    ]);
    expect(await seen(plain, '[data-listen-choice]')).toBe(false);
    await plain.goto(`${base}/fr${HOME}/01-le-prix/quiz.vrai?lang=rif`);
    expect(await seen(plain, '[data-booth]')).toBe(false);
    const sound = Buffer.from(await (await fetch(base + hrefs[0]!)).arrayBuffer());
    await plain.setInputFiles('#field-sound', { name: 'a.m4a', mimeType: 'audio/mp4', buffer: sound });
    await Promise.all([
      plain.waitForURL(/quiz\.nombre/),
      plain.click('[data-booth-form] button[type=submit]'),
    ]);
    await context.close();
  }, 60_000);

  it.each([360, 1280])(
    'keeps nobody out and never scrolls sideways, at %d pixels',
    async (width) => {
      await page.setViewportSize({ width, height: 4000 });
      const locale = width === 360 ? 'ar' : 'fr';
      for (const [n, path] of [HOME, `${HOME}/01-le-prix?lang=ary`, BOOTH, LESSON].entries()) {
        await page.goto(`${base}/${locale}${path}`);
        if (process.env['SHOTS'])
          await page.screenshot({
            path: `${process.env['SHOTS']}/${locale}-${width}${path.replaceAll(/\W/g, '_')}.png`,
            fullPage: true,
          });
        const faults = isTurn(n, viewOf(locale, 0), 2) ? await accessibilityFaults(page) : [];
        expect([path, faults, await scrollsSideways(page)]).toEqual([path, [], false]);
      }
    },
    120_000,
  );
});
