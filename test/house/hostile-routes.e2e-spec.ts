import type { LightMyRequestResponse } from 'fastify';
import type { KnownRoute } from '../../src/shared/access/access-hooks.js';
import { IS_LONG, turnOf } from '../support/turns.js';
import { faultOf, HOSTILE_PARTS } from './hostile/values.js';
import {
  addressOf,
  allowed,
  asBrowser,
  createHostileWorld,
  type HostileWorld,
  partsOf,
  type Who,
} from './hostile/world.js';

jest.setTimeout(300_000);

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const SIGNING_OUT = /sign-out/;
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const DEEP = '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000);
const isApi = (url: string): boolean => url.startsWith('/api/');

/** The type of forms with files, without the boundary that would part them. */
const PARTS_TYPE = 'multipart/form-data';
/** Bodies that are no body of ours, whatever the route; with the status when every route agrees on it. */
const BODIES: ReadonlyArray<readonly [string, string, string, number?]> = [
  ['malformed JSON', '{"a":', JSON_TYPE, 400],
  ['JSON with NaN', '{"a":NaN}', JSON_TYPE, 400],
  ['a poisoned prototype', '{"__proto__":{"admin":true}}', JSON_TYPE, 400],
  ['a poisoned constructor', '{"constructor":{"prototype":{"admin":true}}}', JSON_TYPE, 400],
  ['another type', '<a/>', 'application/xml', 415],
  ['plain text', 'hello', 'text/plain', 415],
  ['parts without their boundary', 'x', PARTS_TYPE, 415],
  ['3 MB of JSON', JSON.stringify({ a: 'x'.repeat(3_000_000) }), JSON_TYPE, 413],
  ['3 MB of a form', `a=${'x'.repeat(3_000_000)}`, FORM_TYPE, 413],
  ['an empty body', '', JSON_TYPE],
  ['null', 'null', JSON_TYPE],
  ['a list', '[]', JSON_TYPE],
  ['a text', '"x"', JSON_TYPE],
  ['a number', '7', JSON_TYPE],
  ['yes', 'true', JSON_TYPE],
  ['nothing known', '{"colour":"red","__proto":1,"toString":null,"hasOwnProperty":1}', JSON_TYPE],
  ['a deep object', DEEP, JSON_TYPE],
  ['a repeated key', '{"personId":"x","personId":1,"phone":"0612345678","phone":{}}', JSON_TYPE],
  ['an empty form', '', FORM_TYPE],
  ['a strange form', '__proto__=1&constructor=2&toString=3&a=1&a=2&%00=%FF&=', FORM_TYPE],
  ['a form of 5,000 fields', Array.from({ length: 5_000 }, (_, i) => `f${i}=1`).join('&'), FORM_TYPE],
];

const SHORT_BODIES = BODIES.filter(([, payload]) => payload.length < 100);

const given = (status: number | undefined): { status?: number } => (status === undefined ? {} : { status });

const QUERIES: readonly string[] = [
  'limit=0',
  'limit=-1',
  'limit=1e308',
  'limit=x',
  'limit=1&limit=2',
  'cursor=%00',
  'cursor=zzz',
  `cursor=${Buffer.from('2027-W01-1 0199aaaa-0000-7000-8000-000000000000').toString('base64url')}`,
  `cursor=${Buffer.from('+275760-09-13T00:00:00Z 0199aaaa-0000-7000-8000-000000000000').toString('base64url')}`,
  `cursor=${'x'.repeat(10_000)}`,
  'lang=xx&lang=fr',
  'from=2027-02-30&to=yesterday&city=atlantis',
  'city=%00&from=%00&q=%00&by=%00&status=%00&unit=%00&next=%00&code=%00&category=%00',
  'city=a&city=b&from=a&from=b&q=a&q=b&by=a&by=b&status=a&status=b&unit=a&unit=b&sort=a&sort=b&page=1&page=2',
  'sort=__proto__&by=constructor&city=__proto__&status=toString&unit=__proto__&order=x',
  'page=-1&page=1e308&unit=1e308&n=-1',
  'q=%F0%9F%91%A9&city=%E2%80%AE&by=%FF%FE',
  '__proto__=1&constructor=2&toString=3&hasOwnProperty=4',
  'a[]=1&a[b]=2&limit[]=3',
  `q=${'x'.repeat(10_000)}&by=${'city,'.repeat(2_000)}`,
  '%',
];

