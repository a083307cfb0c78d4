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
import { isTurn } from '../support/turns.js';
import { type Agency, givenAgency } from './world.js';

jest.setTimeout(120_000);

/** Where to leave pictures of every page; unset: nowhere. */
const PICTURES = process.env['TEST_PICTURES'];
const FIGURES = '/staff/campaigns/apdn-2021/participation';
const VIEWS = [
  ['ar', PHONE_SCREEN],
  ['fr', WIDE_SCREEN],
  ['fr', PHONE_SCREEN],
  ['ar', WIDE_SCREEN],
  ['fr', { width: 320, height: 640 }],
] as const;

describe('the agency’s page of figures', () => {
  let t: Agency;
  let browser: Browser;
  let base: string;
  beforeAll(async () => {
    t = await givenAgency({ certificates: false });
    base = await listen(t);
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await t.close();
  });

  const visit = async (
    locale: 'ar' | 'fr',
    viewport = WIDE_SCREEN,
    javaScriptEnabled = true,
  ): Promise<BrowserContext> => {
    const visitor = await newVisitor(browser, base, { locale, viewport, javaScriptEnabled });
    await visitor.addCookies([{ name: SESSION_COOKIE, value: t.funder, url: base }]);
    return visitor;
  };
  const look = async (page: Page, name: string, isItsTurn: boolean): Promise<void> => {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
    const faults = isItsTurn ? await accessibilityFaults(page) : [];
    expect([name, faults, await scrollsSideways(page)]).toEqual([name, [], false]);
  };

  it.each(VIEWS)('keeps nobody out, in %s on %j', async (locale, viewport) => {
    const visitor = await visit(locale, viewport);
    const page = await visitor.newPage();
    const view = VIEWS.findIndex((one) => one[0] === locale && one[1] === viewport);
    for (const [n, [name, path]] of [
      ['campaigns', '/staff/figures'],
      ['city', `${FIGURES}?by=city`],
      ['default', FIGURES],
      ['long-words', `${FIGURES}?by=province&by=category&by=sector`],
      ['refused', `${FIGURES}?by=city&by=gender&by=milieu&by=sector`],
      ['empty', '/staff/campaigns/caravane-2027/participation'],
    ].entries()) {
      await page.goto(`/${locale}${path}`);
      await look(page, `${name}-${locale}-${viewport.width}`, isTurn(n, view, VIEWS.length));
    }
    await visitor.close();
  });

  it('leads from the campaigns to a table of one’s own choice, without a script', async () => {
    const visitor = await visit('fr', PHONE_SCREEN, false);
    const page = await visitor.newPage();
    await page.goto('/fr/staff/figures');
    await page.click('text=Caravane du e-commerce 2021');
    expect(await page.locator('h1').innerText()).toBe('Qui a participé ?');
    await page.click('summary:has-text("Répartir autrement")');
    for (const name of ['Ville', 'Catégorie']) await page.uncheck(`label:has-text("${name}") input`);
    await page.check('label:has-text("Âge") input');
    await page.click('main form button');
    expect(page.url()).toMatch(/participation\?by=gender&by=ageBand$/);
    expect(await page.locator('#participation thead').innerText()).toContain('Genre');
    expect(await page.locator('#participation caption').innerText()).toBe('Le détail, par genre et âge');
    const ages = await page
      .locator('#participation tbody tr:has-text("Femmes") td:nth-child(2)')
      .allInnerTexts();
    expect(ages).toEqual(['Moins de 25 ans', '25–34 ans', '35–44 ans', '45–59 ans', '60 ans et plus']);
    await visitor.close();
  });

  it('shows in its chart the people who came, as they stand in the table', async () => {
    const visitor = await visit('fr');
    const page = await visitor.newPage();
    await page.goto(`/fr${FIGURES}?by=city`);
    const bars = await page.locator('.bars li').allInnerTexts();
    const table = await page
      .locator('#participation tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => `${row.children[0]?.textContent?.trim()}\n${row.children[3]?.textContent?.trim()}`),
      );
    expect([...bars].sort()).toEqual([...table].sort());
    const widths = await page
      .locator('.bars rect')
      .evaluateAll((rects) => rects.map((rect) => Number.parseInt(rect.getAttribute('width') ?? '', 10)));
    expect(widths[0]).toBe(100);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    await visitor.close();
  });

  it('says what will be there while nobody has enrolled, and offers no empty file', async () => {
    const visitor = await visit('fr');
    const page = await visitor.newPage();
    await page.goto('/fr/staff/campaigns/caravane-2027/participation');
    const text = await page.locator('main').innerText();
    expect(text).toContain('Personne n’est encore inscrit');
    expect(text).toContain('Personnes présentes à au moins une demi-journée.');
    expect(await page.locator('a[download]').count()).toBe(0);
    await visitor.close();
  });

  it('prints the figures and not the form, with every column on the paper', async () => {
    const visitor = await visit('ar', { width: 720, height: 1000 });
    const page = await visitor.newPage();
    await page.emulateMedia({ media: 'print' });
    await page.goto(`/ar${FIGURES}?by=city`);
    expect(await page.locator('main form').isVisible()).toBe(false);
    expect(await page.locator('a[download]').first().isVisible()).toBe(false);
    expect(await page.locator('.bars').isVisible()).toBe(true);
    const outside = await page
      .locator('#participation th')
      .evaluateAll((cells) => cells.filter((cell) => cell.getBoundingClientRect().left < 0).length);
    expect(outside).toBe(0);
    await visitor.close();
  });
});
