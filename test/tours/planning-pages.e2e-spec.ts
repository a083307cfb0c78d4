import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import {
  accessibilityFaults,
  launchBrowser,
  listen,
  newVisitor,
  PHONE_SCREEN,
  scrollsSideways,
  WIDE_SCREEN,
} from '../support/browser.js';
import { createWorld, TOUR, TRAINER_A, TRAINER_B, type World } from './world.js';

/** Where to leave pictures of every page; unset: nowhere. */
const PICTURES = process.env['TEST_PICTURES'];
const TEN = [
  'tanger', 'asilah', 'tetouan', 'mdiq', 'fnideq', 'larache', 'ksar-el-kebir', 'chefchaouen', 'ouezzane', 'al-hoceima',
]; // prettier-ignore

describe('pages that plan a tour', () => {
  let w: World;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    w = await createWorld();
    base = await listen(w);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await w.close();
  });

  const visit = async (
    locale: 'ar' | 'fr',
    viewport = WIDE_SCREEN,
    javaScriptEnabled = false,
  ): Promise<BrowserContext> => {
    const visitor = await newVisitor(browser, base, { locale, viewport, javaScriptEnabled });
    await visitor.addCookies([{ name: SESSION_COOKIE, value: w.tokens.manager, url: base }]);
    return visitor;
  };

  /** Fills the form for ten cities in eight days with two teams. @returns how many times something was clicked or chosen */
  const fillForm = async (page: Page): Promise<number> => {
    let acts = 0;
    const act = async (done: Promise<unknown>): Promise<void> => {
      await done;
      acts += 1;
    };
    await act(page.fill('#field-nameFr', 'Tournée de février'));
    await act(page.fill('#field-nameAr', 'جولة فبراير'));
    await act(page.fill('#field-from', '2027-02-01'));
    await act(page.fill('#field-to', '2027-02-08'));
    for (const city of TEN) await act(page.check(`input[name=city][value=${city}]`));
    for (const [n, home, trainer] of [
      [1, 'tanger', TRAINER_A],
      [2, 'tetouan', TRAINER_B],
    ] as const) {
      await act(page.selectOption(`#field-teamHome-${n}`, home));
      await act(page.check(`input[name=trainers-${n}][value="${trainer}"]`));
    }
    await act(page.click('main form button'));
    return acts;
  };

  it('lead from cities and dates to saved stops and sessions without script, in fewer than forty acts', async () => {
    const visitor = await visit('fr');
    const page = await visitor.newPage();
    await page.goto('/fr/staff/tours');
    await page.click('a[href="/fr/staff/campaigns/caravane-2027/tours/new"]');
    let acts = 1 + (await fillForm(page));
    expect(await page.locator('main').innerText()).toContain('Le plan se calcule');
    await w.runJobs();
    await page.reload();
    const words = await page.locator('main').innerText();
    expect(words).toContain('17 h 15');
    expect(words).toContain('aucun plan ne demande moins de route');
    await page.fill('#field-capacity', '30');
    await page.click('form[action$="/save"] button');
    acts += 2;
    expect(page.url()).toContain('/fr/staff/tours/');
    expect(await page.locator('main').innerText()).toContain('Jour par jour');
    expect(await page.locator('#stops tbody tr').count()).toBe(10);
    expect(await page.locator('#timeline tbody tr').count()).toBe(2);
    expect(acts).toBeLessThan(40);
    await page.goto(`${new URL(page.url()).pathname}?by=trainer`);
    expect(await page.locator('#timeline tbody a').count()).toBe(20);
    await visitor.close();
  }, 120_000);

  it('give a refused form back with every letter, each wrong answer named', async () => {
    const visitor = await visit('fr');
    const page = await visitor.newPage();
    await page.goto('/fr/staff/campaigns/caravane-2027/tours/new');
    await page.fill('#field-nameFr', 'Été <b>');
    await page.fill('#field-nameAr', 'صيف');
    await page.fill('#field-from', '2027-07-05');
    await page.fill('#field-to', '2027-07-01');
    await page.check('input[name=city][value=larache]');
    await page.selectOption('#field-half-larache', '3');
    await page.selectOption('#field-teamHome-1', 'tanger');
    await page.click('main form button');
    expect(await page.locator('.error-summary, [role=alert]').first().innerText()).toContain(
      'avant le premier',
    );
    expect(await page.inputValue('#field-nameFr')).toBe('Été <b>');
    expect(await page.inputValue('#field-half-larache')).toBe('3');
    expect(await page.isChecked('input[name=city][value=larache]')).toBe(true);
    expect(await page.inputValue('#field-teamHome-1')).toBe('tanger');
    await visitor.close();
  }, 60_000);

  it('say what cannot be when the plan is changed by hand, and ask again with what was asked before', async () => {
    const asked = await w.as(`/tours/${TOUR}/plans`, {
      body: {
        from: '2027-06-07',
        to: '2027-06-09',
        stops: [{ city: 'larache' }, { city: 'asilah', halfDays: 1 }],
      },
    });
    const { id } = asked.json<{ id: string }>();
    await w.runJobs();
    const visitor = await visit('fr');
    const page = await visitor.newPage();
    await page.goto(`/fr/staff/plans/${id}`);
    await page.fill('#field-date-0', '2027-06-12');
    await page.click('form[action$="/adjust"] button');
    expect(await page.locator('main').innerText()).toContain(
      'Larache ne peut pas commencer le samedi 12 juin 2027',
    );
    await page.click('form[action$="/save"] button');
    expect(await page.locator('main').innerText()).toContain('Répondez ici.');
    await page.fill('#field-capacity', '30');
    await page.click('form[action$="/save"] button');
    expect(await page.locator('main').innerText()).toContain(
      'Des étapes ne peuvent pas rester où elles sont',
    );
    await page.click('a[href*="plans/new?from="]');
    expect(await page.isChecked('input[name=city][value=asilah]')).toBe(true);
    expect(await page.inputValue('#field-half-asilah')).toBe('1');
    expect(await page.inputValue('#field-to')).toBe('2027-06-09');
    await visitor.close();
  }, 60_000);

  it('let a stop be dragged to another day: asked first, moved once it is confirmed', async () => {
    const day = async (id: string): Promise<string> =>
      (
        await w.db.readOne<{ day: string }>(
          'test.dayOfStop',
          'SELECT local_date AS day FROM stop WHERE id = $1',
          [id],
        )
      )?.day ?? '';
    const page = await (await visit('fr', WIDE_SCREEN, true)).newPage();
    await page.goto(`/fr/staff/tours/${TOUR}`);
    const entry = page.locator('[data-move]').first();
    const stop = /stops\/([^/]+)\/move/.exec((await entry.getAttribute('data-move')) ?? '')?.[1] ?? '';
    const before = await day(stop);
    await entry.scrollIntoViewIfNeeded();
    const from = await entry.locator('[data-handle]').boundingBox();
    const target = page.locator('tr', { has: entry }).locator('[data-day]').first();
    const wanted = (await target.getAttribute('data-day')) ?? '';
    const to = await target.boundingBox();
    if (!from || !to) throw new Error('Nothing to drag');
    expect(wanted < before).toBe(true);
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/\/move$/);
    expect(await page.inputValue('#field-localDate')).toBe(wanted);
    expect(await day(stop)).toBe(before);
    for (const reason of await page.locator('textarea').all()) await reason.fill('Accord de la commune');
    await page.click('section button');
    await page.waitForURL(new RegExp(`/tours/${TOUR}$`));
    expect(await day(stop)).toBe(wanted);
    await page.context().close();
  }, 60_000);

  it.each([
    ['ar', PHONE_SCREEN],
    ['fr', WIDE_SCREEN],
    ['fr', PHONE_SCREEN],
    ['ar', WIDE_SCREEN],
  ] as const)(
    'keep nobody out, in %s on %j',
    async (locale, viewport) => {
      const asked = await w.as(`/tours/${TOUR}/plans`, {
        body: {
          from: '2027-02-01',
          to: '2027-02-10',
          weekdays: [1, 2, 3, 4, 5, 6],
          stops: TEN.map((city) => ({ city })),
        },
      });
      const waiting = await w.as(`/tours/${TOUR}/plans`, {
        body: { from: '2027-02-01', to: '2027-02-10', stops: [{ city: 'tanger' }, { city: 'targuist' }] },
      });
      const page = await (await visit(locale, viewport)).newPage();
      const at = `${locale}-${viewport.width}`;
      const look = async (name: string, path: string): Promise<void> => {
        await page.goto(`/${locale}${path}`);
        if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-${at}.png`, fullPage: true });
        expect([name, await scrollsSideways(page)]).toEqual([name, false]);
      };
      await look('plan-looking', `/staff/plans/${waiting.json<{ id: string }>().id}`);
      await w.runJobs();
      await look('tours', '/staff/tours');
      await look('plan-form', '/staff/campaigns/caravane-2027/tours/new');
      await look('plan-unplaced', `/staff/plans/${waiting.json<{ id: string }>().id}`);
      await look('plan', `/staff/plans/${asked.json<{ id: string }>().id}`);
      await look('board', `/staff/tours/${TOUR}`);
      await page.context().close();
      // The checkers run scripts of their own.
      const scripted = await newVisitor(browser, base, { locale, viewport });
      await scripted.addCookies([{ name: SESSION_COOKIE, value: w.tokens.manager, url: base }]);
      const checked = await scripted.newPage();
      for (const path of [
        '/staff/campaigns/caravane-2027/tours/new',
        `/staff/plans/${asked.json<{ id: string }>().id}`,
        `/staff/tours/${TOUR}`,
      ]) {
        await checked.goto(`/${locale}${path}`);
        expect([path, await accessibilityFaults(checked)]).toEqual([path, []]);
      }
      await scripted.close();
    },
    120_000,
  );
});
