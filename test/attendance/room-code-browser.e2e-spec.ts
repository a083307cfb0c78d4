import type { Browser } from 'playwright-core';
import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { launchBrowser, listen, newVisitor } from '../support/browser.js';
import { PageChecks } from '../support/page-checks.js';
import { type GivenSession, givenEnrolment, givenSession } from './factories.js';

jest.setTimeout(180_000);

const PHONE_OF = `SELECT ph.e164 FROM phone ph JOIN person_phone pp ON pp.phone_id = ph.id WHERE pp.person_id = $1`;
const WORDS = {
  fr: {
    details: /^Détails/,
    show: 'Afficher un code de connexion',
    again: 'Afficher un nouveau code',
    have: 'J’ai déjà un code',
    enter: 'Entrer',
  },
  ar: {
    details: /^تفاصيل/,
    show: 'عرض رمز للدخول',
    again: 'عرض رمز جديد',
    have: 'عندي رمز',
    enter: 'الدخول',
  },
} as const;

describe('a code of the room, between two telephones', () => {
  let t: TestApp;
  let session: GivenSession;
  let browser: Browser;
  let origin: string;
  beforeAll(async () => {
    t = await createTestApp();
    session = await givenSession(t);
    origin = await listen(t);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await t.close();
  });

  it.each(['fr', 'ar'] as const)('is read off one and typed on the other, in %s', async (locale) => {
    const words = WORDS[locale];
    const one = await givenEnrolment(t, session, { name: ['Fatima', 'Amrani'], nameAr: ['فاطمة', 'عمراني'] });
    const row = await t.db.readOne<{ e164: string }>('test.phoneOf', PHONE_OF, [one.personId]);
    const staff = await newVisitor(browser, origin, { locale, hasTouch: true });
    await staff.addCookies([{ name: SESSION_COOKIE, value: session.trainer.token, url: origin }]);
    const screen = await staff.newPage();
    const shows = new PageChecks(screen, locale);
    await screen.goto(`/${locale}/staff/sessions/${session.id}/roll-call`);
    const person = screen.locator(`#person-${one.id}`);
    await person.locator('summary').tap();
    await shows.pass('roll-call-details');
    await person.getByRole('button', { name: words.show }).tap();
    const digits = screen.locator('.room-code__digits');
    expect(await digits.innerText()).toMatch(/^\d{3} \d{3}$/);
    await shows.pass('room-code-shown');
    const box = await digits.boundingBox();
    expect(box!.height).toBeGreaterThan(52);
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(360);
    await screen.emulateMedia({ media: 'print' });
    expect(await digits.isVisible()).toBe(false);
    await screen.emulateMedia({ media: 'screen' });
    const again = screen.getByRole('button', { name: words.again });
    expect((await again.boundingBox())!.height).toBeGreaterThanOrEqual(48);
    const fresh = screen.waitForEvent('domcontentloaded');
    await again.tap();
    await fresh;
    const code = await digits.innerText();

    const visitor = await newVisitor(browser, origin, { locale, hasTouch: true });
    const phone = await visitor.newPage();
    const types = new PageChecks(phone, locale);
    await phone.goto(`/${locale}/sign-in`);
    await types.pass('sign-in-with-a-code');
    await phone.locator('#field-phone').fill(row?.e164 ?? '');
    await phone.getByRole('button', { name: words.have }).tap();
    await phone.locator('#field-code').fill(code);
    await types.pass('room-code-typed');
    await phone.getByRole('button', { name: words.enter, exact: true }).tap();
    await phone.waitForURL(`**/${locale}/my/sessions`);
    await staff.close();
    await visitor.close();
  });
});
