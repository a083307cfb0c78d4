/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { withEveryKind } from '../../src/courses/course-file/fixtures/every-kind.js';
import { givenPerson } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways } from '../support/browser.js';
import { isTurn, viewOf } from '../support/turns.js';
import { type CourseFolder, courseFiles, givenCourses } from '../support/courses.js';

const LESSON = '/courses/tissage/le-prix';
const TARGET = 48;

/** The quiz of every kind with all its questions asked: the pool and its last item are left out. */
function everyQuestion(): Map<string, string> {
  const files = withEveryKind(courseFiles());
  const path = 'tissage/01-le-prix/module.yaml';
  const text = files.get(path) ?? '';
  const all = text.replace('    draw: 5\n', '');
  files.set(path, all.slice(0, all.indexOf('      - id: vrai')) + all.slice(all.indexOf('  - id: devoir')));
  return files;
}

describe('the questions in a browser', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    courses = await givenCourses(everyQuestion());
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    base = await listen(t);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
    await courses.remove();
  });

  async function open(
    lang: string,
    more: { javaScriptEnabled?: boolean; width?: number } = {},
  ): Promise<Page> {
    const { token } = await givenPerson(t);
    const { javaScriptEnabled = true, width = 360 } = more;
    const context = await browser.newContext({ viewport: { width, height: 3000 }, javaScriptEnabled });
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
    const page = await context.newPage();
    await page.goto(`${base}/${lang}${LESSON}`);
    return page;
  }

  const marks = (page: Page): Promise<string[]> =>
    page
      .locator('.quiz-mark .badge')
      .evaluateAll((all) => all.map(({ className }) => String(className).replace(/.*badge--/, '')));
  const orderOf = (page: Page): Promise<(string | undefined)[]> =>
    page
      .locator('.order-entry')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['value']));

  it('are answered by selects without a script, and come back as they were typed', async () => {
    const page = await open('fr', { javaScriptEnabled: false });
    const place = (n: number, value: string) => page.selectOption(`[name="q.ordre.${n}"]`, value);
    await place(1, 'tondre');
    await place(2, 'filer');
    await place(3, 'filer');
    await page.selectOption('[name="q.paires.fil"]', 'mouton');
    await page.selectOption('[name="q.paires.couleur"]', 'garance');
    await page.check('[name="q.image"][value="une"]');
    await page.fill('[name="q.nombre"]', '۱۲٫۶');
    await page.check('[name="q.plusieurs"][value="a"]');
    await page.check('[name="q.plusieurs"][value="b"]');
    await page.click('#quiz-form button[type=submit]');
    expect(await page.locator('#errors li').count()).toBe(1);
    expect(await page.inputValue('[name="q.ordre.2"]')).toBe('filer');
    expect(await page.inputValue('[name="q.paires.couleur"]')).toBe('garance');
    await place(3, 'tisser');
    await page.click('#quiz-form button[type=submit]');
    expect(await marks(page)).toEqual(['good', 'good', 'good', 'good', 'good']);
    expect(await page.textContent('.quiz-mark')).toContain('1. Tondre · 2. Filer · 3. Tisser');
    await page.context().close();
  }, 60_000);

  it('are answered with only the keyboard, in Arabic', async () => {
    const page = await open('ar');
    const [last] = (await orderOf(page)).slice(-1);
    expect(await orderOf(page)).not.toEqual(['tondre', 'filer', 'tisser']);
    for (const [index, value] of ['tondre', 'filer', 'tisser'].entries()) {
      await page.focus(`.order-entry[data-value="${value}"] button`);
      for (let at = (await orderOf(page)).indexOf(value); at > index; at--)
        await page.keyboard.press('ArrowUp');
    }
    expect(await orderOf(page)).toEqual(['tondre', 'filer', 'tisser']);
    expect(last).toBeDefined();
    expect(await page.textContent('[data-status]')).toMatch(/المرتبة [12]/);
    for (const [name, option] of Object.entries({
      'q.paires.fil': 'mouton',
      'q.paires.couleur': 'garance',
    })) {
      await page.focus(`[name="${name}"]`);
      while ((await page.inputValue(`[name="${name}"]`)) !== option) await page.keyboard.press('ArrowDown');
    }
    await page.focus('[name="q.image"]');
    await page.keyboard.press('Space');
    await page.focus('[name="q.nombre"]');
    await page.keyboard.type('١٢٫٧');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/quiz\//);
    const all = await marks(page);
    expect([all[0], all[1], all[3], all[4]]).toEqual(['good', 'good', 'good', 'good']);
    await page.context().close();
  }, 60_000);

  it('are answered by dragging, and by large buttons', async () => {
    const page = await open('fr');
    const before = await orderOf(page);
    const [from, to] = [page.locator('.order-handle').first(), page.locator('.order-entry').last()];
    await drag(page, from, to);
    expect(await orderOf(page)).toEqual([...before.slice(1), before[0]]);
    await page.click('.order-entry:last-child .order-button');
    expect((await orderOf(page))[1]).toBe(before[0]);
    await drag(
      page,
      page.locator('.chip', { hasText: 'Mouton' }),
      page.locator('.piece', { has: page.locator('[name="q.paires.fil"]') }),
    );
    expect(await page.inputValue('[name="q.paires.fil"]')).toBe('mouton');
    for (const target of await page
      .locator('.order-button, .order-handle, .chip, .piece select, .choice')
      .all()) {
      const box = await target.boundingBox();
      expect(Math.min(box?.width ?? TARGET, box?.height ?? TARGET)).toBeGreaterThanOrEqual(TARGET);
    }
    await page.context().close();
  }, 60_000);

  it.each([
    ['fr', 360],
    ['ar', 360],
    ['fr', 1280],
    ['ar', 1280],
  ])(
    'have no serious fault in %s at %i px',
    async (lang, width) => {
      const page = await open(lang, { width });
      if (isTurn(0, viewOf(lang, width), 4)) expect(await accessibilityFaults(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      await page.context().close();
    },
    60_000,
  );
});

async function drag(
  page: Page,
  from: ReturnType<Page['locator']>,
  to: ReturnType<Page['locator']>,
): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const [a, b] = [await from.boundingBox(), await to.boundingBox()];
  if (!a || !b) throw new Error('Nothing to drag');
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 12 });
  await page.mouse.up();
}
