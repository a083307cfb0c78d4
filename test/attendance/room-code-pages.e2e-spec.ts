import { SESSION_COOKIE } from '../../src/shared/access/access-hooks.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { hidden, PlainBrowser } from '../support/browser-like.js';
import { askCode, newPhone, wrong } from '../support/phones.js';
import { type GivenSession, givenEnrolment, givenSession } from './factories.js';
import { page, submit } from './pages.js';

const PHONE_OF = `SELECT ph.e164 FROM phone ph JOIN person_phone pp ON pp.phone_id = ph.id WHERE pp.person_id = $1`;

interface Trainee {
  id: string;
  personId: string;
  e164: string;
}

/** The digits on the page, without the spaces between them. */
const codeOn = (body: string): string | undefined =>
  /room-code__digits"><bdi dir="ltr">(\d{3}) (\d{3})</.exec(body)?.slice(1).join('');

describe('a code shown in the room, without JavaScript', () => {
  let t: TestApp;
  let session: GivenSession;
  beforeAll(async () => {
    t = await createTestApp();
    session = await givenSession(t);
  }, 60_000);
  afterAll(() => t.close());

  async function trainee(): Promise<Trainee> {
    const enrolled = await givenEnrolment(t, session, {
      name: ['Fatima', 'Amrani'],
      nameAr: ['فاطمة', 'عمراني'],
    });
    const row = await t.db.readOne<{ e164: string }>('test.phoneOf', PHONE_OF, [enrolled.personId]);
    return { ...enrolled, e164: row?.e164 ?? '' };
  }
  const rollOf = (locale: string) => `/${locale}/staff/sessions/${session.id}/roll-call`;
  const codePathOf = ({ id }: Trainee, locale = 'fr') =>
    `/${locale}/staff/sessions/${session.id}/roster/${id}/room-code`;
  const press = (one: Trainee, from = rollOf('fr')) =>
    submit(t, codePathOf(one), session.trainer.token, {}, from);

  it('is one tap from the roll call, open or closed, and is there to be read', async () => {
    const one = await trainee();
    const roll = await page(t, rollOf('fr'), session.trainer.token);
    expect(roll.body).toContain(`form="code-form" formaction="${codePathOf(one)}"`);
    expect(roll.body).toMatch(/<form id="code-form" method="post"[^>]*>.*name="_csrf"/);
    const shown = await press(one);
    expect(shown.statusCode).toBe(200);
    expect(shown.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(codeOn(shown.body)).toMatch(/^\d{6}$/);
    expect(shown.body).toContain('Fatima Amrani');
    // 9:00Z on 15 January 2027 is 9:00 in Morocco, which keeps UTC all year.
    expect(shown.body).toContain('jusqu’à 9\u00a0h\u00a010, heure du Maroc');
    expect(shown.body).toMatch(/06\u00a0••\u00a0••\u00a0••\u00a0\d\d/);
    expect(shown.body).not.toContain(one.e164.slice(4));
    await t.db.write('test.close', `UPDATE session SET status = 'closed', closed_at = $2 WHERE id = $1`, [
      session.id,
      t.clock.now(),
    ]);
    const closed = await page(t, rollOf('fr'), session.trainer.token);
    expect(closed.body).toContain(`formaction="${codePathOf(one)}"`);
    await t.db.write('test.open', `UPDATE session SET status = 'planned', closed_at = NULL WHERE id = $1`, [
      session.id,
    ]);
  });

  it('is on no page twice: looking again shows the button, and pressing it makes another', async () => {
    const one = await trainee();
    const first = codeOn((await press(one)).body);
    const looked = await page(t, codePathOf(one), session.trainer.token);
    expect([looked.statusCode, codeOn(looked.body)]).toEqual([200, undefined]);
    expect(looked.body).not.toContain(first);
    expect(looked.body).toContain('Afficher un code de connexion');
    const second = codeOn((await press(one, codePathOf(one))).body);
    expect(second).toMatch(/^\d{6}$/);
    const entered = new PlainBrowser(t);
    const asked = await entered.post('/fr/sign-in', { phone: one.e164, have: '1' });
    const typed = hidden(asked.body, 'phone') ?? '';
    if (first !== second) {
      const old = await entered.post('/fr/sign-in/code', { phone: typed, code: first ?? '' });
      expect(old.statusCode).toBe(422);
    }
    const fresh = await entered.post('/fr/sign-in/code', { phone: typed, code: second ?? '' });
    expect(fresh.statusCode).toBe(303);
  });

  it('leads from the phone’s number to one’s seats and to the page one came for, and sends no SMS', async () => {
    const one = await trainee();
    const code = codeOn((await press(one)).body) ?? '';
    const browser = new PlainBrowser(t);
    const start = await browser.get('/fr/sign-in?next=%2Fmy%2Fcertificates');
    expect(start.body).toMatch(/<button[^>]*name="have" value="1"/);
    const asked = await browser.post('/fr/sign-in', {
      phone: one.e164.replace('+212', '0'),
      have: '1',
      next: hidden(start.body, 'next') ?? '',
    });
    expect(asked.statusCode).toBe(200);
    expect(asked.body).toContain('Le code montré par l’équipe');
    const fields = { phone: hidden(asked.body, 'phone') ?? '', next: hidden(asked.body, 'next') ?? '' };
    const refused = await browser.post('/fr/sign-in/code', { ...fields, code: wrong(code) });
    expect([refused.statusCode, hidden(refused.body, 'phone')]).toEqual([422, one.e164]);
    expect(refused.body).toContain('Ce n’est pas le bon code');
    const entered = await browser.post('/fr/sign-in/code', {
      ...fields,
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/fr/my/certificates']);
    expect((await browser.get('/fr/me')).body).toContain('Fatima Amrani');
    const sent = `SELECT count(*)::int AS n FROM message WHERE recipient = $1`;
    expect(await t.db.readOne('test.sent', sent, [one.e164])).toEqual({ n: 0 });
  });

  it('is taken on the page of an SMS too, even after its ten minutes', async () => {
    const one = await trainee();
    const { challenge } = await askCode(t, one.e164);
    t.clock.advance(11 * 60_000);
    const code = codeOn((await press(one)).body) ?? '';
    const browser = new PlainBrowser(t);
    const late = await browser.post('/fr/sign-in/code', { challenge, code: wrong(code) });
    expect([late.statusCode, late.headers.location]).toEqual([303, '/fr/sign-in']);
    const entered = await browser.post('/fr/sign-in/code', { challenge, code });
    expect([entered.statusCode, entered.headers.location]).toEqual([303, '/fr/my/sessions']);
  });

  it('is asked for where no SMS can go, and where no more SMS may', async () => {
    const one = await trainee();
    const browser = new PlainBrowser(t);
    const landline = '+212539912377';
    await t.db.write('test.line', `UPDATE phone SET e164 = $2, can_sms = false WHERE e164 = $1`, [
      one.e164,
      landline,
    ]);
    const asked = await browser.post('/fr/sign-in', { phone: landline });
    const none = await browser.get(String(asked.headers.location));
    expect(none.body).toContain('Aucun SMS');
    const challenge = hidden(none.body, 'challenge') ?? '';
    const first = codeOn((await press(one)).body) ?? '';
    expect((await browser.post('/fr/sign-in/code', { challenge, code: first })).statusCode).toBe(303);

    const other = await trainee();
    for (let i = 0; i < 5; i++) {
      await askCode(t, other.e164);
      t.clock.advance(61_000);
    }
    const phone = new PlainBrowser(t);
    const spent = await phone.post('/ar/sign-in', { phone: other.e164 });
    expect([spent.statusCode, Number(spent.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(spent.body).toContain('الرمز الذي عرضه الفريق');
    const code = codeOn((await press(other)).body) ?? '';
    const typed = hidden(spent.body, 'phone') ?? '';
    expect((await phone.post('/ar/sign-in/code', { phone: typed, code })).statusCode).toBe(303);
  });

  it('asks the same of a number that nobody has', async () => {
    const browser = new PlainBrowser(t);
    const bare = (body: string) => body.replaceAll(/\+212\d+|06 •• •• •• \d\d/g, '*');
    const [known, unknown] = [(await trainee()).e164, newPhone()];
    const pages = [];
    for (const phone of [known, unknown]) {
      pages.push(bare((await browser.post('/fr/sign-in', { phone, have: '1' })).body));
      pages.push(bare((await browser.post('/fr/sign-in/code', { phone, code: '123456' })).body));
    }
    expect(pages.slice(0, 2)).toEqual(pages.slice(2));
    for (const phone of ['', 'x', '0612'])
      expect((await browser.post('/fr/sign-in/code', { phone, code: '123456' })).statusCode).toBe(303);
  });

  it('says why there is none: for staff, without a number, and too often', async () => {
    const staff = await trainee();
    const grant = `INSERT INTO role_grant (id, person_id, role, scope_kind, created_at) VALUES (gen_random_uuid(), $1, 'admin', 'installation', now())`;
    await t.db.write('test.grantAdmin', grant, [staff.personId]);
    const refused = await press(staff);
    expect([refused.statusCode, codeOn(refused.body)]).toEqual([403, undefined]);
    expect(refused.body).toContain('fait partie de l’équipe');
    const looked = await page(t, codePathOf(staff), session.trainer.token);
    expect(looked.body).not.toContain('Afficher un code de connexion');

    const without = await trainee();
    await t.db.write('test.noPhone', `DELETE FROM person_phone WHERE person_id = $1`, [without.personId]);
    expect((await press(without)).statusCode).toBe(409);

    const often = await trainee();
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await press(often)).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('needs the form of our own page, whose origin some browsers call null', async () => {
    const one = await trainee();
    const shown = await press(one);
    const csrf = hidden(shown.body, '_csrf') ?? '';
    const post = (fields: Record<string, string>) =>
      t.inject({
        method: 'POST',
        url: codePathOf(one),
        headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', origin: 'null' },
        cookies: { [SESSION_COOKIE]: session.trainer.token },
        payload: new URLSearchParams(fields).toString(),
      });
    expect((await post({})).statusCode).toBe(403);
    expect((await post({ _csrf: 'x' })).statusCode).toBe(403);
    expect((await post({ _csrf: csrf })).statusCode).toBe(200);
  });

  it('is a page in each language', async () => {
    const one = await trainee();
    for (const [locale, words] of [
      ['ar', 'رمز الدخول'],
      ['en', 'Sign-in code'],
    ] as const) {
      const shown = await submit(t, codePathOf(one, locale), session.trainer.token, {}, rollOf(locale));
      expect(shown.body).toContain(words);
      expect(codeOn(shown.body)).toMatch(/^\d{6}$/);
    }
  });
});
