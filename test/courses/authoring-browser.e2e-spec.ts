/// <reference lib="dom" />
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { withTest } from '../../src/courses/course-file/fixtures/course-test.js';
import { withEveryKind } from '../../src/courses/course-file/fixtures/every-kind.js';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { accessibilityFaults, launchBrowser, listen, scrollsSideways } from '../support/browser.js';
import { isTurn, viewOf } from '../support/turns.js';
import { type CourseFolder, courseFiles, givenCourses, withCaptions } from '../support/courses.js';
import { tabTo } from '../support/keyboard.js';

const HOME = '/ar/staff/courses/tissage';
const CARD = `${HOME}/parts/01-le-prix/carte-1`;

/** Waits until the page says something. */
async function until(page: Page, selector: string, pattern: RegExp): Promise<void> {
  for (let tries = 0; !pattern.test((await page.textContent(selector)) ?? ''); tries++) {
    if (tries === 300)
      throw new Error(`Not within 30 s: ${selector} says ${await page.textContent(selector)}`);
    await pause(100);
  }
}

describe('writing a course with the keyboard alone, in Arabic', () => {
  let t: TestApp;
  let courses: CourseFolder;
  let browser: Browser;
  let page: Page;
  let base: string;

  beforeAll(async () => {
    courses = await givenCourses(withTest(withEveryKind(withCaptions(courseFiles()))));
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    base = await listen(t);
    browser = await launchBrowser();
    const { token } = await givenStaff(t, 'admin', { kind: 'installation', id: null });
    const context = await browser.newContext({ viewport: { width: 360, height: 1400 } });
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
    page = await context.newPage();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
    await courses.remove();
  });

  it('opens a draft, moves a block, writes while it is saved and shown, and sees each refusal', async () => {
    await page.goto(base + HOME);
    await tabTo(page, 'button[value="open"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-outline]');
    await tabTo(page, '[aria-label="إلى الأسفل: بطاقة 1"]');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    const blocks = await page.locator('#\\30 1-le-prix .author-blocks a').allTextContents();
    expect(blocks.slice(0, 2)).toEqual(['بطاقة 2', 'بطاقة 1']);
    await page.goto(base + CARD);
    await tabTo(page, '[name="t:/text/ar"]');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('ثمن **عادل**');
    await until(page, '[data-state]', /تم الحفظ/);
    expect(await page.innerHTML('[data-preview="t:/text/ar"]')).toContain('<strong>عادل</strong>');
    await page.keyboard.type(' <script>');
    await until(page, '[data-state]', /صححوا/);
    expect(await page.textContent('#field-t-text-ar-live')).toMatch(/HTML/);
    expect(await page.inputValue('[name="t:/text/ar"]')).toBe('ثمن **عادل** <script>');
    await page.reload();
    expect((await page.inputValue('[name="t:/text/ar"]')).trim()).toBe('ثمن **عادل**');
  }, 120_000);

  it('says when somebody else saved the same part, and shows both', async () => {
    await page.goto(base + CARD);
    const { token } = await givenStaff(t, 'admin', { kind: 'installation', id: null });
    const { revision } = (await t.api('/courses/tissage/draft', { token, body: {} })).json<{
      revision: number;
    }>();
    const fields = { 't:/title/ar': 'عنوان آخر' };
    await t.api('/courses/tissage/draft', {
      ...{ token, method: 'PATCH', headers: { 'if-match': String(revision) } },
      body: { file: '01-le-prix/module.yaml', part: 'carte-1', fields },
    });
    await page.fill('[name="t:/title/ar"]', 'عنواني');
    await until(page, '[data-state]', /شخص آخر/);
    await tabTo(page, '.author-save button');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(await page.locator('pre.author-text').allTextContents()).toEqual([
      expect.stringContaining('عنوان آخر'),
      expect.stringContaining('عنواني'),
    ]);
    expect(await page.inputValue('[name="t:/title/ar"]')).toBe('عنواني');
    await tabTo(page, '.author-save button');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect((await page.inputValue('[name="t:/title/ar"]')).trim()).toBe('عنواني');
  }, 120_000);

  it('moves a block with the mouse as with the keyboard: the same order, one revision each', async () => {
    const outline = async () => {
      await page.goto(base + HOME);
      const revision = Number(
        await page.locator('#\\30 1-le-prix input[name="revision"]').first().inputValue(),
      );
      return { revision, order: await page.locator('#\\30 1-le-prix .author-blocks a').allTextContents() };
    };
    const drag = async (from: number, to: number): Promise<void> => {
      const handles = page.locator('#\\30 1-le-prix .author-blocks [data-handle]');
      await handles.nth(from).scrollIntoViewIfNeeded();
      const [start, end] = [await handles.nth(from).boundingBox(), await handles.nth(to).boundingBox()];
      if (!start || !end) throw new Error('No handle to hold');
      await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
      await page.mouse.down();
      await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 12 });
      await Promise.all([page.waitForNavigation(), page.mouse.up()]);
    };
    await page.setViewportSize({ width: 1280, height: 1600 });
    const before = await outline();
    await drag(2, 3);
    const dragged = await outline();
    expect(dragged.revision).toBe(before.revision + 1);
    expect(dragged.order).not.toEqual(before.order);
    await drag(3, 2);
    expect(await outline()).toEqual({ revision: before.revision + 2, order: before.order });
    await page.locator('#\\30 1-le-prix .author-blocks button[value="1"]').nth(2).focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(await outline()).toEqual({ revision: before.revision + 3, order: dragged.order });
    // Over several places it is one revision too, and a handle that is let go where it was is none.
    await drag(0, 4);
    const far = await outline();
    expect(far.order).toEqual([...dragged.order.slice(1, 5), dragged.order[0], ...dragged.order.slice(5)]);
    expect(far.revision).toBe(before.revision + 4);
  }, 120_000);

  it.each([360, 1280])(
    'keeps nobody out and never scrolls sideways, at %d pixels',
    async (width) => {
      await page.setViewportSize({ width, height: 4000 });
      const paths = [
        '/staff/courses',
        HOME.slice(3),
        CARD.slice(3),
        `${HOME.slice(3)}/parts/01-le-prix/quiz`,
        `${HOME.slice(3)}/parts/01-le-prix/head`,
        `${HOME.slice(3)}/parts/01-le-prix/film`,
        `${HOME.slice(3)}/parts/test/head`,
      ];
      const more = ['history', 'publish', 'source', 'preview/01-le-prix'].map(
        (name) => `${HOME.slice(3)}/${name}`,
      );
      for (const locale of width === 360 ? ['ar'] : ['fr'])
        for (const [n, path] of [...paths, ...more].entries()) {
          await page.goto(`${base}/${locale}${path}`);
          if (process.env['SHOTS'])
            await page.screenshot({
              path: `${process.env['SHOTS']}/${locale}-${width}-${path.replaceAll('/', '_')}.png`,
              fullPage: true,
            });
          const faults = isTurn(n, viewOf(locale, 0), 2) ? await accessibilityFaults(page) : [];
          expect([path, faults, await scrollsSideways(page)]).toEqual([path, [], false]);
        }
    },
    240_000,
  );
});
