import { ApiDocument } from '../../src/shared/operations/api-document.js';
import { createHostileWorld, type HostileWorld } from './hostile/world.js';

jest.setTimeout(60_000);

const ID = '0199aaaa-0000-7000-8000-000000000000';
const cursor = (at: string, id = ID): string => Buffer.from(`${at} ${id}`).toString('base64url');

interface Problem {
  type: string;
  errors?: Array<{ pointer: string; code: string; detail: string }>;
}

describe('bad input to a list', () => {
  let w: HostileWorld;
  beforeAll(async () => (w = await createHostileWorld()), 120_000);
  afterAll(() => w.close());

  const ask = (path: string, who: 'person' | 'manager' | 'admin', query: string) =>
    w.api(
      `${path.replace(/\{(import|session)\}/, (_, part: string) => w.parts[part] ?? '')}?${NEEDED[path] ?? ''}${query}`,
      {
        token: w.who[who],
      },
    );

  /** What a list cannot do without. */
  const NEEDED: Readonly<Record<string, string>> = { '/people/search': 'campaign=caravane-2027&q=tazi&' };

  /** Every list that is paged, and who reads it. */
  const LISTS: ReadonlyArray<[string, 'person' | 'manager' | 'admin']> = [
    ['/calendar-feeds', 'manager'],
    ['/campaigns', 'person'],
    ['/calls/appel-caravane-2027/applications', 'manager'],
    ['/calls/appel-apdn-2021/results', 'person'],
    ['/campaigns/caravane-2027/calls', 'person'],
    ['/campaigns/caravane-2027/sessions', 'person'],
    ['/campaigns/caravane-2027/certificates', 'manager'],
    ['/campaigns/caravane-2027/certificates/logos', 'manager'],
    ['/campaigns/caravane-2027/tours', 'manager'],
    ['/campaigns/caravane-2027/trainers', 'manager'],
    ['/courses', 'person'],
    ['/courses/e-marketing/recordings', 'manager'],
    ['/consent/recordings', 'admin'],
    ['/venues', 'manager'],
    ['/impediments', 'manager'],
    ['/me/applications', 'person'],
    ['/me/enrolments', 'person'],
    ['/me/messages', 'person'],
    ['/me/tasks', 'person'],
    ['/staff/tasks', 'manager'],
    ['/people/imports/{import}/rows', 'manager'],
    ['/people/search', 'manager'],
    ['/sessions/{session}/calls', 'manager'],
    ['/sessions/{session}/concerned', 'manager'],
    ['/sessions/{session}/impediments', 'manager'],
    ['/trainers', 'manager'],
  ];

  /** Short lists that come whole: no cursor is theirs. */
  const WHOLE = /\/(calendar-feeds|impediments|logos|tours|trainers|courses|recordings|search|venues)$/;

  it('is tried on every list of the API', () => {
    const paged = Object.entries(w.app.get(ApiDocument).get().paths).filter(([, path]) =>
      (path.get?.parameters ?? []).some((parameter) => 'name' in parameter && parameter.name === 'cursor'),
    );
    const tried = LISTS.map(([path]) =>
      path
        .replace(/appel-(caravane-2027|apdn-2021)/, '{call}')
        .replace('caravane-2027', '{campaign}')
        .replace('e-marketing', '{course}'),
    );
    expect(paged.map(([path]) => path.replace('/api/v1', '')).sort()).toEqual(tried.sort());
  });

  it.each(LISTS)('%s refuses limits and cursors that mean nothing', async (path, who) => {
    const bad: Array<[string, string, string]> = [
      ['limit=0', '/limit', 'too-small'],
      ['limit=-1', '/limit', 'too-small'],
      ['limit=201', '/limit', 'too-large'],
      ['limit=1e308', '/limit', 'too-large'],
      ['limit=1.5', '/limit', 'not-a-whole-number'],
      ['limit=x', '/limit', 'not-a-whole-number'],
      ['limit=NaN', '/limit', 'not-a-whole-number'],
      ['limit=Infinity', '/limit', 'not-a-whole-number'],
      ['limit=1&limit=2', '/limit', 'not-a-whole-number'],
      ['cursor=zzz', '/cursor', 'wrong-shape'],
      ['cursor=%00', '/cursor', 'not-unicode'],
      [`cursor=${cursor('2027-W01-1')}`, '/cursor', 'wrong-shape'],
      [`cursor=${cursor('2027-02-30T00:00:00.000Z')}`, '/cursor', 'wrong-shape'],
      [`cursor=${cursor('+275760-09-13T00:00:00.000Z')}`, '/cursor', 'wrong-shape'],
      [`cursor=${cursor('2027-01-01T00:00:00.000Z', 'x')}`, '/cursor', 'wrong-shape'],
      ['cursor=a&cursor=b', '/cursor', 'not-text'],
      [`cursor=${'x'.repeat(201)}`, '/cursor', 'too-long'],
    ];
    for (const [query, pointer, code] of bad) {
      const answer = await ask(path, who, query);
      const { errors } = answer.json<Problem>();
      // The cursor of messages is an id.
      const expected = path === '/me/messages' && pointer === '/cursor' ? 'not-an-id' : code;
      expect([query, answer.statusCode, errors]).toMatchObject([query, 422, [{ pointer, code: expected }]]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    const last =
      path === '/me/messages' ? ID : path.endsWith('/rows') ? '7' : cursor('2027-01-01T00:00:00.000Z');
    const good = await ask(path, who, WHOLE.test(path) ? 'limit=200' : `limit=200&cursor=${last}`);
    expect(good.statusCode).toBe(200);
  });

  it.each<[string, 'person' | 'manager', string, string, string]>([
    ['/campaigns', 'person', 'lang=de', '/lang', 'not-a-choice'],
    ['/campaigns', 'person', 'lang=fr&lang=ar', '/lang', 'not-a-choice'],
    ['/campaigns', 'person', 'colour=red', '/colour', 'unknown-field'],
    ['/courses', 'person', 'lang=__proto__', '/lang', 'not-a-choice'],
    ['/campaigns/caravane-2027/sessions', 'person', 'city=atlantis', '/city', 'city-unknown'],
    ['/campaigns/caravane-2027/sessions', 'person', 'city=__proto__', '/city', 'city-unknown'],
    ['/campaigns/caravane-2027/sessions', 'person', 'city=tetouan%00', '/city', 'not-unicode'],
    ['/campaigns/caravane-2027/sessions', 'person', 'city=tetouan&city=tanger', '/city', 'not-text'],
    ['/campaigns/caravane-2027/sessions', 'person', 'from=2027-02-30', '/from', 'not-a-date'],
    ['/campaigns/caravane-2027/sessions', 'person', 'to=tomorrow', '/to', 'not-a-date'],
    ['/venues', 'manager', 'city=atlantis', '/city', 'city-unknown'],
    ['/campaigns/caravane-2027/certificates', 'manager', 'status=lost', '/status', 'not-a-choice'],
    ['/sessions/{session}/calls', 'manager', 'show=lost', '/show', 'not-a-choice'],
    ['/campaigns/caravane-2027/certificates', 'manager', 'q=a%00', '/q', 'not-unicode'],
    ['/campaigns/caravane-2027/participation', 'manager', 'by=colour', '/by', 'not-a-choice'],
    ['/campaigns/caravane-2027/participation', 'manager', 'by=constructor', '/by', 'not-a-choice'],
    ['/campaigns/caravane-2027/participation', 'manager', 'by=city,city', '/by', 'repeated'],
  ])('%s as %s refuses ?%s', async (path, who, query, pointer, code) => {
    const answer = await ask(path, who, query);
    expect([answer.statusCode, answer.json<Problem>().errors]).toMatchObject([422, [{ pointer, code }]]);
  });
});