describe('what nobody should send, to every route', () => {
  let w: HostileWorld;
  beforeAll(async () => (w = await createHostileWorld()), 120_000);
  afterAll(() => w.close());

  const routes = (): KnownRoute[] =>
    w.routes.filter(({ method, url }) => !['HEAD', 'OPTIONS'].includes(method) && !SIGNING_OUT.test(url));

  const writes = (): KnownRoute[] => routes().filter(({ method }) => WRITES.has(method));

  const send = (
    { method, url }: { method: string; url: string },
    who: Who,
    more: { payload?: string; headers?: Record<string, string> } = {},
  ): Promise<LightMyRequestResponse> =>
    w.inject({
      method: method as 'GET',
      url,
      ...(more.payload === undefined ? {} : { payload: more.payload }),
      headers: {
        accept: isApi(url) ? JSON_TYPE : 'text/html',
        ...(who === 'nobody' ? {} : { authorization: `Bearer ${w.who[who]}` }),
        ...more.headers,
      },
    });

  /** Collects what is wrong with the answers to many requests. */
  async function faultsOf(
    tries: Iterable<{
      name: string;
      url: string;
      answer: () => Promise<LightMyRequestResponse>;
      status?: number;
    }>,
  ): Promise<string[]> {
    const faults: string[] = [];
    let asked = 0;
    for (const { name, url, answer, status } of tries) {
      const given = await answer();
      const fault =
        faultOf(given, isApi(url)) ??
        (status !== undefined && given.statusCode !== status
          ? `${given.statusCode}, not ${status}`
          : undefined);
      if (fault) faults.push(`${name}: ${fault}`);
      if ((asked += 1) % 50 === 0) await w.db.write('test.forgetLimits', 'DELETE FROM rate_limit');
    }
    expect(asked).toBeGreaterThan(50);
    return faults;
  }

  it('answers every strange address as unknown, to everybody', async () => {
    function* tries() {
      for (const [n, route] of routes()
        .filter(({ url }) => partsOf(url).length > 0)
        .entries()) {
        for (const part of turnOf(n, HOSTILE_PARTS, 7)) {
          for (const name of partsOf(route.url)) {
            const url = addressOf(route.url, { ...w.parts, [name]: part });
            for (const who of ['nobody', ...allowed(route)] as const) {
              const to = { method: route.method, url };
              yield { name: `${who} ${route.method} ${url.slice(0, 120)}`, url, answer: () => send(to, who) };
            }
          }
        }
      }
    }
    expect(await faultsOf(tries())).toEqual([]);
  });

  it('answers every broken body with its status, to whoever may write there', async () => {
    function* tries() {
      for (const [n, route] of writes().entries()) {
        const to = { method: route.method, url: addressOf(route.url, w.parts) };
        for (const who of allowed(route)) {
          for (const [what, payload, type, status] of turnOf(n, BODIES, 7)) {
            const misplaced = type === (isApi(to.url) ? FORM_TYPE : JSON_TYPE) ? 415 : undefined;
            const unreadable = route.takesFiles && type === PARTS_TYPE ? 400 : undefined;
            yield {
              name: `${who} ${route.method} ${route.url}, ${what}`,
              url: to.url,
              answer: () => send(to, who, { payload, headers: { 'content-type': type } }),
              ...given(misplaced ?? unreadable ?? status),
            };
          }
        }
      }
    }
    expect(await faultsOf(tries())).toEqual([]);
  });

  it('answers the same by cookie, with the token that stands in the page', async () => {
    function* tries() {
      for (const [n, route] of writes().entries()) {
        const to = { method: route.method, url: addressOf(route.url, w.parts) };
        const [who] = allowed(route);
        for (const [what, payload, type] of turnOf(n, SHORT_BODIES, 7)) {
          const headers = { ...asBrowser(w, who as 'person'), 'content-type': type };
          yield {
            name: `${who} ${route.method} ${route.url}, ${what}`,
            url: to.url,
            answer: () => w.inject({ method: to.method as 'POST', url: to.url, payload, headers }),
          };
        }
      }
    }
    expect(await faultsOf(tries())).toEqual([]);
  });

  it('answers every strange query, to whoever may ask', async () => {
    function* tries() {
      for (const [n, route] of routes()
        .filter(({ method }) => method === 'GET')
        .entries()) {
        for (const query of turnOf(n, QUERIES, 7)) {
          const url = `${addressOf(route.url, w.parts)}?${query}`;
          for (const who of IS_LONG ? allowed(route) : allowed(route).slice(0, 1))
            yield {
              name: `${who} GET ${route.url}?${query.slice(0, 100)}`,
              url,
              answer: () => send({ method: 'GET', url }, who),
            };
        }
      }
    }
    expect(await faultsOf(tries())).toEqual([]);
  });

  it('answers every strange header', async () => {
    const headers: ReadonlyArray<Record<string, string>> = [
      { authorization: 'Bearer' },
      { authorization: `Bearer ${'x'.repeat(8_000)}` },
      { authorization: 'Basic ::::' },
      { cookie: 'qafila=%00; lang=%ff; __proto__=1' },
      { cookie: `qafila=${'y'.repeat(4_000)}; qafila=z; lang=__proto__` },
      { 'accept-language': `${'ar;q=0.1,'.repeat(2_000)}` },
      { 'accept-language': 'é\u0085;q=NaN' },
      { 'idempotency-key': 'k'.repeat(200) },
      { 'idempotency-key': 'ÿé' },
      { 'x-csrf-token': 'x', cookie: `qafila=${w.who.person}` },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      { 'if-none-match': '"', 'if-modified-since': 'never', range: 'bytes=9-1,-,x' },
      { 'content-length': '0', 'content-type': 'application/json; charset=utf-7' },
      { 'content-type': 'application/json; charset=\u00ff' },
      { host: '[', 'x-request-id': '\u00ff' },
    ];
    function* tries() {
      for (const [n, route] of routes().entries()) {
        const to = { method: route.method, url: addressOf(route.url, w.parts) };
        for (const more of turnOf(n, headers, 8))
          yield {
            name: `${route.method} ${route.url} with ${JSON.stringify(more).slice(0, 100)}`,
            url: to.url,
            answer: () => send(to, 'nobody', { headers: more }),
          };
      }
    }
    expect(await faultsOf(tries())).toEqual([]);
  });
});
