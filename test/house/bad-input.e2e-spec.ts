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

  describe('with a table gone for the length of a request', () => {
    /** A table, SQL or its code, a stack, a path of the server. */
    const INSIDE = [
      /campaign_elsewhere|relation /,
      /SELECT |FROM |42P01/,
      /\n +at /,
      /node_modules|\.ts\b|file:\/|\/src\//,
    ];

    /** Something that truly fails: the table that every list of campaigns is read from has another name. */
    async function failing(url: string, headers: Record<string, string>) {
      await t.db.manager.query('ALTER TABLE campaign RENAME TO campaign_elsewhere');
      try {
        return await t.inject({ url, headers });
      } finally {
        await t.db.manager.query('ALTER TABLE campaign_elsewhere RENAME TO campaign');
      }
    }

    it.each([
      ['a problem', '/api/v1/campaigns', { accept: 'application/json' }, 'application/problem+json'],
      ['a page', '/fr', { accept: 'text/html' }, 'text/html'],
    ])(
      'says nothing of the inside in a 500, and logs it with the id that the answer carries: %s',
      async (_, url, headers, type) => {
        const since = log.length;
        const answer = await failing(url, headers);
        const id = String(answer.headers['x-request-id']);
        expect([answer.statusCode, answer.headers['content-type']]).toEqual([
          500,
          expect.stringContaining(type),
        ]);
        expect(id).toMatch(/^[0-9a-f-]{36}$/);
        expect(answer.body).toContain(id);
        expect(INSIDE.filter((words) => words.test(answer.body)).map(String)).toEqual([]);
        const lines = log
          .slice(since)
          .map((line) => JSON.parse(line) as { level: number; msg: string; stack?: string });
        const told = lines.filter(({ level, msg }) => level === 50 && msg.includes(id));
        expect(told.map(({ stack }) => stack)).toEqual([
          expect.stringMatching(/relation "campaign" does not exist[\s\S]*\n +at /),
        ]);
        expect((await t.inject({ url, headers })).statusCode).toBe(200);
      },
    );
  });
});
