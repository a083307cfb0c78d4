/// <reference lib="dom" />
import type { Browser } from 'playwright-core';
import { fileForm, soundOf, speech } from '../courses/sounds.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  accessibilityFaults,
  launchBrowser,
  listen,
  newVisitor,
  scrollsSideways,
} from '../support/browser.js';
import { isTurn, viewOf } from '../support/turns.js';

const VOICES = '/staff/consent-voices';
const SETS = '[data-listen-set]';

describe('the consent, heard', () => {
  let t: TestApp;
  let browser: Browser;
  let base: string;
  let admin: string;

  beforeAll(async () => {
    t = await createTestApp();
    base = await listen(t);
    browser = await launchBrowser();
    ({ token: admin } = await givenStaff(t, 'admin', { kind: 'installation', id: null }));
    const content = await soundOf(speech(2), 'a.wav');
    for (const line of ['notice', 'training']) {
      const { payload, headers } = await fileForm({ lang: 'ary' }, [
        { field: 'sound', name: 'a.wav', content },
      ]);
      const as = { ...headers, authorization: `Bearer ${admin}` };
      await t.inject({ method: 'POST', url: `/fr${VOICES}/${line}`, headers: as, payload });
    }
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  /** Opens the second step of signing up, by its own form. */
  async function signUp(locale: 'fr' | 'ar', options: { width?: number; javaScriptEnabled?: boolean } = {}) {
    const { width = 360, javaScriptEnabled = true } = options;
    const viewport = { width, height: 1400 };
    const context = await newVisitor(browser, base, { locale, viewport, javaScriptEnabled });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`/${locale}/sign-up`);
    const script = locale === 'ar' ? 'Ar' : 'Fr';
    await page.fill(`[name=given${script}]`, 'Fatima');
    await page.fill(`[name=family${script}]`, 'Alaoui');
    await page.fill('[name=phone]', '06 12 34 56 78');
    await Promise.all([page.waitForEvent('load'), page.click('button[name=step][value="1"]')]);
    return { context, page, asked };
  }

  it('loads no sound before it is pressed, then the one of the language that was chosen', async () => {
    const { context, page, asked } = await signUp('fr');
    await page.waitForLoadState('networkidle');
    const sounds = () => asked.filter((path) => path.startsWith('/media/'));
    expect(sounds()).toEqual([]);
    const shown = () => page.locator(`${SETS} .listen-track:visible`).allTextContents();
    expect((await shown())[0]).toMatch(/en français.*voix de synthèse.*148 Ko/s);
    await page.selectOption('#listen-choice', 'ary');
    expect(await shown()).toEqual([
      expect.stringMatching(/en darija.*Ko/s),
      expect.stringMatching(/en darija.*Ko/s),
    ]);
    expect(sounds()).toEqual([]);
    const heard = page.waitForRequest(/\/media\//);
    await page.click(`${SETS} .listen-track:visible a`);
    await heard;
    expect(await page.getAttribute('a[aria-pressed]', 'aria-pressed')).toBe('true');
    expect(sounds()).toEqual([expect.stringMatching(/^\/media\/[0-9a-f]{64}\/voice\.m4a$/)]);
    await context.close();
  }, 60_000);

  it('is a link to each recording where there is no script', async () => {
    const { context, page, asked } = await signUp('ar', { javaScriptEnabled: false });
    const hrefs = await page
      .locator(`#notice-text + ${SETS} a:visible`)
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(hrefs).toEqual([expect.stringMatching(/voice\.m4a$/), expect.stringMatching(/notice\.fr\.m4a$/)]);
    expect(asked.filter((path) => path.startsWith('/media/'))).toEqual([]);
    await context.close();
  }, 60_000);

  it.each([
    ['ar', 360],
    ['fr', 360],
    ['ar', 1280],
    ['fr', 1280],
  ] as const)(
    'keeps nobody out and never scrolls sideways, in %s at %d pixels',
    async (locale, width) => {
      const { context, page } = await signUp(locale, { width });
      const { token } = await givenPerson(t);
      const view = viewOf(locale, width);
      let n = 0;
      const shot = async (name: string) => {
        if (process.env['SHOTS'])
          await page.screenshot({
            path: `${process.env['SHOTS']}/${name}-${locale}-${width}.png`,
            fullPage: true,
          });
        const faults = isTurn(n++, view, 4) ? await accessibilityFaults(page) : [];
        expect([name, faults, await scrollsSideways(page)]).toEqual([name, [], false]);
      };
      await page.click('.disclosure summary');
      await shot('sign-up');
      for (const [name, as, path] of [
        ['me', token, '/me'],
        ['list', admin, `${VOICES}?lang=fr`],
        ['booth', admin, `${VOICES}/notice?lang=ary`],
      ] as const) {
        await context.addCookies([{ name: 'qafila', value: as, url: base }]);
        await page.goto(`/${locale}${path}`);
        if (name === 'me') await page.click('.disclosure summary');
        await shot(name);
      }
      await context.close();
    },
    60_000,
  );
});
