import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CertificateLink } from '../../src/certificates/public.js';
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
import { isTurn } from '../support/turns.js';
import { tokenOf } from './token.js';
import { givenTrainee, givenWorld, type World } from './world.js';

jest.setTimeout(180_000);

/** Longer than the script of a batch waits between two looks. */
const SLOW_LINE_MS = 2500;

const VIEWS = [
  { locale: 'ar', viewport: PHONE_SCREEN },
  { locale: 'fr', viewport: WIDE_SCREEN },
  { locale: 'ar', viewport: { width: 320, height: 700 } },
] as const;

describe('pages of certificates', () => {
  let t: TestApp;
  let browser: Browser;
  let origin: string;
  let world: World;
  let manager: string;
  let holder: string;
  let code: string;
  const codes: Record<string, string> = {};

  beforeAll(async () => {
    t = await createTestApp();
    browser = await launchBrowser();
    origin = await listen(t);
    world = await givenWorld(t);
    manager = (await givenStaff(t, 'manager', { kind: 'campaign', id: world.campaignId })).token;
    const personId = await givenTrainee(t, world, {
      fr: ['Fatima-Zahra', 'El Idrissi'],
      ar: ['فاطمة الزهراء', 'الإدريسي'],
    });
    holder = await tokenOf(t, personId);
    code = await issued(personId);
    codes['valid'] = code;
    codes['replaced'] = await issued(await givenTrainee(t, world, { fr: ['Fatma', 'Amrani'] }));
    const name = { ar: { given: 'علاء', family: 'بنعيسى' } };
    await t.api(`/certificates/${codes['replaced']}/replace`, { token: manager, body: { name } });
    const long = ['Marie-Antoinette Fatima-Zohra', 'Bent El Hadj Abdessalam Chahdi'] as [string, string];
    codes['revoked'] = await issued(await givenTrainee(t, world, { fr: long }));
    await t.api(`/certificates/${codes['revoked']}/revoke`, {
      token: manager,
      body: { reason: 'Erreur de saisie' },
    });
  });
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  async function issued(personId: string): Promise<string> {
    const answer = await t.api(`/sessions/${world.sessionId}/certificates`, {
      token: manager,
      body: { personId },
    });
    return answer.json<{ code: string }>().code;
  }

  async function visitor(
    options: {
      locale: 'ar' | 'fr' | 'en';
      viewport?: { width: number; height: number };
      javaScriptEnabled?: boolean;
    },
    token?: string,
  ): Promise<BrowserContext> {
    const context = await newVisitor(browser, origin, options);
    if (token) await context.addCookies([{ name: 'qafila', value: token, url: origin }]);
    return context;
  }

  async function isWellMade(page: Page, path: string, isItsTurn: boolean): Promise<void> {
    expect([path, isItsTurn ? await accessibilityFaults(page) : []]).toEqual([path, []]);
    expect([path, await scrollsSideways(page)]).toEqual([path, false]);
  }

  it.each(VIEWS)('keep nobody out, in $locale at $viewport.width', async (view) => {
    const { locale, viewport } = view;
    const stranger = await visitor({ locale, viewport });
    const person = await visitor({ locale, viewport }, holder);
    const staff = await visitor({ locale, viewport }, manager);
    const campaign = `/staff/campaigns/${world.slug}/certificates`;
    const pages: Array<[BrowserContext, string, number]> = [
      [stranger, '/v', 200],
      [stranger, `/v/${codes['valid']}`, 200],
      [stranger, `/v/${codes['replaced']}`, 200],
      [stranger, `/v/${codes['revoked']}`, 200],
      [stranger, '/v/0000000000', 404],
      [person, '/my/certificates', 200],
      [person, `/v/${codes['valid']}`, 200],
      [staff, campaign, 200],
      [staff, `${campaign}/signatures`, 200],
      [staff, `${campaign}/texts`, 200],
      [staff, `${campaign}/logos`, 200],
      [staff, `/staff/certificates/${codes['valid']}`, 200],
      [staff, `/staff/certificates/${codes['revoked']}`, 200],
      [staff, `/staff/sessions/${world.sessionId}/certificates`, 200],
    ];
    for (const [n, [context, path, status]] of pages.entries()) {
      const page = await context.newPage();
      const answer = await page.goto(`/${locale}${path}`);
      expect([path, answer?.status()]).toEqual([path, status]);
      if (viewport.width > 320) await isWellMade(page, path, isTurn(n, VIEWS.indexOf(view), 2));
      else expect([path, await scrollsSideways(page)]).toEqual([path, false]);
      await page.close();
    }
    for (const context of [stranger, person, staff]) await context.close();
  });

  it('show one big sign, a word and a colour for each state', async () => {
    const context = await visitor({ locale: 'fr' });
    const page = await context.newPage();
    const seen = new Map<string, unknown>();
    for (const [state, one] of Object.entries(codes)) {
      await page.goto(`/fr/v/${one}`);
      const sign = page.locator('.verdict > .icon');
      const box = await sign.boundingBox();
      expect(box?.width).toBeGreaterThanOrEqual(100);
      expect(box?.y).toBeLessThan(300);
      seen.set(state, [
        await page.locator('.verdict__word').textContent(),
        await page.evaluate(`getComputedStyle(document.querySelector('.verdict > .icon')).color`),
        await sign.innerHTML(),
      ]);
    }
    expect([...seen.values()].map((facts) => (facts as string[])[0])).toEqual([
      'Valable',
      'Remplacée',
      'Annulée',
    ]);
    for (const part of [0, 1, 2])
      expect(new Set([...seen.values()].map((facts) => (facts as string[])[part])).size).toBe(3);
    await context.close();
  });

  it('give the holder the PDF and a link to share; a stranger with the link of the message gets the PDF too', async () => {
    const context = await visitor({ locale: 'ar' }, holder);
    const page = await context.newPage();
    await page.goto('/ar/my/certificates');
    const download = page.locator('.keepsake a[download]');
    const file = await context.request.get((await download.getAttribute('href')) ?? '');
    expect([file.status(), (await file.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    const share = await page.locator('a[href^="https://wa.me/"]').getAttribute('href');
    expect(decodeURIComponent(share ?? '')).toContain(`/v/${code}`);
    await context.close();

    const stranger = await visitor({ locale: 'fr' });
    const { pathname, search } = new URL(t.app.get(CertificateLink).pageAddress(code));
    const checked = await stranger.newPage();
    await checked.goto(`/fr${pathname}${search}`);
    const href = await checked.locator('a[download]').getAttribute('href');
    expect((await stranger.request.get(href ?? '')).status()).toBe(200);
    await stranger.close();
  });

  it('let a person confirm their name without script', async () => {
    const personId = await givenTrainee(t, world, { ar: ['علاء', 'بناني'], signedUpAlone: false });
    const context = await visitor({ locale: 'ar', javaScriptEnabled: false }, await tokenOf(t, personId));
    const page = await context.newPage();
    await page.goto('/ar/my/certificates');
    expect(await page.locator('.printed-name [lang="ar"]').textContent()).toBe('علاء بناني');
    await page.locator('form[action$="/my/certificates/name"] button').click();
    expect(new URL(page.url()).pathname).toBe('/ar/my/certificates');
    expect(await page.locator('form[action$="/my/certificates/name"]').count()).toBe(0);
    await context.close();
  });

  it('let the staff issue in bulk, watch it, and confirm the names that were left out, without script', async () => {
    const mine = await givenWorld(t);
    const token = (await givenStaff(t, 'coordinator', { kind: 'campaign', id: mine.campaignId })).token;
    await givenTrainee(t, mine, { fr: ['Amina', 'Alaoui'] });
    await givenTrainee(t, mine, { fr: ['Salma', 'Bennani'], signedUpAlone: false });
    const context = await visitor({ locale: 'fr', viewport: WIDE_SCREEN, javaScriptEnabled: false }, token);
    const page = await context.newPage();
    await page.goto('/fr/staff/certificates');
    expect(new URL(page.url()).pathname).toBe(`/fr/staff/campaigns/${mine.slug}/certificates`);
    await page.selectOption('select[name=scope]', `session:${mine.sessionId}`);
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().includes('/jobs/') && response.status() === 200),
      page.locator('form[method=post] button', { hasText: 'Délivrer' }).click(),
    ]);
    expect((await answer.allHeaders())['refresh']).toBe('4');
    await t.runJobs();
    await page.reload();
    const failures = page.locator('#failures tbody tr');
    expect(await failures.count()).toBe(1);
    expect(await failures.textContent()).toContain('Salma Bennani');
    expect((await page.request.get(page.url())).headers()['refresh']).toBeUndefined();
    await page.locator('form[method=post] button', { hasText: 'Noms comparés' }).click();
    await t.runJobs();
    await page.reload();
    expect(await failures.count()).toBe(0);
    await page.goto(`/fr/staff/campaigns/${mine.slug}/certificates?q=salma`);
    expect(await page.locator('#certificates tbody tr').count()).toBe(1);
    await context.close();
  });

  it('move the bar by script while a batch runs, and load the end', async () => {
    const mine = await givenWorld(t);
    const staff = await givenStaff(t, 'manager', { kind: 'campaign', id: mine.campaignId });
    await givenTrainee(t, mine);
    const started = await t.api(`/campaigns/${mine.slug}/certificates`, { token: staff.token, body: {} });
    const { jobId } = started.json<{ jobId: string }>();
    const context = await visitor({ locale: 'fr', viewport: WIDE_SCREEN }, staff.token);
    const page = await context.newPage();
    let loads = 0;
    // Without the header that loads the page again, only the script can move the bar. The end comes over a slow line.
    await page.route(`**/certificates/jobs/${jobId}`, async (route) => {
      if (++loads > 1) await pause(SLOW_LINE_MS);
      const response = await route.fetch();
      const { refresh: _, ...headers } = response.headers();
      await route.fulfill({ response, headers });
    });
    await page.goto(`/fr/staff/campaigns/${mine.slug}/certificates/jobs/${jobId}`);
    await t.db.write('test.progress', `UPDATE job SET progress_done = 3, progress_total = 12 WHERE id = $1`, [
      jobId,
    ]);
    await page.locator('progress[value="25"]').waitFor({ timeout: 60_000 });
    expect(await page.locator('.progress__label strong').textContent()).toBe('3 sur 12');
    await t.runJobs();
    await page.locator('text=C’est terminé.').waitFor({ timeout: 60_000 });
    expect(loads).toBe(2);
    await context.close();
  });

  it('keep what was typed when a new name or a reason is refused, and say what is wrong', async () => {
    const context = await visitor({ locale: 'fr', viewport: WIDE_SCREEN }, manager);
    const page = await context.newPage();
    await page.goto(`/fr/staff/certificates/${code}`);
    await page.locator('summary', { hasText: 'Corriger le nom' }).click();
    await page.fill('input[name=givenFr]', 'Seule');
    await page.locator('button', { hasText: 'Remplacer' }).click();
    expect(await page.inputValue('input[name=givenFr]')).toBe('Seule');
    expect(await page.locator('#field-familyFr').getAttribute('aria-invalid')).toBe('true');
    await isWellMade(page, 'refused name', true);
    await page.fill('input[name=familyFr]', '😀');
    await page.locator('button', { hasText: 'Remplacer' }).click();
    expect(await page.locator('#errors').textContent()).toContain('😀');
    await context.close();
  });

  it('let the trainer confirm names and issue in the room', async () => {
    const mine = await givenWorld(t);
    const token = (await givenStaff(t, 'manager', { kind: 'campaign', id: mine.campaignId })).token;
    await givenTrainee(t, mine, { fr: ['Amina', 'Alaoui'], signedUpAlone: false });
    const context = await visitor({ locale: 'fr', javaScriptEnabled: false }, token);
    const page = await context.newPage();
    await page.goto(`/fr/staff/sessions/${mine.sessionId}/certificates`);
    await page.locator('button', { hasText: 'Confirmer les noms' }).click();
    expect(await page.locator('.alert--bad').textContent()).toContain('Cochez');
    await page.locator('input[name=personId]').check();
    await page.locator('button', { hasText: 'Confirmer les noms' }).click();
    await page.locator('button[name=issue]').click();
    expect(await page.locator('.flash').textContent()).toContain('Attestation délivrée');
    expect(await page.locator('td .badge--good', { hasText: 'Valable' }).count()).toBe(1);
    await context.close();
  });

  it('keep the signatures of a campaign and print them on a specimen', async () => {
    const context = await visitor({ locale: 'fr', viewport: WIDE_SCREEN }, manager);
    const page = await context.newPage();
    const base = `/fr/staff/campaigns/${world.slug}/certificates`;
    await page.goto(`${base}/signatures`);
    await page.fill('input[name=nameFr1]', 'Karim Exemple');
    await page.locator('button', { hasText: 'Enregistrer' }).click();
    expect(await page.locator('#field-nameAr1').getAttribute('aria-invalid')).toBe('true');
    await page.fill('input[name=nameAr1]', 'كريم المثال');
    await page.locator('button', { hasText: 'Enregistrer' }).click();
    expect(await page.inputValue('input[name=nameAr1]')).toBe('كريم المثال');
    const specimen = await context.request.get(`${base}/specimen.pdf`);
    expect([specimen.status(), specimen.headers()['content-type']]).toEqual([200, 'application/pdf']);
    const personId = await givenTrainee(t, world);
    const signed = await t.api(`/certificates/${await issued(personId)}`);
    expect(signed.json()).toMatchObject({
      signatories: [{ name: { fr: 'Karim Exemple', ar: 'كريم المثال' } }],
    });
    await context.close();
  });
});
