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
import { isTurn, viewOf } from '../support/turns.js';
import {
  addStop,
  createWorld,
  demoSession,
  room,
  sessionBody,
  stopId,
  TRAINER_A,
  type World,
} from './world.js';

/** Where to leave pictures of every page; unset: nowhere. */
const PICTURES = process.env['TEST_PICTURES'];

describe('pages of sessions', () => {
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
    token?: string,
    viewport = PHONE_SCREEN,
    javaScriptEnabled = true,
  ): Promise<BrowserContext> => {
    const visitor = await newVisitor(browser, base, { locale, viewport, javaScriptEnabled });
    if (token) await visitor.addCookies([{ name: SESSION_COOKIE, value: token, url: base }]);
    return visitor;
  };
  const look = async (page: Page, name: string, isItsTurn: boolean): Promise<void> => {
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
    const faults = isItsTurn ? await accessibilityFaults(page) : [];
    expect([name, faults, await scrollsSideways(page)]).toEqual([name, [], false]);
  };

  it.each([
    ['ar', PHONE_SCREEN],
    ['fr', WIDE_SCREEN],
    ['fr', PHONE_SCREEN],
    ['ar', WIDE_SCREEN],
  ] as const)(
    'keep nobody out, in %s on %j',
    async (locale, viewport) => {
      const visitor = await visit(locale, undefined, viewport);
      const page = await visitor.newPage();
      const at = `${locale}-${viewport.width}`;
      const view = viewOf(locale, viewport.width);
      for (const [n, [name, path]] of [
        ['sessions', '/sessions'],
        ['sessions-none', '/sessions?city=martil'],
        ['session', `/sessions/${demoSession('tetouan')}`],
      ].entries()) {
        await page.goto(`/${locale}${path}`);
        await look(page, `${name}-${at}`, isTurn(n, view, 4));
      }
      await visitor.close();
      // One calendar with its address, one without.
      await w.as('/calendar-feeds', { body: { kind: 'trainer' } });
      const staff = await visit(locale, w.tokens.manager, viewport);
      const desk = await staff.newPage();
      for (const [n, [name, path]] of [
        ['staff-sessions', '/staff/sessions'],
        ['staff-sessions-none', '/staff/sessions?status=cancelled'],
        ['staff-session', `/staff/sessions/${demoSession('tetouan')}`],
        ['staff-session-cancel', `/staff/sessions/${demoSession('tetouan')}/cancel`],
        ['staff-new', `/staff/stops/${stopId('tetouan')}/sessions/new`],
        ['staff-calendars', '/staff/calendars'],
        ['staff-edit', `/staff/sessions/${demoSession('tetouan')}/edit`],
      ].entries()) {
        await desk.goto(`/${locale}${path}`);
        await look(desk, `${name}-${at}`, isTurn(n, view, 4));
      }
      await staff.close();
    },
    120_000,
  );

  it('find the sessions of a city without script, and lead to the booking', async () => {
    const visitor = await visit('fr', undefined, PHONE_SCREEN, false);
    const page = await visitor.newPage();
    await page.goto('/fr/sessions');
    expect(await page.locator('.card').count()).toBe(10);
    await page.selectOption('#field-city', 'chefchaouen');
    await page.click('main form button');
    expect(await page.locator('.card').count()).toBe(1);
    expect(await page.locator('.card').innerText()).toContain('lundi 18 janvier 2027');
    await page.click('.card a');
    expect(await page.locator('h1').innerText()).toBe('Vente en ligne à Chefchaouen');
    const form = page.locator('form[action$="/enrol"]');
    expect(await form.getAttribute('action')).toBe(`/fr/sessions/${demoSession('chefchaouen')}/enrol`);
    expect(await form.innerText()).toContain('Réserver ma place');
    await visitor.close();
  });

  it('say that a session is full, cancelled, over, or not open', async () => {
    const id = demoSession('ouezzane');
    const textAt = async (): Promise<string> =>
      (await w.inject({ url: `/fr/sessions/${id}`, headers: { accept: 'text/html' } })).body;
    await w.db.write('test.fill', `UPDATE session SET booked = capacity WHERE id = $1`, [id]);
    expect(await textAt()).toContain('M’inscrire sur la liste d’attente');
    expect(await textAt()).toContain('Complet, liste d’attente');
    await w.db.write('test.empty', `UPDATE session SET booked = 0 WHERE id = $1`, [id]);
    await w.db.write(
      'test.shut',
      `UPDATE campaign SET enrolment_opens_at = NULL, enrolment_closes_at = NULL WHERE slug = 'caravane-2027'`,
    );
    expect(await textAt()).toContain('Les inscriptions ne sont pas ouvertes.');
    await w.db.write(
      'test.open',
      `UPDATE campaign SET enrolment_opens_at = '2026-11-01' WHERE slug = 'caravane-2027'`,
    );
    expect(await textAt()).toContain('Réserver ma place');
    const past = (await w.api('/campaigns/apdn-2021/sessions?limit=1')).json() as {
      items: Array<{ id: string }>;
    };
    const over = await w.inject({
      url: `/fr/sessions/${past.items[0]?.id}`,
      headers: { accept: 'text/html' },
    });
    expect(over.body).toContain('Cette séance est passée.');
    expect(over.body).not.toContain('/enrol');
    expect(
      (await w.inject({ url: '/fr/sessions/no-such', headers: { accept: 'text/html' } })).statusCode,
    ).toBe(404);
  });

  it('let a coordinator plan a session, told what is taken and asked why, without losing a letter', async () => {
    const stop = await addStop(w, 'larache', '2027-05-07');
    const taken = await w.as(`/stops/${stop}/sessions`, {
      body: sessionBody([
        { localStart: '09:00', localEnd: '10:00', roomId: room('larache', 0), trainerIds: [TRAINER_A] },
      ]),
    });
    const staff = await visit('fr', w.tokens.manager, WIDE_SCREEN);
    const page = await staff.newPage();
    await page.goto(`/fr/staff/stops/${stop}/sessions/new`);
    await page.selectOption('#field-course', 'paiement-electronique');
    await page.fill('#field-capacity', '35');
    await page.fill('#field-unit1Start', '09:30');
    await page.fill('#field-unit1End', '13:00');
    await page.selectOption('#field-unit1Room', room('larache', 0));
    await page.fill('#field-venueNote', 'Porte <b>verte</b>');
    const save = () => page.getByRole('button', { name: 'Enregistrer' }).click();
    await save();
    const clash = page.locator('.alert--bad');
    expect(await clash.innerText()).toContain('Youssef Tazi, à Larache, vendredi 7 mai 2027 09:00–10:00');
    expect(await clash.locator('a').first().getAttribute('href')).toBe(
      `/fr/staff/sessions/${(taken.json() as { id: string }).id}`,
    );
    expect(await page.inputValue('#field-capacity')).toBe('35');
    expect(await page.inputValue('#field-venueNote')).toBe('Porte <b>verte</b>');
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/staff-clash.png`, fullPage: true });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.fill('#field-unit1Start', '10:00');
    await page.fill('#field-reason-friday-prayer', 'La salle n’est libre qu’à cette heure');
    await save();
    expect(page.url()).toMatch(/\/fr\/staff\/sessions\/[0-9a-f-]{36}$/);
    const shown = await page.locator('main').innerText();
    expect(shown).toContain('La séance de Larache est enregistrée.');
    expect(shown).toContain('La salle n’est libre qu’à cette heure');
    expect(shown).toContain('Porte <b>verte</b>');
    const twin = await staff.newPage();
    await twin.goto(`${page.url()}/edit`);
    await page.goto(`${page.url()}/edit`);
    await page.fill('#field-capacity', '36');
    await save();
    expect(await page.locator('.stats').innerText()).toContain('36');
    await twin.fill('#field-capacity', '37');
    await twin.getByRole('button', { name: 'Enregistrer' }).click();
    expect(await twin.locator('h1').innerText()).toContain('Quelqu’un vient de modifier cette séance');
    await staff.close();
  }, 60_000);

  it('send a form back with each wrong answer named', async () => {
    const staff = await visit('ar', w.tokens.manager);
    const page = await staff.newPage();
    await page.goto(`/ar/staff/stops/${stopId('asilah')}/sessions/new`);
    await page.evaluate(`document.querySelectorAll('[required]').forEach((e) => e.removeAttribute('required'));
      document.querySelectorAll('input[type=number],input[type=time],input[type=date]').forEach((e) => { e.type = 'text'; })`);
    await page.fill('#field-capacity', '0');
    await page.fill('#field-unit1Start', '12:00');
    await page.fill('#field-unit1End', '09:00');
    const save = () => page.getByRole('button', { name: 'حفظ' }).click();
    await save();
    expect(await page.locator('#errors a').getAttribute('href')).toBe('#field-capacity');
    await page.evaluate(`document.querySelector('#field-capacity').value = '20'`);
    await save();
    expect(await page.locator('#errors a').getAttribute('href')).toBe('#field-unit1End');
    await look(page, 'staff-refused-ar-360', true);
    await staff.close();
  }, 60_000);

  it('cancel after a confirmation with a reason', async () => {
    const stop = await addStop(w, 'fnideq', '2027-05-11');
    const made = (
      await w.as(`/stops/${stop}/sessions`, {
        body: sessionBody([{ localStart: '09:00', localEnd: '10:00' }]),
      })
    ).json() as { id: string };
    const staff = await visit('fr', w.tokens.manager, WIDE_SCREEN, false);
    const page = await staff.newPage();
    await page.goto(`/fr/staff/sessions/${made.id}/cancel`);
    await page.fill('#field-reason', 'ok');
    await page.getByRole('button', { name: 'Oui, annuler la séance' }).click();
    expect(await page.locator('#errors').innerText()).toContain('trop court');
    await page.goto(`/fr/staff/sessions/${made.id}/cancel`);
    await page.fill('#field-reason', 'Route coupée par la neige');
    await page.getByRole('button', { name: 'Oui, annuler la séance' }).click();
    expect(await page.locator('main').innerText()).toContain('Annulée : Route coupée par la neige');
    await page.goto('/fr/sessions?city=fnideq');
    expect(await page.locator('.card').last().innerText()).toContain('Séance annulée');
    await staff.close();
  }, 60_000);

  it('sort, filter and page the table in its address, with the same rows as CSV', async () => {
    const table = async (query: string, token = w.tokens.manager) =>
      (
        await w.inject({
          url: `/fr/staff/sessions${query}`,
          headers: { accept: 'text/html', cookie: `${SESSION_COOKIE}=${token}` },
        })
      ).body;
    const html = await table('?status=closed&sort=booked&dir=desc');
    const booked = [...html.matchAll(/data-label="Inscrits" class="number"[^>]*>\s*<bdi>(\d+)/g)].map(
      ([, n]) => Number(n),
    );
    expect(booked).toEqual([32, 32, 27, 27, 26, 26, 24, 24, 24, 22]);
    expect(html).toContain('aria-sort="descending"');
    const csv = await w.inject({
      url: '/fr/staff/sessions.csv?status=closed&sort=booked&dir=desc',
      headers: { cookie: `${SESSION_COOKIE}=${w.tokens.manager}` },
    });
    expect(csv.headers['content-type']).toContain('text/csv');
    const lines = csv.body.trimEnd().split('\n');
    expect(lines[0]).toBe(
      '\uFEFFJour,Horaires,Ville,Lieu,Cours,Équipe,État,Inscrits,Places,Libres,En attente',
    );
    expect(lines.slice(1).map((line) => Number(line.split(',')[7]))).toEqual(booked);
    for (const [query, rows] of [
      ['?city=tanger&status=closed', 1],
      ['?city=atlantis', 0],
      ['?campaign=not-an-id&status=closed', 10],
    ] as const) {
      expect([query, (await table(query)).match(/scope="row"/g)?.length ?? 0]).toEqual([query, rows]);
    }
    const count = async (query: string): Promise<number> =>
      (await table(query)).match(/scope="row"/g)?.length ?? 0;
    const [all, planned, closed, cancelled] = [
      await count('?status='),
      await count('?status=planned'),
      await count('?status=closed'),
      await count('?status=cancelled'),
    ];
    expect(planned).toBeGreaterThanOrEqual(10);
    expect(all).toBe(planned + closed + cancelled);
    expect(await count('?sort=city')).toBe(planned);
    expect((await table('?cursor=rubbish')).includes('scope="row"')).toBe(false);
    const trainer = await table('?status=closed', w.tokens.trainer);
    expect(trainer.match(/scope="row"/g)?.length).toBe(5);
    const stranger = await table('?status=', w.tokens.stranger);
    expect(stranger).toContain('Aucune séance ne correspond.');
  });

  it('ask visitors to sign in and hide other people’s sessions', async () => {
    const html = { accept: 'text/html' };
    const anonymous = await w.inject({ url: '/fr/staff/sessions', headers: html });
    expect([anonymous.statusCode, anonymous.headers.location]).toEqual([
      303,
      '/fr/sign-in?next=%2Ffr%2Fstaff%2Fsessions',
    ]);
    const cookie = `${SESSION_COOKIE}=${w.tokens.stranger}`;
    for (const path of [
      `/staff/sessions/${demoSession('tanger')}`,
      `/staff/sessions/${demoSession('tanger')}/edit`,
      `/staff/stops/${stopId('tanger')}/sessions/new`,
    ]) {
      expect([
        path,
        (await w.inject({ url: `/fr${path}`, headers: { ...html, cookie } })).statusCode,
      ]).toEqual([path, 404]);
    }
  });

  it('give the address of a calendar, a new one in its place, and take it away, without script', async () => {
    const staff = await visit('fr', w.tokens.trainer, PHONE_SCREEN, false);
    const page = await staff.newPage();
    await page.goto('/fr/staff/sessions');
    await page.locator('a', { hasText: 'Suivre dans mon agenda' }).click();
    const mine = page.locator('section', { hasText: 'Mes demi-journées' });
    await mine.locator('button', { hasText: 'Créer une adresse' }).click();
    const address = mine.getByLabel('Adresse secrète');
    const first = await address.inputValue();
    expect(await mine.locator('a').getAttribute('href')).toBe(first.replace('http:', 'webcal:'));
    expect(new URL(first).pathname).toMatch(/^\/calendar\/[0-9a-f]{64}\.ics$/);
    const read = async (url: string): Promise<number> =>
      (await w.inject({ url: new URL(url).pathname })).statusCode;
    expect(await read(first)).toBe(200);
    await mine.locator('button', { hasText: 'Nouvelle adresse' }).click();
    const second = await address.inputValue();
    expect([await read(first), await read(second)]).toEqual([404, 200]);
    await mine.locator('button', { hasText: 'Supprimer' }).click();
    expect([await read(second), await address.count()]).toEqual([404, 0]);
    await staff.close();
  });
});
