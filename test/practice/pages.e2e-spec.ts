import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { givenEnrolment, givenSession } from '../attendance/factories.js';
import { page, submit } from '../attendance/pages.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import {
  accessibilityFaults,
  launchBrowser,
  listen,
  PHONE_SCREEN,
  scrollsSideways,
} from '../support/browser.js';

const SHOP = '/fr/practice/ma-boutique';
const SHEET = {
  id: randomUUID(),
  titleFr: 'Tapis de laine tissé main',
  titleAr: 'زربية صوف منسوجة باليد',
  stock: '2',
  picture: 'rug-window',
};

describe('the pages of a practice shop', () => {
  let t: TestApp;

  beforeAll(async () => {
    t = await createTestApp();
  }, 120_000);
  afterAll(() => t.close());

  /** Text of a page as a reader sees it. */
  const textOf = (html: string): string =>
    html
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&#x27;', "'")
      .replace(/[\u2066-\u2069]/g, '')
      .replace(/[\u00a0\u202f]/g, ' ')
      .replace(/\s+/g, ' ');

  /** Taps the button of a deed on a page, as a browser without script. */
  async function tap(token: string, path: string, fields: Record<string, string>): Promise<string> {
    const { body } = await page(t, path, token);
    const forms = body.split('<form').slice(1);
    const wanted = Object.entries(fields).map(([name, value]) => `name="${name}" value="${value}"`);
    const form = forms.find((one) => wanted.every((input) => one.includes(input)));
    if (!form) throw new Error(`No button ${JSON.stringify(fields)} on ${path}`);
    const hidden = [...form.split('</form>')[0]!.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name!, value!.replaceAll('&#x3D;', '=')] as const,
    );
    const answer = await submit(
      t,
      /action="([^"]+)"/.exec(form)![1]!,
      token,
      Object.fromEntries(hidden),
      path,
    );
    expect(answer.statusCode).toBe(303);
    const cookies = {
      [SESSION_COOKIE]: token,
      ...Object.fromEntries(
        answer.cookies.filter(({ name }) => name === 'flash').map(({ name, value }) => [name, value]),
      ),
    };
    const follow = (url: string) => t.inject({ url, headers: { accept: 'text/html' }, cookies });
    let next = await follow(answer.headers.location as string);
    // A page that has nothing to show any more leads on.
    if (next.statusCode === 303) next = await follow(next.headers.location as string);
    expect(next.statusCode).toBe(200);
    return textOf(next.body);
  }

  async function opened(slug = 'ma-boutique'): Promise<string> {
    const { token } = await givenPerson(t);
    expect((await submit(t, `/fr/practice/${slug}/open`, token, {}, `/fr/practice/${slug}`)).statusCode).toBe(
      303,
    );
    return token;
  }

  it('stand behind the course’s page, and ask a visitor to sign in', async () => {
    const course = await t.inject({ url: '/ar/courses/vente-en-ligne', headers: { accept: 'text/html' } });
    expect(course.body).toContain('href="/ar/practice/semaine-de-commandes"');
    expect(course.body).toContain('أسبوع من الطلبيات');
    for (const path of ['/ar/courses', '/ar/courses/vente-en-ligne/prix-et-marge']) {
      const way = await t.inject({ url: path, headers: { accept: 'text/html' } });
      expect(way.body).toContain('href="/ar/practice/ma-boutique"');
    }
    const list = await t.inject({ url: '/fr/practice', headers: { accept: 'text/html' } });
    expect(list.body.match(/class="card__title"/g)).toHaveLength(3);
    const intro = await t.inject({ url: SHOP, headers: { accept: 'text/html' } });
    expect(intro.body).toContain('/fr/sign-in?next&#x3D;/fr/practice/ma-boutique');
    for (const room of ['products', 'terms', 'orders', 'messages', 'book', 'exercises', 'catalogue']) {
      const answer = await t.inject({ url: `${SHOP}/${room}`, headers: { accept: 'text/html' } });
      expect([answer.statusCode, answer.headers.location]).toEqual([
        303,
        expect.stringContaining('/fr/sign-in'),
      ]);
    }
    expect(
      (await t.inject({ url: '/fr/practice/nowhere', headers: { accept: 'text/html' } })).statusCode,
    ).toBe(404);
    expect((await t.inject({ url: '/practice/pictures/none.svg' })).statusCode).toBe(404);
    const drawing = await t.inject({ url: '/practice/pictures/rug-window.svg' });
    expect([drawing.statusCode, drawing.headers['content-type']]).toEqual([200, 'image/svg+xml']);
  });

  it('write a sheet without script: count, mend, save, publish, and the customer comes', async () => {
    const token = await opened();
    const product = `${SHOP}/products/tapis`;
    const refused = await submit(t, product, token, { ...SHEET, price: 'cent', counted: 'materials' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('value="cent"');
    expect(refused.body).toContain('Écrivez un nombre.');
    const nothing = await submit(t, product, token, { id: randomUUID() });
    expect(nothing.statusCode).toBe(422);
    expect(nothing.body.match(/href="#field-(price|stock|picture)"/g)).toHaveLength(3);
    const counted = await submit(t, product, token, {
      ...SHEET,
      price: '٦٥٠,50',
      counted: 'materials',
      do: 'count',
    });
    expect(counted.statusCode).toBe(200);
    expect(textOf(counted.body)).toContain('Il vous reste 470,50 DH');
    expect(textOf((await page(t, product, token)).body)).not.toContain('470,50');
    const loss = await submit(t, product, token, {
      ...SHEET,
      price: '100',
      counted: 'materials',
      do: 'count',
    });
    expect(textOf(loss.body)).toContain('−80,00 DH');
    expect((await submit(t, product, token, { ...SHEET, price: '650' })).statusCode).toBe(303);
    expect(await tap(token, product, { kind: 'sheet.publish' })).toContain('La fiche est en vente.');
    const named = await submit(t, `${SHOP}/products`, token, { id: randomUUID(), name: '' });
    expect([named.statusCode, named.body.includes('Répondez ici')]).toEqual([422, true]);
    const { body } = await page(t, `${SHOP}/products`, token);
    const id = /name="id" value="([^"]+)"/.exec(body)![1]!;
    expect((await submit(t, `${SHOP}/products`, token, { id, name: 'Dar <b>Zellij' })).statusCode).toBe(303);
    expect((await page(t, SHOP, token)).body).toContain('Dar &lt;b&gt;Zellij');
    await tap(token, SHOP, { kind: 'clock.tomorrow' });
    expect(await tap(token, SHOP, { kind: 'clock.next' })).toContain('Amina · Tanger');
  });

  it('show the window to whoever is signed in under its address, and to nobody else', async () => {
    const token = await opened();
    await submit(t, `${SHOP}/products/tapis`, token, { ...SHEET, price: '650' });
    await tap(token, `${SHOP}/products/tapis`, { kind: 'sheet.publish' });
    const { body } = await page(t, `${SHOP}/products`, token);
    const address = /href="(\/fr\/practice\/at\/boutique-[a-z0-9]{6})"/.exec(body)![1]!;
    const classmate = await givenPerson(t);
    const seen = await page(t, address, classmate.token);
    expect(seen.body).toContain('Boutique d’essai : rien n’est vraiment à vendre');
    expect(seen.body).toContain('<h2 lang="ar" dir="rtl">زربية صوف منسوجة باليد</h2>');
    expect(seen.body).not.toContain('/practice/ma-boutique/do');
    expect((await page(t, '/fr/practice/at/boutique-zzzzzz', classmate.token)).statusCode).toBe(404);
    expect((await t.inject({ url: address, headers: { accept: 'text/html' } })).statusCode).toBe(303);
    expect((await page(t, `${SHOP}/catalogue`, token)).statusCode).toBe(200);
    const csv = await page(t, `${SHOP}/catalogue.csv`, token);
    expect(csv.body).toContain('650.00');
  });

  it('walk an order from the first tap to the cash book', async () => {
    const token = await opened('semaine-de-commandes');
    const base = '/fr/practice/semaine-de-commandes';
    const order = `${base}/orders/sac-salma`;
    expect((await page(t, order, token)).statusCode).toBe(404);
    await tap(token, base, { kind: 'clock.next' });
    const { body: before } = await page(t, order, token);
    expect(before).not.toContain('value="order.ship"');
    expect((await page(t, `${order}/label`, token)).statusCode).toBe(404);
    await tap(token, order, { kind: 'order.accept' });
    expect(textOf((await page(t, `${order}/label`, token)).body)).toContain(
      'À encaisser à la livraison 280,00 DH',
    );
    expect(await tap(token, order, { kind: 'order.ship', carrier: 'private' })).toContain(
      'Le colis est parti.',
    );
    const stale = await submit(
      t,
      `${base}/do`,
      token,
      {
        ...{ id: crypto.randomUUID(), kind: 'order.ship', order: 'sac-salma', carrier: 'post' },
        back: '//evil.example/practice',
      },
      order,
    );
    expect([stale.statusCode, stale.headers.location]).toEqual([303, base]);
    await tap(token, base, { kind: 'clock.tomorrow' });
    expect(textOf((await page(t, base, token)).body)).toContain(
      'Jusqu’à 1 kilo, les colis sont réservés à la Poste.',
    );
    const paper = { paper: 'shipping-sac-salma-1', direction: 'out', id: crypto.randomUUID() };
    const refused = await submit(t, `${base}/book`, token, { ...paper, other: 'beaucoup' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('value="beaucoup"');
    expect((await submit(t, `${base}/book`, token, { ...paper, figure: '3500' })).statusCode).toBe(303);
    const { body } = await page(t, `${base}/book`, token);
    expect(textOf(body)).toContain('Sortie 35,00 DH');
    expect(await tap(token, `${base}/book`, { kind: 'book.remove' })).toContain('La ligne est effacée.');
    expect(await tap(token, base, { again: '1' })).toContain('Jour 1, 08:00');
  });

  it('stand at the bank with the customer: a wrong code, the right one, and a payment that is given up', async () => {
    const token = await opened('paiements-et-arnaques');
    const base = '/fr/practice/paiements-et-arnaques';
    const order = `${base}/orders/carte`;
    for (let tries = 0; tries < 5; tries++) await tap(token, base, { kind: 'clock.next' });
    await tap(token, order, { kind: 'order.accept' });
    expect((await page(t, `${order}/bank`, token)).statusCode).toBe(404);
    await tap(token, order, { kind: 'card.link' });
    const shown = async () => textOf((await page(t, `${order}/bank`, token)).body);
    // The first link of this customer meets a phone without a network: no code was sent.
    expect(await shown()).toContain('Aucun SMS n’est arrivé');
    const left = await tap(token, `${order}/bank`, { kind: 'bank.cancel' });
    expect(left).toContain('Le client a annulé : la banque refuse le paiement.');
    expect(left).toContain('carte refusée');
    const gone = await page(t, `${order}/bank`, token);
    expect([gone.statusCode, gone.headers.location]).toEqual([303, order]);
    await tap(token, order, { kind: 'card.link' });
    const code = /Votre code est (\d{6})/.exec(await shown())?.[1] ?? '';
    const { body } = await page(t, `${order}/bank`, token);
    const codes = [...body.matchAll(/name="code" value="(\d{6})"/g)].map(([, one]) => one ?? '');
    expect([codes.length, codes.includes(code)]).toEqual([3, true]);
    const other = codes.find((one) => one !== code) ?? '';
    expect(await tap(token, `${order}/bank`, { kind: 'bank.code', code: other })).toContain('Code faux');
    const paid = await tap(token, order, { kind: 'order.call' }).then(() =>
      tap(token, `${order}/bank`, { kind: 'bank.code', code }),
    );
    expect(paid).toContain('carte · payée');
    // No field for a card or a code is there for the seller to type in.
    const inputs = [...body.matchAll(/<input[^>]*>/g)].map(([input]) => input);
    expect(inputs.every((input) => input.includes('type="hidden"'))).toBe(true);
  });

  it('take a name that is tapped, so that nothing but title and price is typed', async () => {
    const token = await opened();
    const { body } = await page(t, `${SHOP}/products`, token);
    expect(body.match(/name="offered"/g)).toHaveLength(3);
    const tapped = await submit(t, `${SHOP}/products`, token, {
      id: randomUUID(),
      name: '',
      offered: 'Laine et Terre',
    });
    expect(tapped.statusCode).toBe(303);
    expect((await page(t, SHOP, token)).body).toContain('Laine et Terre');
    const product = (await page(t, `${SHOP}/products/tapis`, token)).body;
    const typed = [...product.matchAll(/<input class="input[^>]*type="text"[^>]*name="(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(typed).toEqual(['titleFr', 'titleAr', 'price']);
    // Every room can be listened to.
    for (const room of [
      '',
      '/products',
      '/products/tapis',
      '/terms',
      '/orders',
      '/messages',
      '/book',
      '/exercises',
    ])
      if (room !== '/orders' && room !== '/messages')
        expect((await page(t, `${SHOP}${room}`, token)).body).toContain('data-listen=');
  });

  it('say what delivery costs and how goods come back, tapped, and customers read it', async () => {
    const token = await opened();
    const path = `${SHOP}/terms`;
    const products = await page(t, `${SHOP}/products`, token);
    expect(products.body).toContain(`href="${path}"`);
    expect(textOf(products.body)).toContain('La boutique n’a pas encore dit ses conditions de retour.');
    const form = (await page(t, path, token)).body;
    expect(form.match(/type="radio" name="deliveryFee"/g)).toHaveLength(4);
    expect(form).not.toMatch(/<input class="input|checked/);
    const tapped = { id: randomUUID(), deliveryFee: '3000', returnDays: '7' };
    const refused = await submit(t, path, token, tapped);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('href="#field-refund"');
    expect(refused.body).toMatch(/name="deliveryFee" value="3000" checked/);
    const trick = await submit(t, path, token, { ...tapped, deliveryFee: '3e3', refund: 'money' });
    expect([trick.statusCode, trick.body.includes('href="#field-deliveryFee"')]).toEqual([422, true]);
    const notOffered = await submit(t, path, token, { ...tapped, deliveryFee: '3100', refund: 'money' });
    expect(notOffered.statusCode).toBe(409);
    expect((await submit(t, path, token, { ...tapped, refund: 'money' })).statusCode).toBe(303);
    const after = await page(t, `${SHOP}/products`, token);
    const address = /href="(\/fr\/practice\/at\/boutique-[a-z0-9]{6})"/.exec(after.body)![1]!;
    for (const url of [`${SHOP}/products`, address, `${SHOP}/catalogue`])
      expect(textOf((await page(t, url, token)).body)).toMatch(
        /Livraison : 30 DH .*pendant 7 jours\. .*Nous remboursons par le même moyen de paiement\./,
      );
    expect((await page(t, path, token)).body).toMatch(/name="refund" value="money" checked/);
    const week = await opened('semaine-de-commandes');
    expect((await page(t, '/fr/practice/semaine-de-commandes/terms', week)).statusCode).toBe(404);
  });

  it('refuse a form that no page of ours has', async () => {
    const token = await opened();
    const answer = await submit(t, `${SHOP}/do`, token, { id: 'x', kind: 'shop.burn' }, `${SHOP}/products`);
    expect(answer.statusCode).toBe(422);
    expect((await submit(t, '/fr/practice/nowhere/open', token, {}, SHOP)).statusCode).toBe(404);
    const bare = await t.inject({
      ...{
        method: 'POST',
        url: `${SHOP}/do`,
        cookies: { [SESSION_COOKIE]: token },
        payload: 'kind=clock.next',
      },
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(bare.statusCode).toBe(403);
    expect((await page(t, `${SHOP}/products/none`, token)).statusCode).toBe(404);
  });

  it('show the trainer the group, and the session’s page leads there', async () => {
    const session = await givenSession(t);
    const { token } = await givenEnrolment(t, session);
    await submit(t, `${SHOP}/open`, token, {}, SHOP);
    await tap(token, SHOP, { kind: 'clock.tomorrow' });
    const path = `/fr/staff/sessions/${session.id}/practice`;
    const { body } = await page(t, `/fr/staff/sessions/${session.id}`, session.trainer.token);
    expect(body).toContain(`href="${path}"`);
    const group = textOf((await page(t, path, session.trainer.token)).body);
    expect(group).toContain('1 personne a une place.');
    expect(group).toContain('1 personne : Un jour a passé sans nom.');
    const other = await givenStaff(t, 'trainer');
    expect((await page(t, path, other.token)).statusCode).toBe(404);
  });
});

describe('a practice shop in Chromium, in Arabic on a small phone', () => {
  let t: TestApp;
  let browser: Browser;
  let base: string;

  beforeAll(async () => {
    t = await createTestApp();
    base = await listen(t);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await t.close();
  });

  const faults: string[] = [];
  async function check(tab: Page): Promise<void> {
    // The four places stick to the bottom: a tall window keeps them off what is checked.
    await tab.setViewportSize({ width: PHONE_SCREEN.width, height: 6000 });
    faults.push(...(await accessibilityFaults(tab)).map((fault) => `${tab.url()} ${fault}`));
    if (await scrollsSideways(tab)) faults.push(`${tab.url()} scrolls sideways`);
    await tab.setViewportSize(PHONE_SCREEN);
  }

  it('is opened, filled, sold from and learned in with taps, and axe and HTML_CodeSniffer find nothing', async () => {
    const { token } = await givenPerson(t);
    const context = await browser.newContext({ viewport: PHONE_SCREEN, baseURL: base });
    await context.addCookies([{ name: 'qafila', value: token, url: base }]);
    const tab = await context.newPage();
    const press = (name: string) => tab.getByRole('button', { name, exact: true }).first().click();
    const follow = (name: string) => tab.getByRole('link', { name }).first().click();
    await tab.goto('/ar/practice');
    await check(tab);
    await follow('متجري وبطاقات منتوجاتي');
    await check(tab);
    await press('افتح متجري');
    await check(tab);
    await follow('البطاقات');
    await tab.getByLabel('اسم المتجر').fill('دار الزليج');
    await press('حفظ هذا الاسم');
    await check(tab);
    await follow('زربية من الصوف منسوجة باليد');
    await tab.locator('input[name=picture]').first().check();
    await tab.getByLabel('العنوان بالعربية').fill('زربية صوف منسوجة باليد');
    await tab.getByLabel('ثمن البيع بالدرهم').fill('650');
    await tab.locator('input[name=stock][value="2"]').check();
    for (const box of await tab.locator('input[name=counted]').all()) await box.check();
    await press('احسب');
    expect(await tab.locator('#margin').textContent()).toContain('95,00');
    await check(tab);
    await press('حفظ البطاقة');
    await press('عرض للبيع');
    await press('الانتقال إلى الغد');
    await press('انتظار ما سيأتي');
    await check(tab);
    await follow('أمينة');
    await press('قبول الطلبية');
    await press('إرسال عبر البريد');
    await check(tab);
    await follow('بطاقة الإرسال');
    await check(tab);
    for (const room of ['orders', 'messages', 'book', 'exercises', 'catalogue']) {
      await tab.goto(`/ar/practice/ma-boutique/${room}`);
      await check(tab);
    }
    await tab.goto('/ar/practice/ma-boutique/exercises');
    expect(await tab.locator('#exercise-prix-juste').textContent()).toContain('20 من 20');
    expect(await tab.locator('#exercise-deux-langues-hint').textContent()).toContain(
      'العنوان بالفرنسية ناقص',
    );
    expect(faults).toEqual([]);
    await context.close();
  }, 120_000);
});
