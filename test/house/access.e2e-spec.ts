import Fastify from 'fastify';
import { SignInService } from '../../src/identity/public.js';
import {
  requireAccessRules,
  RouteWithoutAccess,
  type KnownRoute,
} from '../../src/shared/access/access-hooks.js';
import { type Role, ROLES } from '../../src/shared/access/actor.js';
import { givenPerson, givenStaff } from '../support/actors.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { expectCommitted } from '../support/committed.js';

jest.setTimeout(120_000);

const NOBODY = '0199aaaa-0000-7000-8000-000000000000';

function addressOf(url: string): string {
  return url.replace(/:[A-Za-z]+(\([^)]*\))?/g, NOBODY).replace(/\*/g, 'x');
}

const words = ({ access }: KnownRoute): string =>
  typeof access === 'string' ? access : [...access].sort().join(', ');

describe('access', () => {
  let t: TestApp;
  let tokens: Map<Role, string>;
  let person: string;
  let nobodyYet: string;

  beforeAll(async () => {
    t = await createTestApp();
    tokens = new Map();
    for (const role of ROLES) tokens.set(role, (await givenStaff(t, role)).token);
    const someone = await givenPerson(t);
    person = someone.token;
    nobodyYet = (await t.app.get(SignInService).issue({ phoneId: someone.phoneId, personId: null })).token;
  }, 60_000);
  afterAll(() => t.close());

  const call = ({ method, url }: KnownRoute, token?: string) =>
    t.inject({
      method: method as 'GET',
      url: addressOf(url),
      headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    });

  const guarded = () => t.routes.filter(({ access, method }) => access !== 'public' && method !== 'OPTIONS');

  it('is the committed matrix', async () => {
    const lines = t.routes
      .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
      .map((route) => `| ${route.method} | ${route.url} | ${words(route)} |`)
      .sort();
    const head =
      '# Who may call what\n\nWritten by `npm run access` from the route table; the coarse gate only: rows are judged by the policies.\n';
    await expectCommitted(
      'docs/access.md',
      `${head}\n| method | route | who |\n| --- | --- | --- |\n${[...new Set(lines)].join('\n')}\n`,
    );
  });

  it('refuses nobody who is not signed in with anything but 401', async () => {
    const wrong: string[] = [];
    for (const route of guarded()) {
      const { statusCode } = await call(route);
      if (statusCode !== 401) wrong.push(`${route.method} ${route.url}: ${statusCode}`);
    }
    expect(wrong).toEqual([]);
  });

  it('refuses every role a route does not name with 403', async () => {
    const wrong: string[] = [];
    for (const route of guarded().filter(({ access }) => Array.isArray(access))) {
      for (const [role, token] of tokens) {
        const named = (route.access as readonly Role[]).includes(role);
        const { statusCode } = await call(route, token);
        if (!named && statusCode !== 403)
          wrong.push(`${route.method} ${route.url} as ${role}: ${statusCode}`);
        if (named && statusCode === 401) wrong.push(`${route.method} ${route.url} as ${role}: ${statusCode}`);
        if (statusCode >= 500) wrong.push(`${route.method} ${route.url} as ${role}: ${statusCode}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('keeps staff and a phone without a name out of the pages of a person', async () => {
    for (const route of guarded().filter(({ access }) => access === 'person')) {
      expect([route.url, (await call(route, tokens.get('admin'))).statusCode]).toEqual([route.url, 403]);
      expect([route.url, (await call(route, nobodyYet)).statusCode]).toEqual([route.url, 403]);
      expect((await call(route, person)).statusCode).not.toBe(401);
    }
  });

  it('takes no made-up token', async () => {
    for (const route of guarded()) {
      expect([route.url, (await call(route, 'x'.repeat(43))).statusCode]).toEqual([route.url, 401]);
    }
  });

  it('does not start with a route that declares nothing', async () => {
    const fastify = Fastify();
    requireAccessRules(fastify);
    expect(() => fastify.get('/forgotten', async () => 'open')).toThrow(RouteWithoutAccess);
    await fastify.close();
  });
});
