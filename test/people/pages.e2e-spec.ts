import { createTestApp, type TestApp } from '../support/app.js';
import { hidden, PlainBrowser } from '../support/browser-like.js';
import { codesSent, newPhone, outbox, signIn, signUp, wrong } from '../support/phones.js';

describe('the pages of people, without JavaScript', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  const NEXT = '/fr/sessions/42?from=home';
  const who = (phone: string) => ({ step: '1', phone, givenFr: 'Fatima', familyFr: 'Alaoui' });
  const all = (phone: string) => ({
    ...who(phone),
    step: '2',
    city: 'tetouan',
    category: 'artisan',
    consents: ['training', 'photo'],
  });

  it('lead from a booking through sign-up and code back to the booking', async () => {
    const phone = newPhone();
    const browser = new PlainBrowser(t);
    const first = await browser.get(`/fr/sign-up?next=${encodeURIComponent(NEXT)}`);
    expect(first.statusCode).toBe(200);
    expect(hidden(first.body, 'next')).toBe(NEXT);
    const second = await browser.post('/fr/sign-up', { ...who(phone), next: NEXT });
    expect(second.statusCode).toBe(200);
    expect(second.body).toContain('Étape 2 sur 2');
    expect(hidden(second.body, 'phone')).toBe(phone);
    expect(second.body).toContain('D-000/2027');
    const done = await browser.post('/fr/sign-up', { ...all(phone), next: NEXT });
    expect(done.statusCode).toBe(303);
    const codePage = await browser.get(String(done.headers.location));
    expect(codePage.statusCode).toBe(200);
    expect(codePage.body).toContain('06 •• •• ••');
    expect(codePage.body).not.toContain('06 10');
    expect(codePage.body).toContain(`/dev/outbox?to&#x3D;${encodeURIComponent(phone)}`);
    const [code = ''] = await codesSent(t, phone);
    const challenge = hidden(codePage.body, 'challenge') ?? '';
    const signedIn = await browser.post('/fr/sign-in/code', {
      challenge,
      code,
      next: hidden(codePage.body, 'next') ?? '',
    });
    expect(signedIn.statusCode).toBe(303);
    expect(signedIn.headers.location).toBe(NEXT);
    expect(String(signedIn.headers['set-cookie'])).toMatch(
      /^qafila=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/,
    );
    const me = await browser.get('/fr/me');
    expect(me.body).toContain('Fatima Alaoui');
    expect(me.body).toContain('Tétouan');
  });

  it('keep what was typed on a refusal, and lead to each field', async () => {
    const browser = new PlainBrowser(t);
    const bad = await browser.post('/ar/sign-up', {
      step: '1',
      phone: '0612',
      givenAr: '<b>فاطمة</b>',
      familyAr: '',
    });
    expect(bad.statusCode).toBe(422);
    expect(bad.body).toContain('value="0612"');
    expect(bad.body).toContain('value="&lt;b&gt;فاطمة&lt;/b&gt;"');
    expect(bad.body).toContain('href="#field-phone"');
    expect(bad.body).toContain('href="#field-familyAr"');
    const noConsent = await browser.post('/fr/sign-up', {
      ...all(newPhone()),
      birthYear: '١٩٨٥',
      consents: [],
    });
    expect(noConsent.statusCode).toBe(422);
    expect(noConsent.body).toContain('href="#field-training"');
    expect(noConsent.body).toContain('value="١٩٨٥"');
    expect(noConsent.body).toMatch(/value="artisan" checked/);
    const back = await browser.post('/fr/sign-up', { ...all('06 11 22 33 44'), step: 'back' });
    expect(back.statusCode).toBe(200);
    expect(back.body).toContain('value="06 11 22 33 44"');
    expect(hidden(back.body, 'city')).toBe('tetouan');
  });

  it('ask once about an unusual number', async () => {
    const browser = new PlainBrowser(t);
    const first = await browser.post('/fr/sign-up', who('0512999999'));
    expect(first.statusCode).toBe(422);
    expect(first.body).toContain('Ce numéro est inhabituel');
    expect((await browser.post('/fr/sign-up', who('0512999999'))).statusCode).toBe(200);
  });

  it('say where no SMS arrives', async () => {
    const browser = new PlainBrowser(t);
    const done = await browser.post('/fr/sign-up', all('05 39 91 23 46'));
    const page = await browser.get(String(done.headers.location));
    expect(page.body).toContain('Aucun SMS');
    expect(page.body).toContain('tel:+212539000000');
    expect(await outbox(t, '+212539912346')).toEqual([]);
  });

  it('refuse a wrong code on the page, and send another after a minute', async () => {
    const phone = newPhone();
    await signUp(t, phone);
    const browser = new PlainBrowser(t);
    const asked = await browser.post('/fr/sign-in', { phone });
    const address = String(asked.headers.location);
    const challenge = new URL(address, 'http://x').searchParams.get('challenge') ?? '';
    const [code = ''] = await codesSent(t, phone);
    const refused = await browser.post('/fr/sign-in/code', { challenge, code: wrong(code) });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('Ce n’est pas le bon code');
    expect(browser.cookie('qafila')).toBeUndefined();
    t.clock.advance(60_000);
    const again = await browser.post('/fr/sign-in/code/again', { challenge });
    expect(again.statusCode).toBe(303);
    expect(await codesSent(t, phone)).toHaveLength(2);
    const page = await browser.get(String(again.headers.location));
    expect(page.body).toContain('il est parti');
    for (let i = 0; i < 4; i++) await browser.post('/fr/sign-in/code', { challenge, code: wrong(code) });
    const spent = await browser.post('/fr/sign-in/code', { challenge, code });
    expect(spent.statusCode).toBe(429);
    expect(spent.body).toContain('Demandez un nouveau code');
  });

  it('start again where the code is too late or the challenge is none', async () => {
    const browser = new PlainBrowser(t);
    for (const challenge of ['x', '', "'; DROP TABLE person", '01900000-0000-7000-8000-000000000000']) {
      const page = await browser.get(`/fr/sign-in/code?challenge=${encodeURIComponent(challenge)}`);
      expect([page.statusCode, page.headers.location]).toEqual([303, '/fr/sign-in']);
      expect((await browser.post('/fr/sign-in/code', { challenge, code: '123456' })).statusCode).toBe(303);
    }
  });

  it('say on the form that a phone had its codes', async () => {
    const phone = newPhone();
    const browser = new PlainBrowser(t);
    const statuses = [];
    for (let i = 0; i < 6; i++) {
      statuses.push((await browser.post('/ar/sign-in', { phone })).statusCode);
      t.clock.advance(61_000);
    }
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
    expect((await browser.post('/fr/sign-in', { phone: 'abc' })).statusCode).toBe(422);
  });

  it('ask who one is on a shared phone, and let one switch', async () => {
    const phone = newPhone();
    for (const family of ['Alaoui', 'Bennani'])
      await signUp(t, phone, { name: { fr: { given: 'Fatima', family } } });
    const browser = new PlainBrowser(t);
    const asked = await browser.post('/fr/sign-in', { phone, next: '/fr/me' });
    const challenge = new URL(String(asked.headers.location), 'http://x').searchParams.get('challenge') ?? '';
    const [code = ''] = await codesSent(t, phone);
    const entered = await browser.post('/fr/sign-in/code', { challenge, code, next: '/fr/me' });
    expect(entered.headers.location).toBe('/fr/sign-in/who?next=%2Ffr%2Fme');
    expect((await browser.get('/fr/me')).headers.location).toBe('/fr/sign-in/who?next=/me');
    const page = await browser.get(String(entered.headers.location));
    const ids = [...page.body.matchAll(/name="personId" value="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(ids).toHaveLength(2);
    expect(page.body).toContain('Fatima A.');
    expect(page.body).not.toContain('Alaoui');
    for (const [i, family] of ['Alaoui', 'Bennani'].entries()) {
      const picked = await browser.post(
        '/fr/sign-in/who',
        { personId: ids[i] ?? '', next: '/fr/me' },
        page.body,
      );
      expect(picked.headers.location).toBe('/fr/me');
      expect((await browser.get('/fr/me')).body).toContain(`Fatima ${family}`);
    }
    expect((await browser.post('/fr/sign-in/who', { personId: 'x' }, page.body)).statusCode).toBe(404);
  });

  it('change consents and language, and sign out everywhere', async () => {
    const phone = newPhone();
    await signUp(t, phone);
    const { token: elsewhere } = await signIn(t, phone);
    const browser = new PlainBrowser(t);
    const asked = await browser.post('/fr/sign-in', { phone });
    const challenge = new URL(String(asked.headers.location), 'http://x').searchParams.get('challenge') ?? '';
    const entered = await browser.post('/fr/sign-in/code', {
      challenge,
      code: (await codesSent(t, phone))[0] ?? '',
    });
    expect(entered.headers.location).toBe('/fr/my/sessions');
    const page = await browser.get('/fr/me');
    expect(page.body).toMatch(/value="sms" checked/);
    const saved = await browser.post('/fr/me/consents', { consents: ['training', 'photo'] }, page.body);
    expect(saved.statusCode).toBe(303);
    const after = await browser.get('/fr/me');
    expect(after.body).toMatch(/value="photo" checked/);
    expect(after.body).not.toMatch(/value="sms" checked/);
    expect(after.body).toContain('Vos accords sont enregistrés');
    expect((await browser.post('/fr/me/language', { language: 'ar' }, page.body)).statusCode).toBe(303);
    expect((await browser.post('/fr/me/language', { language: 'xx' }, page.body)).statusCode).toBe(422);
    expect((await browser.post('/fr/sign-out-everywhere', {}, page.body)).statusCode).toBe(303);
    expect(browser.cookie('qafila')).toBeUndefined();
    expect((await t.api('/me', { token: elsewhere })).statusCode).toBe(401);
  });

  it('refuse a write by cookie without the token of their own pages, or from another site', async () => {
    const phone = newPhone();
    await signUp(t, phone);
    const { token } = await signIn(t, phone);
    const cookie = `qafila=${token}`;
    const writes: Array<['POST' | 'PUT' | 'PATCH', string]> = [
      ['POST', '/fr/me/consents'],
      ['POST', '/fr/me/language'],
      ['POST', '/fr/sign-out'],
      ['POST', '/fr/sign-out-everywhere'],
      ['POST', '/fr/sign-in/who'],
      ['POST', '/api/v1/auth/sign-out'],
      ['PUT', '/api/v1/me/consents'],
      ['PATCH', '/api/v1/me'],
    ];
    for (const [method, url] of writes) {
      const [type, payload] = url.startsWith('/api/')
        ? ['application/json', '{"consents":[],"language":"ar"}']
        : ['application/x-www-form-urlencoded', 'consents=sms&language=ar'];
      const headers = { cookie, 'content-type': type };
      const forged = await t.inject({ method, url, headers, payload });
      expect([url, forged.statusCode]).toEqual([url, 403]);
    }
    const csrf = (await t.inject({ url: '/api/v1/me', headers: { cookie } })).json<{ csrf: string }>().csrf;
    const put = (headers: Record<string, string>) =>
      t.inject({
        method: 'PUT',
        url: '/api/v1/me/consents',
        headers: { cookie, ...headers },
        payload: { consents: ['training'] },
      });
    expect(
      (await put({ 'x-csrf-token': `${csrf.slice(0, -1)}${csrf.endsWith('A') ? 'E' : 'A'}` })).statusCode,
    ).toBe(403);
    expect((await put({ 'x-csrf-token': csrf })).statusCode).toBe(200);
    const foreign = {
      'sec-fetch-site': 'cross-site',
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const planted = await t.inject({
      method: 'POST',
      url: '/fr/sign-in',
      headers: foreign,
      payload: `phone=${phone}`,
    });
    expect(planted.statusCode).toBe(403);
  });

  it('never lead out of the site', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      const page = await new PlainBrowser(t).get(`/fr/sign-in?next=${encodeURIComponent(next)}`);
      expect(page.statusCode).toBe(200);
      expect(hidden(page.body, 'next')).toBeUndefined();
      expect(page.body).not.toMatch(/href="(https?:)?[/\\]*evil/);
      const phone = newPhone();
      await signUp(t, phone);
      const asked = await new PlainBrowser(t).post('/fr/sign-in', { phone, next });
      const challenge =
        new URL(String(asked.headers.location), 'http://x').searchParams.get('challenge') ?? '';
      const code = (await codesSent(t, phone))[0] ?? '';
      const entered = await new PlainBrowser(t).post('/fr/sign-in/code', { challenge, code, next });
      expect(entered.headers.location).toBe('/fr/my/sessions');
    }
  });

  it('lead the staff to their own door, and refuse a wrong password there', async () => {
    const browser = new PlainBrowser(t);
    const page = await browser.get('/fr/sign-in?next=%2Ffr%2Fstaff%2Fsessions');
    expect(page.headers.location).toBe('/fr/staff/sign-in?next=%2Ffr%2Fstaff%2Fsessions');
    const refused = await browser.post('/fr/staff/sign-in', {
      email: 'x@qafila.test',
      password: 'secret-guess',
    });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('value="x@qafila.test"');
    expect(refused.body).not.toContain('secret-guess');
  });

  it.each(['ar', 'fr', 'en'])('speak %s', async (locale) => {
    for (const path of ['/sign-up', '/sign-in', '/staff/sign-in']) {
      const page = await new PlainBrowser(t).get(`/${locale}${path}`);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`);
    }
  });
});
