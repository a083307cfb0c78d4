import type { Browser } from 'playwright-core';
import { SUPPORT_PHONE } from '../../src/shared/web/page-renderer.js';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { launchBrowser, listen, newVisitor, PHONE_SCREEN } from '../support/browser.js';
import { PageChecks } from '../support/page-checks.js';
import { isTurn } from '../support/turns.js';

const LOCALES = ['fr', 'ar', 'en'] as const;

describe('help', () => {
  let t: TestApp;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    t = await createTestApp();
    origin = await listen(t);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  it.each(LOCALES)(
    'answers in %s, and leads to where it is done',
    async (locale) => {
      const context = await newVisitor(browser, origin, { locale, viewport: PHONE_SCREEN });
      const page = await context.newPage();
      const checks = new PageChecks(page, locale);
      await page.goto(`/${locale}/help`);
      expect(await page.locator('main a.button').getAttribute('href')).toBe(`tel:${SUPPORT_PHONE}`);
      const questions = page.locator('main details');
      expect(await questions.count()).toBe(8);
      await questions.first().locator('summary').click();
      expect(await questions.first().locator('p').first().isVisible()).toBe(true);
      await checks.pass('help', { access: isTurn(0, LOCALES.indexOf(locale), LOCALES.length) });
      const links = await questions
        .locator('a[href^="/"]')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      expect(links.length).toBeGreaterThanOrEqual(6);
      const answers = await Promise.all(
        links.map((url) => t.app.inject({ url, headers: { accept: 'text/html' } })),
      );
      // To one's own places one signs in first.
      expect(
        answers.filter(({ statusCode }) => ![200, 303].includes(statusCode)).map(({ body }) => body),
      ).toEqual([]);
      await context.close();
    },
    60_000,
  );

  it('is at the thumb of whoever learns', async () => {
    const { token } = await givenPerson(t);
    const answer = await t.app.inject({
      url: '/ar/courses',
      headers: { accept: 'text/html', cookie: `qafila=${token}` },
    });
    expect(/<nav class="tabbar"[\s\S]*?<\/nav>/.exec(answer.body)?.[0]).toContain('href="/ar/help"');
  });

  it('shows the reference of the API on a narrow screen', async () => {
    const context = await newVisitor(browser, origin, {
      locale: 'fr',
      viewport: { width: 320, height: 640 },
    });
    const page = await context.newPage();
    await page.goto('/api/docs');
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await context.close();
  }, 60_000);
});
