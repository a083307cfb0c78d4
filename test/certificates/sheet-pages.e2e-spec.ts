import type { Browser, BrowserContext, Page } from 'playwright-core';
import { givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  accessibilityFaults,
  launchBrowser,
  listen,
  newVisitor,
  PHONE_SCREEN,
  scrollsSideways,
  WIDE_SCREEN,
} from '../support/browser.js';
import { coloured } from './logos.js';
import { textOf } from './pdf-tools.js';
import { givenTrainee, givenWorld, type World } from './world.js';

jest.setTimeout(180_000);

const SCREENS = [
  { locale: 'ar', viewport: PHONE_SCREEN },
  { locale: 'fr', viewport: PHONE_SCREEN },
  { locale: 'fr', viewport: WIDE_SCREEN },
] as const;

describe('pages on which a certificate is prepared', () => {
  let t: TestApp;
  let browser: Browser;
  let origin: string;
  let world: World;
  let manager: string;
  let red: Buffer;
  let blue: Buffer;

  beforeAll(async () => {
    t = await createTestApp();
    browser = await launchBrowser();
    origin = await listen(t);
    [red, blue] = [await coloured('#c00000').png().toBuffer(), await coloured('#0000c0').jpeg().toBuffer()];
  });
  beforeEach(async () => {
    world = await givenWorld(t);
    manager = (await givenStaff(t, 'manager', { kind: 'campaign', id: world.campaignId })).token;
  });
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  const base = (locale: string): string => `/${locale}/staff/campaigns/${world.slug}/certificates`;
  async function visitor(options: {
    locale: 'ar' | 'fr' | 'en';
    viewport?: { width: number; height: number };
    javaScriptEnabled?: boolean;
  }): Promise<BrowserContext> {
    const context = await newVisitor(browser, origin, options);
    await context.addCookies([{ name: 'qafila', value: manager, url: origin }]);
    return context;
  }
  async function isWellMade(page: Page, what: string): Promise<void> {
    expect([what, await accessibilityFaults(page)]).toEqual([what, []]);
    expect([what, await scrollsSideways(page)]).toEqual([what, false]);
  }
  const file = (buffer: Buffer, name = 'logo.png') => ({ name, mimeType: 'image/png', buffer });
  async function add(page: Page, content: Buffer, fr: string, ar: string): Promise<void> {
    await page.setInputFiles('input[name=picture]', file(content));
    await page.fill('#field-alt-fr', fr);
    await page.fill('#field-alt-ar', ar);
    await page.locator('form[enctype] button').click();
  }
  const shown = (page: Page): Promise<(string | null)[]> =>
    page.locator('ol .sheet-logo img').evaluateAll((all) => all.map((one) => one.getAttribute('alt')));

  it('lead to one another, and from the list of certificates', async () => {
    const context = await visitor({ locale: 'fr' });
    const page = await context.newPage();
    await page.goto(base('fr'));
    await page.locator('a', { hasText: 'Préparer l’attestation' }).click();
    for (const name of ['Textes', 'Logos', 'Signatures']) {
      await page.locator('.tabs a', { hasText: name }).click();
      expect(await page.locator('.tabs a[aria-current=page]').textContent()).toBe(name);
    }
    await context.close();
  });

  it('show a specimen with words that are not saved, then keep them, without script', async () => {
    const context = await visitor({ locale: 'fr', viewport: WIDE_SCREEN, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${base('fr')}/texts`);
    await page.fill('input[name=heading-fr]', 'Attestation d’assiduité');
    await page.fill('input[name=heading-ar]', 'شهادة المواظبة');
    await page.fill('textarea[name=note-fr]', 'Elle n’est pas\nun diplôme.');
    const form = await page.locator('form.form').evaluate((one) => {
      const data = new FormData(one as HTMLFormElement);
      return Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
    });
    // What the button sends; a browser without a window shows no PDF.
    const button = page.locator('button[name=do]');
    expect(await button.getAttribute('formtarget')).toBe('_blank');
    const preview = await page.request.post(page.url(), {
      form: { ...form, do: (await button.getAttribute('value')) ?? '' },
    });
    expect([preview.status(), preview.headers()['content-type'], preview.headers()['cache-control']]).toEqual(
      [200, 'application/pdf', 'private, no-store'],
    );
    const lines = textOf(await preview.body());
    for (const text of [
      'Attestation d’assiduité',
      'شهادة المواظبة',
      'Elle n’est pas un diplôme.',
      'Prénom Nom',
    ])
      expect(lines).toContain(text);
    const saved = await page.request.get(`${base('fr')}/specimen.pdf`);
    expect(textOf(await saved.body())).toContain('Attestation de formation');
    await page.locator('form.form button:not([name=do])').click();
    expect(await page.locator('.flash').textContent()).toContain('enregistrés');
    expect(await page.inputValue('textarea[name=note-fr]')).toBe('Elle n’est pas un diplôme.');
    const after = await page.request.get(`${base('fr')}/specimen.pdf`);
    expect(textOf(await after.body())).toContain('Attestation d’assiduité');
    await context.close();
  });

  it('show a specimen that differs from a certificate of the campaign in its code, serial number and address alone', async () => {
    const personId = await givenTrainee(t, world, {
      fr: ['Prénom', 'Nom'],
      ar: ['الاسم', 'الشخصي والعائلي'],
    });
    const answer = await t.api(`/sessions/${world.sessionId}/certificates`, {
      token: manager,
      body: { personId },
    });
    const { code } = answer.json<{ code: string }>();
    const pdf = async (url: string): Promise<string[]> => {
      const file = await t.inject({ url, headers: { authorization: `Bearer ${manager}` } });
      return textOf(file.rawPayload).filter(
        (line) => !/^[0-9A-Z]{5} [0-9A-Z]{5}$|\/v\/[0-9A-Z]{10}/.test(line),
      );
    };
    const certificate = await pdf(`/v/${code}.pdf`);
    expect(certificate).toContain('Tétouan · 15 décembre 2026 · 7 h');
    expect(await pdf(`${base('fr')}/specimen.pdf`)).toEqual(certificate);
  });

  it.each(SCREENS)(
    'keep what was typed when it is refused, in $locale at $viewport.width',
    async (screen) => {
      const { locale } = screen;
      const context = await visitor({ ...screen, javaScriptEnabled: true });
      const page = await context.newPage();
      await page.goto(`${base(locale)}/texts`);
      await isWellMade(page, 'texts');
      await page.fill('input[name=given-fr]', 'W'.repeat(80));
      await page.fill('input[name=reason-ar]', 'تابع التكوين');
      await page.locator('form.form button:not([name=do])').click();
      expect(await page.locator('#field-given-fr').getAttribute('aria-invalid')).toBe('true');
      expect(await page.inputValue('input[name=given-fr]')).toBe('W'.repeat(80));
      expect(await page.inputValue('input[name=reason-ar]')).toBe('تابع التكوين');
      await isWellMade(page, 'refused texts');
      await page.goto(`${base(locale)}/logos`);
      await isWellMade(page, 'no logos');
      await add(page, await coloured('#c00000', 50, 50).png().toBuffer(), 'Étoile', 'نجمة');
      expect(await page.locator('#field-picture').getAttribute('aria-invalid')).toBe('true');
      expect(await page.locator('#errors a').getAttribute('href')).toBe('#field-picture');
      expect([await page.inputValue('#field-alt-fr'), await page.inputValue('#field-alt-ar')]).toEqual([
        'Étoile',
        'نجمة',
      ]);
      await isWellMade(page, 'refused logo');
      for (const content of [red, blue, red]) await add(page, content, 'Étoile', 'نجمة');
      await page.locator('button[value=remove]').first().click();
      await page.locator('summary').last().click();
      await isWellMade(page, 'two logos and one taken away');
      await context.close();
    },
  );

  it('add, order, describe, take away and bring back logos without script', async () => {
    const context = await visitor({ locale: 'fr', javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${base('fr')}/logos`);
    await add(page, red, 'Étoile', 'نجمة');
    await add(page, blue, 'Vague', 'موجة');
    expect(await shown(page)).toEqual(['Étoile', 'Vague']);
    const picture = await page.request.get((await page.locator('ol img').first().getAttribute('src')) ?? '');
    expect([picture.status(), picture.headers()['content-type']]).toEqual([200, 'image/png']);
    await page.locator('button[value=up]').click();
    expect(await shown(page)).toEqual(['Vague', 'Étoile']);
    await page.locator('button[value=down]').click();
    expect(await shown(page)).toEqual(['Étoile', 'Vague']);
    await page.locator('ol summary').last().click();
    await page.locator('ol li').last().locator('input[name=alt-ar]').fill(' ');
    await page.locator('ol li').last().locator('button[value=describe]').click();
    expect(
      await page.locator('ol li').last().locator('input[name=alt-ar]').getAttribute('aria-invalid'),
    ).toBe('true');
    const link = (await page.locator('#errors a').getAttribute('href')) ?? '';
    expect(await page.locator(`ol li:last-child ${link}`).count()).toBe(1);
    await page.locator('ol li').last().locator('input[name=alt-fr]').fill('Grande vague');
    await page.locator('ol li').last().locator('input[name=alt-ar]').fill('موجة كبيرة');
    await page.locator('ol li').last().locator('button[value=describe]').click();
    expect(await shown(page)).toEqual(['Étoile', 'Grande vague']);
    await page.locator('button[value=remove]').first().click();
    expect(await page.locator('.flash').textContent()).toContain('remettre');
    expect(await shown(page)).toEqual(['Grande vague']);
    await page.locator('summary', { hasText: 'Logos retirés' }).click();
    await page.locator('button[value=restore]').click();
    expect(await shown(page)).toEqual(['Grande vague', 'Étoile']);
    await add(page, red, 'Trois', 'ثلاثة');
    expect(await page.locator('form[enctype]').count()).toBe(0);
    expect(await page.locator('main').textContent()).toContain('Les 3 places sont prises');
    await context.close();
  });
});
