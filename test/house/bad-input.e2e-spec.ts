import { randomBytes } from 'node:crypto';
import { createTestApp, type TestApp } from '../support/app.js';
import { givenStaff } from '../support/actors.js';

jest.setTimeout(60_000);

const JSON_TYPE = { 'content-type': 'application/json' };

describe('bad input at the edge', () => {
  let t: TestApp;
  let token: string;
  const log: string[] = [];
  beforeAll(async () => {
    t = await createTestApp({ log });
    token = (await givenStaff(t, 'admin', { kind: 'installation', id: null })).token;
  }, 60_000);
  afterAll(() => t.close());

  /** A write that everybody may try; what it does with a good body is its feature's business. */
  const post = (payload: string | Buffer, headers: Record<string, string>) =>
    t.inject({ method: 'POST', url: '/api/v1/auth/otp', payload, headers });

  it.each([
    ['malformed JSON', '{"phone":', JSON_TYPE, 400, 'malformed'],
    ['a poisoned prototype', '{"__proto__":{"admin":true}}', JSON_TYPE, 400, 'malformed'],
    ['a wrong content type', '<a/>', { 'content-type': 'application/xml' }, 415, 'unsupported-media-type'],
    ['3 MB of JSON', JSON.stringify({ phone: 'x'.repeat(3_000_000) }), JSON_TYPE, 413, 'body-too-large'],
    ['an empty body', '', JSON_TYPE, 422, 'invalid-fields'],
    ['a list instead of an object', '[]', JSON_TYPE, 422, 'invalid-fields'],
    ['a bare string', '"x"', JSON_TYPE, 422, 'invalid-fields'],
    ['null', 'null', JSON_TYPE, 422, 'invalid-fields'],
    ['an unknown field', '{"phone":"0612345678","isAdmin":true}', JSON_TYPE, 422, 'invalid-fields'],
    ['a field of the wrong type', '{"phone":{"$gt":""}}', JSON_TYPE, 422, 'invalid-fields'],
  ])('answers %s with its status and a problem', async (_, body, headers, status, code) => {
    const answer = await post(body, headers as Record<string, string>);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('names the limit of a body that is too large', async () => {
    const answer = await post(JSON.stringify({ phone: 'x'.repeat(2_000_000) }), JSON_TYPE);
    expect(answer.json()).toMatchObject({ limitBytes: 1_048_576 });
  });

  it('points at the field that is wrong, with a code and a sentence in the reader’s language', async () => {
    const answer = await post('{"phone":"0612345678","isAdmin":true}', {
      ...JSON_TYPE,
      'accept-language': 'ar',
    });
    expect(answer.json()).toMatchObject({
      errors: [{ pointer: '/isAdmin', code: 'unknown-field', detail: 'هذه الخانة غير موجودة.' }],
    });
  });

  it('gives no 500 for addresses nobody would type', async () => {
    const odd = [
      '/%00',
      '/%',
      '/fr/%E0%A4%A',
      '/api/v1/sessions/%00',
      '/api/v1/campaigns/%27%3B--',
      `/api/v1/sessions/${'x'.repeat(250)}`,
      '/fr//',
      '/../../etc/passwd',
      '/assets/..%2f..%2fpackage.json',
      '/api/v1/campaigns/x/sessions?limit=-1',
      '/api/v1/campaigns/x/sessions?cursor=%00&from=yesterday',
    ];
    for (const url of odd) {
      const answer = await t.inject({ url, headers: { authorization: `Bearer ${token}` } });
      expect([url, answer.statusCode < 500]).toEqual([url, true]);
    }
  });

  it('takes keys of repetition with strange bodies and addresses, and refuses one that is too long', async () => {
    const send = (url: string, payload: string, key: string) =>
      t.inject({
        method: 'POST',
        url,
        payload,
        headers: { ...JSON_TYPE, authorization: `Bearer ${token}`, 'idempotency-key': key },
      });
    const people = '/api/v1/people';
    const deep = `{"phone":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect((await send(people, deep, 'deep')).json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/phone', code: 'too-deep', params: { max: 20 } }],
    });
    // Random, so that the database cannot make it small enough for an index.
    const long = `/api/v1/nothing/${randomBytes(2_000).toString('hex')}`;
    expect((await send(long, '{}', 'long')).statusCode).toBe(404);
    expect((await send(people, '{}', 'k'.repeat(201))).json()).toMatchObject({
      status: 400,
      code: 'idempotency-key-too-long',
    });
    expect((await send(people, '"x"', 'k'.repeat(200))).statusCode).toBe(422);
  });

  it('tells API and pages apart by what they take', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const toApi = await post('phone=0612345678', form);
    expect([toApi.statusCode, toApi.json<{ code: string }>().code]).toEqual([415, 'unsupported-media-type']);
    const toPage = await t.inject({
      method: 'POST',
      url: '/fr/sign-in',
      payload: '{"phone":"0612345678"}',
      headers: { ...JSON_TYPE, accept: 'text/html' },
    });
    expect(toPage.statusCode).toBe(415);
    expect(toPage.headers['content-type']).toContain('text/html');
  });

  it('names a hundred of many wrong fields, and looks at no more than five thousand', async () => {
    const fields = (n: number) => `{${Array.from({ length: n }, (_, i) => `"a${i}":1`).join()}}`;
    const many = await post(fields(1_000), JSON_TYPE);
    expect([many.statusCode, many.json<{ errors: unknown[] }>().errors.length]).toEqual([422, 100]);
    const more = await post(fields(60_000), JSON_TYPE);
    expect(more.json()).toMatchObject({ status: 422, errors: [{ pointer: '', code: 'too-many' }] });
    const consents = await t.inject({
      method: 'POST',
      url: '/api/v1/people',
      payload: JSON.stringify({ consents: Array<object>(300_000).fill({}) }),
      headers: JSON_TYPE,
    });
    expect(consents.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/consents', code: 'too-many', params: { max: 5_000 } }],
    });
  });

  it('says nothing of the inside in a 500, and logs it with the id that the answer carries', async () => {
    const answer = await t.inject({ url: '/health/live' });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(log.some((line) => line.includes(String(answer.headers['x-request-id'])))).toBe(true);
  });
});
