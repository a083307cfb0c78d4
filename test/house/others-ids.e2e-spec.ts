import type { LightMyRequestResponse } from 'fastify';
import type { KnownRoute } from '../../src/shared/access/access-hooks.js';
import { newId } from '../../src/shared/new-id.js';
import { turnOf } from '../support/turns.js';
import { HOSTILE_PARTS } from './hostile/values.js';
import { sampler } from './hostile/samples-of-api.js';
import {
  addressOf,
  allowed,
  createHostileWorld,
  type HostileWorld,
  partsOf,
  type Who,
} from './hostile/world.js';

jest.setTimeout(300_000);

/** What everybody may know of: there a stranger is told what they may not do, or does it for themselves. */
const KNOWN_TO_ALL: Readonly<Record<string, number>> = {
  'other POST /api/v1/sessions/:session/enrolments': 201,
  'stranger POST /api/v1/sessions/:session/enrolments': 403,
  'other PUT /api/v1/videos/:video/progress': 200,
  'other PUT /api/v1/modules/:module/progress': 200,
  'other POST /api/v1/modules/:module/quiz-attempts': 422,
  'other POST /courses/:course/:module/quiz': 422,
  'other GET /api/v1/courses/:course/version': 200,
  'other POST /api/v1/courses/:course/version': 200,
  'other GET /courses/:course/version': 303,
  'other POST /courses/:course/version': 303,
  'stranger GET /staff/courses/:course/guide': 200,
  // Courses are published; what is said there of people is one's own, or counts without names over five of them.
  'other GET /api/v1/modules/:module/pack': 200,
  'other GET /api/v1/courses/:course/pack': 200,
  'other GET /api/v1/courses/:course/test': 200,
  'other POST /api/v1/courses/:course/test-attempts': 422,
  'other POST /courses/:course/test': 422,
  'stranger GET /api/v1/courses/:course/item-statistics': 200,
  'stranger GET /api/v1/courses/:course/watching': 200,
  'stranger GET /api/v1/courses/:course/learning-gain': 200,
  'stranger GET /staff/learning/:course': 200,
  'stranger GET /staff/learning/:course/videos': 200,
  'stranger GET /staff/learning/:course/test': 200,
  'stranger GET /staff/learning/:course/test/cards': 200,
};

/** Shows a lesson in frames: the lesson's own address says that there is none. */
const FRAMED = /\/preview\/:module$/;

/** A form that would do: the roll call looks at it before it looks for its session. */
const formOf = (url: string): string => (url.endsWith('/roll-call') ? 'unit=1' : '');

describe('ids of others, and ids of nothing', () => {
  let w: HostileWorld;
  let bodyOf: (method: string, url: string) => unknown;
  beforeAll(async () => {
    w = await createHostileWorld();
    bodyOf = sampler(w);
  }, 120_000);
  afterAll(() => w.close());

  const isGuarded = ({ access, url, method }: KnownRoute): boolean =>
    access !== 'public' && partsOf(url).length > 0 && method !== 'HEAD' && method !== 'OPTIONS';

  /** Whom a route lets in, and who owns nothing of what is asked for. */
  function stranger({ access }: KnownRoute): Who[] {
    if (access === 'person') return ['other'];
    if (access === 'signed-in') return ['other', 'stranger'];
    return (access as readonly string[]).includes('manager') ? ['stranger'] : [];
  }

  async function send(
    route: KnownRoute,
    who: Who,
    parts: Record<string, string>,
  ): Promise<LightMyRequestResponse> {
    const url = addressOf(route.url, parts);
    const isApi = url.startsWith('/api/');
    const body = route.method === 'GET' ? undefined : isApi ? bodyOf(route.method, route.url) : formOf(url);
    await w.db.write('test.forgetLimits', 'DELETE FROM rate_limit');
    return w.inject({
      method: route.method as 'GET',
      url,
      headers: {
        authorization: `Bearer ${w.who[who as 'admin']}`,
        accept: isApi ? 'application/json' : 'text/html',
        'if-match': '1',
        ...(!isApi && body !== undefined ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
  }

  /** The body without what names the request and the address that was asked for. */
  const bare = ({ body }: LightMyRequestResponse): string =>
    body.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|(href|action|value)="[^"]*"/g, '*');

  it('are answered alike to a stranger: as unknown', async () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const route of w.routes.filter(isGuarded)) {
      for (const who of stranger(route)) {
        const nothing = Object.fromEntries(Object.keys(w.parts).map((name) => [name, newId()]));
        const theirs = await send(route, who, w.parts);
        const none = await send(route, who, { ...nothing, code: 'ZZZZZZZZZZ', campaign: 'nowhere' });
        const name = `${who} ${route.method} ${route.url}`;
        const known = KNOWN_TO_ALL[name];
        const isSame = known !== undefined || bare(theirs) === bare(none);
        if (theirs.statusCode !== (known ?? 404) || none.statusCode !== 404 || !isSame)
          wrong.push(`${name}: ${theirs.statusCode} ${none.statusCode} ${isSame ? '' : 'with another body'}`);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });

  it('are unknown to whoever may everything, too, however they are misspelt', async () => {
    const wrong: string[] = [];
    // A path with dots is another path: browsers and proxies resolve it.
    const misspelt = HOSTILE_PARTS.filter((text) => text !== '%2e%2e');
    for (const [n, route] of w.routes.filter(isGuarded).entries()) {
      const [who = 'admin'] = allowed(route);
      for (const part of turnOf(n, misspelt, 5)) {
        for (const name of partsOf(route.url)) {
          const answer = await send(route, who, { ...w.parts, [name]: part });
          if (answer.statusCode !== 404 && !(name === 'module' && FRAMED.test(route.url)))
            wrong.push(`${who} ${route.method} ${route.url} ${part.slice(0, 40)}: ${answer.statusCode}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
