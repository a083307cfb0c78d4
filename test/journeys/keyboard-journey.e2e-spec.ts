/// <reference lib="dom" />
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { givenPerson } from '../support/actors.js';
import { ok, quizKeys, testKeys, watch } from '../support/api-steps.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { launchBrowser, listen, newVisitor, until } from '../support/browser.js';
import { answerByKeys, enter, tabTo } from '../support/keyboard.js';
import { PageChecks } from '../support/page-checks.js';

const COURSE = 'e-marketing';
const ROAD = `/ar/courses/${COURSE}`;

/** Between the test before and the one after, at least. */
const SPAN_MS = 3 * 3600_000;

interface Module {
  slug: string;
  video: { id: string; duration: number };
}

/** Somebody who has no mouse and touches nothing goes through a whole course in Arabic, with script and without. */
describe('a course with the keyboard alone, in Arabic', () => {
  let t: TestApp;
  let browser: Browser;
  let origin: string;
  let modules: Module[];

  beforeAll(async () => {
    t = await createTestApp();
    t.clock.run();
    origin = await listen(t);
    browser = await launchBrowser();
    ({ modules } = await ok<{ modules: Module[] }>(t, `/courses/${COURSE}`));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  }, 60_000);

  async function someone(
    javaScriptEnabled: boolean,
  ): Promise<{ context: BrowserContext; page: Page; token: string }> {
    const { token } = await givenPerson(t);
    const context = await newVisitor(browser, origin, { locale: 'ar', javaScriptEnabled });
    await context.addCookies([{ name: SESSION_COOKIE, value: token, url: origin }]);
    return { context, page: await context.newPage(), token };
  }

  /** From the top of the lesson to the result of its quiz. */
  async function answerQuiz(page: Page, slug: string): Promise<void> {
    const keys = await quizKeys(COURSE, slug);
    for (const [id, key] of keys) await answerByKeys(page, id, key);
    await enter(page, '#quiz-form button[type="submit"]');
    expect(new URL(page.url()).pathname).toMatch(new RegExp(`^${ROAD}/${slug}/quiz/`));
    expect(await page.locator('.quiz-mark .badge--good').count()).toBe(keys.size);
  }

  /** From the course's page to its test, answered rightly, and what stands there afterwards. */
  async function takeTest(page: Page): Promise<void> {
    await enter(page, `main a[href="${ROAD}/test"]`);
    for (const [id, key] of await testKeys(COURSE)) await answerByKeys(page, id, key);
    await enter(page, '#test-form button[type="submit"]');
    expect(await page.locator('#errors, .quiz-item').count()).toBe(0);
  }

  /** From the course's page to an exercise, handed in with a link and a word. */
  async function handIn(page: Page): Promise<void> {
    await enter(page, `main a[href^="${ROAD}/"][href*="/tasks/"]`);
    await tabTo(page, 'input[name="link"]');
    await page.keyboard.type('https://exemple.ma/ma-page');
    await tabTo(page, 'textarea[name="note"]');
    await page.keyboard.type('هذا عملي');
    await enter(page, 'form[enctype] button[type="submit"]');
    expect(await page.textContent('main')).toContain('تم التسليم');
  }

  const donePlaces = (page: Page): Promise<number> => page.locator('.route .stop--done').count();

  it('is learned to its end: tested before and after, six lessons opened, videos played and paused, quizzes passed, an exercise handed in', async () => {
    const { context, page, token } = await someone(true);
    const checks = new PageChecks(page, 'ar');
    await page.goto('/ar');
    await enter(page, `nav a[href="/ar/courses"], .tabbar a[href="/ar/courses"]`);
    await enter(page, `main a[href="${ROAD}"]`);
    await takeTest(page);
    await checks.pass('test-before');
    await enter(page, `main a[href="${ROAD}"]`);
    for (const [n, { slug, video }] of modules.entries()) {
      await enter(page, `main a[href="${ROAD}/${slug}"]`);
      await tabTo(page, '[data-start]');
      await page.keyboard.press('Enter');
      await until(page, `document.querySelector('video').currentTime > 0.2`);
      await tabTo(page, 'video');
      await page.keyboard.press('Space');
      await until(page, `document.querySelector('video').paused`);
      await watch(t, token, video);
      await answerQuiz(page, slug);
      await checks.pass(`result-${slug}`);
      if (n === modules.length - 1) await enter(page, `main a[href="${ROAD}"]`);
    }
    expect(await donePlaces(page)).toBe(modules.length);
    await checks.pass('course-done');
    await handIn(page);
    await checks.pass('exercise-handed-in');
    await page.goto(ROAD);
    t.clock.advance(SPAN_MS);
    await takeTest(page);
    expect(await page.locator('.quiz-mark .badge--good').count()).toBe(10);
    await checks.pass('test-after');
    await context.close();
  }, 300_000);

  it('is read and answered without script, from lesson to lesson', async () => {
    const { context, page } = await someone(false);
    await page.goto(ROAD);
    await enter(page, `main a[href="${ROAD}/${modules[0]?.slug}"]`);
    for (const [n, { slug }] of modules.entries()) {
      expect(new URL(page.url()).pathname).toBe(`${ROAD}/${slug}`);
      expect(await page.locator('main').innerText()).not.toBe('');
      await answerQuiz(page, slug);
      await enter(page, `main a[href^="${ROAD}/${slug}"]`);
      expect(await page.locator('#quiz .badge--good, header .badge--good').count()).toBeGreaterThan(0);
      if (n < modules.length - 1) await enter(page, 'a[rel="next"]');
    }
    await context.close();
  }, 300_000);
});
