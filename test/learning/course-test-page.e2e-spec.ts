import type { Browser, Page } from 'playwright-core';
import { givenEnrolment, type GivenSession, givenSession } from '../attendance/factories.js';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways } from '../support/browser.js';
import { isTurn, viewOf } from '../support/turns.js';

const HOUR_MS = 3600 * 1000;
const COURSE = 'e-marketing';
const COURSES = [COURSE, 'paiement-electronique', 'vente-en-ligne'];
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

  /** Presses a button and waits for the page that it leads to: a click alone returns before. */
  async function send(page: Page, button: string): Promise<void> {
    await Promise.all([page.waitForEvent('load'), page.click(button)]);
  }

  it('is answered twice without a script, and explained after the second time', async () => {
    const { token } = await givenPerson(t);
    const page = await open(token, `/ar/courses/${COURSE}`, { javaScriptEnabled: false });
    await send(page, `a[href="/ar/courses/${COURSE}/test"]`);
    expect(await page.locator('.quiz-item').count()).toBe(10);
    await page.locator('input[type=radio]').first().check();
    await send(page, '#test-form button[type=submit]');
    expect(await page.locator('.quiz-item, .quiz-mark').count()).toBe(0);
    t.clock.advance(3 * HOUR_MS);
    await page.reload();
    for (const item of await page.locator('.quiz-item').all()) await item.locator('input').first().check();
    await send(page, '#test-form button[type=submit]');
    expect(await page.locator('.quiz-mark').count()).toBe(10);
    expect(await page.locator('.details dd').count()).toBe(2);
    await page.context().close();
  }, 60_000);

  it('is written down from the page, which says what is wrong with each line', async () => {
    const page = await open(session.trainer.token, `/fr/staff/sessions/${session.id}/test`);
    await page.check('input[value=pre]');
    await page.fill('textarea', '1: A B\n7: A');
    await send(page, 'form[action$="/test"] button[type=submit]');
    expect(await page.locator('#errors li').allTextContents()).toEqual([expect.stringContaining('Ligne 2')]);
    expect(await page.inputValue('textarea')).toBe('1: A B\n7: A');
    await page.fill('textarea', '1: A B B A D A B C B -\n2: B C A A D B A C B B');
    await send(page, 'form[action$="/test"] button[type=submit]');
    expect(page.url()).toContain(`/staff/learning/${COURSE}/test`);
    expect(await page.textContent('body')).toContain('Réponses enregistrées : 2');
    await page.context().close();
  }, 60_000);

  it.each(['fr', 'ar'])(
    'shows a picture beside each question and pictures to choose from, each with words in %s',
    async (lang) => {
      const { token } = await givenPerson(t);
      for (const course of COURSES) {
        const page = await open(token, `/${lang}/courses/${course}/test`);
        const pictures = await page.locator('.quiz-item img').evaluateAll((all) =>
          Promise.all(
            (all as HTMLImageElement[]).map(async (img) => {
              img.loading = 'eager';
              await img.decode();
              return { width: img.naturalWidth, alt: img.alt, isChoice: img.closest('.choice') !== null };
            }),
          ),
        );
        expect(pictures.filter(({ isChoice }) => !isChoice)).toHaveLength(10);
        expect(pictures.filter(({ isChoice }) => isChoice).length).toBeGreaterThanOrEqual(3);
        for (const { width, alt } of pictures) {
          expect(width).toBeGreaterThan(0);
          expect([alt, /[\u0600-\u06ff]/.test(alt)]).toEqual([expect.stringMatching(/.{10}/), lang === 'ar']);
        }
        await page.context().close();
      }
    },
    60_000,
  );

  it('is answered by a picture without a script; which one is right stays here', async () => {
    const { token } = await givenPerson(t);
    const page = await open(token, `/fr/courses/${COURSE}/test`, { javaScriptEnabled: false });
    const choices = page.locator('#field-lumiere .choice--picture');
    expect(await choices.locator('input').evaluateAll((all) => all.map((one) => one.outerHTML))).toEqual(
      ['flash', 'lampe', 'soleil', 'fenetre'].map(
        (value) => `<input type="radio" name="q.lumiere" value="${value}">`,
      ),
    );
    await choices.locator('img').nth(3).click();
    await send(page, '#test-form button[type=submit]');
    t.clock.advance(3 * HOUR_MS);
    await page.reload();
    await page.locator('#field-lumiere .choice--picture img').nth(0).click();
    await send(page, '#test-form button[type=submit]');
    expect(await page.locator('.details dd').allTextContents()).toEqual([
      expect.stringMatching(/^1\D/),
      expect.stringMatching(/^0\D/),
    ]);
    await page.context().close();
  }, 60_000);

  it.each(['fr', 'ar'])(
    'prints its cards on A4 in %s, a question a page, the longest and six choices too',
    async (lang) => {
      for (const course of COURSES) {
        const page = await open(session.trainer.token, `/${lang}/staff/learning/${course}/test/cards?key=1`);
        const cards = page.locator('.test-card');
        expect(await cards.count()).toBe(10);
        expect(await pagesOf(page)).toBe(10);
        await page.evaluate(fillCards);
        expect(await pagesOf(page)).toBe(10);
        await page.context().close();
      }
    },
    120_000,
  );

  /** How many A4 pages are printed. */
  async function pagesOf(page: Page): Promise<number> {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const sizes = pdf.toString('latin1').match(/MediaBox\s*\[[^\]]*\]/g) ?? [];
    for (const size of sizes) expect(size).toMatch(A4);
    return sizes.length;
  }

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
      for (const [n, [who, path]] of pages.entries()) {
        const page = await open(who, `/${lang}${path}`, { width });
        const isItsTurn = isTurn(n, viewOf(lang, width), 4);
        expect([path, isItsTurn ? await accessibilityFaults(page) : []]).toEqual([path, []]);
        expect([path, await scrollsSideways(page)]).toEqual([path, false]);
        await page.context().close();
      }
    },
    120_000,
  );
});

/** In the browser: the longest question there may be, and six choices, of pictures where there are pictures. */
function fillCards(): void {
  for (const card of document.querySelectorAll('.test-card')) {
    const prompt = card.querySelector('h2');
    prompt?.append(' mot'.repeat(Math.floor((200 - (prompt.textContent?.trim().length ?? 0)) / 4)));
    const list = card.querySelector('.test-card__choices');
    const [first] = list?.children ?? [];
    while (list && first && list.children.length < 6) list.append(first.cloneNode(true));
  }
}
