import { createTestApp, type TestApp } from '../support/app.js';
import { newPhone, signIn, signUp } from '../support/phones.js';

const name = (given: unknown, family: unknown = 'Alaoui') => ({ name: { fr: { given, family } } });

describe('a sign-up that cannot be kept', () => {
  let t: TestApp;
  beforeAll(async () => (t = await createTestApp()), 60_000);
  afterAll(() => t.close());

  it.each([
    ['no phone', { phone: undefined }, '/phone', 'required'],
    ['a phone that is a number', { phone: 612345678 }, '/phone', 'not-text'],
    ['a short phone', { phone: '0612' }, '/phone', 'phone-too-short'],
    ['a long phone', { phone: '06123456789' }, '/phone', 'phone-too-long'],
    ['letters for a phone', { phone: 'abc' }, '/phone', 'phone-not-a-number'],
    ['NUL in the phone', { phone: '06\u000012345678' }, '/phone', 'not-unicode'],
    ['a country that does not exist', { phone: '+999123456789' }, '/phone', 'phone-country-unknown'],
    ['no name', { name: undefined }, '/name', 'required'],
    ['an empty name', { name: {} }, '/name', 'required'],
    ['a name that is text', { name: 'Fatima' }, '/name', 'not-an-object'],
    ['a name that is a list', { name: [] }, '/name', 'not-an-object'],
    ['a name without a family', name('Fatima', null), '/name/fr/family', 'required'],
    ['a blank name', name(' \u200f\u0301 '), '/name/fr/given', 'required'],
    ['a name of 101 characters', name('x'.repeat(101)), '/name/fr/given', 'too-long'],
    ['a name of 10,000 characters', name('ف'.repeat(10_000)), '/name/fr/given', 'too-long'],
    ['a name with NUL', name('Fat\u0000ima'), '/name/fr/given', 'not-unicode'],
    ['a name with half a character', name('Fat\ud800ima'), '/name/fr/given', 'not-unicode'],
    ['a name that is a number', name(5), '/name/fr/given', 'not-text'],
    ['an unknown gender', { gender: 'x' }, '/gender', 'not-a-choice'],
    ['a birth year in words', { birthYear: '1985' }, '/birthYear', 'not-a-whole-number'],
    ['a birth year long ago', { birthYear: 1899 }, '/birthYear', 'birth-year'],
    ['a birth year to come', { birthYear: 2090 }, '/birthYear', 'birth-year'],
    ['half a birth year', { birthYear: 1985.5 }, '/birthYear', 'not-a-whole-number'],
    ['an unknown city', { city: 'atlantis' }, '/city', 'city-unknown'],
    ['an unknown commune', { commune: '99.999.99.9' }, '/commune', 'commune-unknown'],
    ['NUL for a commune', { commune: '\u0000' }, '/commune', 'not-unicode'],
    ['a key of objects for a city', { city: '__proto__' }, '/city', 'city-unknown'],
    ['an unknown category', { category: 'roi' }, '/category', 'not-a-choice'],
    ['an unknown sector', { sector: ['tapis'] }, '/sector', 'not-a-choice'],
    ['an unknown language', { language: 'de' }, '/language', 'not-a-choice'],
    ['no language', { language: undefined }, '/language', 'required'],
    ['no consents', { consents: undefined }, '/consents', 'required'],
    ['consents that are text', { consents: 'training' }, '/consents', 'not-a-list'],
    ['no consent to be trained', { consents: ['sms'] }, '/consents', 'training-consent-required'],
    ['an unknown consent', { consents: ['training', 'everything'] }, '/consents', 'not-a-choice'],
    ['an unknown field', { cin: 'K123456' }, '/cin', 'unknown-field'],
    ['a status of its own', { status: 'active' }, '/status', 'unknown-field'],
  ])('%s', async (_, changes, pointer, code) => {
    const answer = await signUp(t, newPhone(), changes);
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const problem = answer.json<{
      code: string;
      errors: Array<{ pointer: string; code: string; detail: string }>;
    }>();
    expect(problem.code).toBe('invalid-fields');
    expect(problem.errors).toEqual([expect.objectContaining({ pointer, code })]);
    expect(problem.errors[0]?.detail).not.toBe('Cette réponse ne convient pas.');
  });

  it('says everything that is wrong at once, in the reader’s language', async () => {
    const answer = await t.api('/people', {
      body: { phone: '0612', name: {}, language: 'ar', consents: [], city: 'x' },
      headers: { 'accept-language': 'ar' },
    });
    const { errors } = answer.json<{ errors: Array<{ pointer: string; detail: string }> }>();
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/phone', '/name', '/city', '/consents']);
    expect(errors.every(({ detail }) => /[\u0600-\u06ff]/.test(detail))).toBe(true);
  });

  it.each([
    ['malformed JSON', '{"phone":', 'application/json', 400],
    ['an empty body', '', 'application/json', 422],
    ['a list', '[]', 'application/json', 422],
    ['text', '"x"', 'application/json', 422],
    ['null', 'null', 'application/json', 422],
    ['another type', '<x/>', 'application/xml', 415],
    ['3 MB', JSON.stringify({ phone: 'x'.repeat(3_000_000) }), 'application/json', 413],
  ])('%s gets its status', async (_, payload, type, status) => {
    const answer = await t.inject({
      method: 'POST',
      url: '/api/v1/people',
      payload,
      headers: { 'content-type': type },
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('left nothing behind', async () => {
    const rows = await t.db.readOne(
      'test.nothing',
      `SELECT (SELECT count(*)::int FROM person) AS people, (SELECT count(*)::int FROM phone) AS phones`,
    );
    expect(rows).toEqual({ people: 0, phones: 0 });
  });

  it.each([
    ['markup', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>'],
    ['emoji of several parts', '👩🏽‍🌾👨‍👩‍👧‍👦', '🇲🇦'],
    ['100 characters', '𝔽'.repeat(100), 'O\'Brien \\ " % _ ; --'],
    ['both directions', '\u200fفاطمة Fatima\u200e', 'ع\u0640لوي'],
  ])('keeps %s in a name unchanged, and escapes it', async (_, given, family) => {
    const phone = newPhone();
    await signUp(t, phone, name(given, family));
    const { token } = await signIn(t, phone);
    const me = await t.api('/me', { token });
    expect(me.json()).toMatchObject({ person: { name: { fr: { given, family } } } });
    const page = await t.inject({
      url: '/fr/me',
      headers: { cookie: `qafila=${token}`, accept: 'text/html' },
    });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('<script>alert');
    expect(page.body).not.toContain('<img src=x');
  });
});
