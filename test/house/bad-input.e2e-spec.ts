import { createTestApp, type TestApp } from '../support/app.js';
import { givenStaff } from '../support/actors.js';

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

  it('says nothing of the inside in a 500, and logs it with the id that the answer carries', async () => {
    const answer = await t.inject({ url: '/health/live' });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(log.some((line) => line.includes(String(answer.headers['x-request-id'])))).toBe(true);
  });
});
