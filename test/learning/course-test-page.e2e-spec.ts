import type { Browser, Page } from 'playwright-core';
import { givenEnrolment, type GivenSession, givenSession } from '../attendance/factories.js';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways } from '../support/browser.js';

const HOUR_MS = 3600 * 1000;
const COURSE = 'e-marketing';
/** A4 is 595 × 842 points. */
const A4 = /MediaBox\s*\[\s*0 0 59[45](\.\d+)? 84[12](\.\d+)?\s*\]/;

describe('the test before and after a course in a browser', () => {
  let t: TestApp;
  let browser: Browser;
  let base: string;
  let session: GivenSession;

  beforeAll(async () => {
    t = await createTestApp();
    base = await listen(t);
    browser = await launchBrowser();
    session = await givenSession(t);
    const course = (await t.api(`/courses/${COURSE}`)).json<{ id: string }>().id;
    await t.db.write('test.taught', 'UPDATE session SET course_id = $2 WHERE id = $1', [session.id, course]);
    for (let n = 0; n < 2; n++) await givenEnrolment(t, session);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  async function open(
    token: string,
    path: string,
    more: { javaScriptEnabled?: boolean; width?: number } = {},
  ): Promise<Page> {
    const { javaScriptEnabled = true, width = 360 } = more;
    const context = await browser.newContext({ viewport: { width, height: 3000 }, javaScriptEnabled });
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
    const page = await context.newPage();
    await page.goto(base + path);
    return page;
  }

  it('is answered twice without a script, and explained after the second time', async () => {
    const { token } = await givenPerson(t);
    const page = await open(token, `/ar/courses/${COURSE}`, { javaScriptEnabled: false });
    await page.click(`a[href="/ar/courses/${COURSE}/test"]`);
    expect(await page.locator('.quiz-item').count()).toBe(10);
    await page.locator('input[type=radio]').first().check();
    await page.click('#test-form button[type=submit]');
    expect(await page.locator('.quiz-item, .quiz-mark').count()).toBe(0);
    t.clock.advance(3 * HOUR_MS);
    await page.reload();
    for (const item of await page.locator('.quiz-item').all()) await item.locator('input').first().check();
    await page.click('#test-form button[type=submit]');
    expect(await page.locator('.quiz-mark').count()).toBe(10);
    expect(await page.locator('.details dd').count()).toBe(2);
    await page.context().close();
  }, 60_000);

  it('is written down from the page, which says what is wrong with each line', async () => {
    const page = await open(session.trainer.token, `/fr/staff/sessions/${session.id}/test`);
    await page.check('input[value=pre]');
    await page.fill('textarea', '1: A B\n7: A');
    await page.click('form[action$="/test"] button[type=submit]');
    expect(await page.locator('#errors li').allTextContents()).toEqual([expect.stringContaining('Ligne 2')]);
    expect(await page.inputValue('textarea')).toBe('1: A B\n7: A');
    await page.fill('textarea', '1: A B B A D A B C B -\n2: B C A A D B A C B B');
    await page.click('form[action$="/test"] button[type=submit]');
    expect(page.url()).toContain(`/staff/learning/${COURSE}/test`);
    expect(await page.textContent('body')).toContain('Réponses enregistrées : 2');
    await page.context().close();
  }, 60_000);

  it.each(['fr', 'ar'])(
    'prints its cards on A4 in %s',
    async (lang) => {
      const page = await open(session.trainer.token, `/${lang}/staff/learning/${COURSE}/test/cards?key=1`);
      expect(await page.locator('.test-card').count()).toBe(10);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const sizes = pdf.toString('latin1').match(/MediaBox\s*\[[^\]]*\]/g) ?? [];
      expect(sizes.length).toBeGreaterThanOrEqual(4);
      for (const size of sizes) expect(size).toMatch(A4);
      await page.context().close();
    },
    60_000,
  );

  it.each([
    ['fr', 360],
    ['ar', 360],
    ['fr', 1280],
    ['ar', 1280],
  ])(
    'has no serious fault in %s at %i px and never scrolls sideways',
    async (lang, width) => {
      const { token } = await givenPerson(t);
      const staff = `/staff/learning/${COURSE}`;
      const pages: Array<[string, string]> = [
        [token, `/courses/${COURSE}/test`],
        ...[
          '/staff/learning',
          staff,
          `${staff}/test`,
          `${staff}/test/cards?key=1`,
          `/staff/sessions/${session.id}/test`,
        ].map((path): [string, string] => [session.trainer.token, path]),
      ];
      for (const [who, path] of pages) {
        const page = await open(who, `/${lang}${path}`, { width });
        expect([path, await accessibilityFaults(page)]).toEqual([path, []]);
        expect([path, await scrollsSideways(page)]).toEqual([path, false]);
        await page.context().close();
      }
    },
    120_000,
  );
});
