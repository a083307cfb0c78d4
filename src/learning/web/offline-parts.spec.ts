import { partOf } from '../../shared/web/browser/offline/part-of.js';
import { isFinal } from '../../shared/web/browser/offline/final.js';
import { factOf } from './browser/offline/form-fact.js';

describe('partOf', () => {
  const stored = () =>
    new Response(new Blob(['0123456789'], { type: 'audio/mp4' }), {
      headers: { 'content-type': 'audio/mp4' },
    });

  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=5-2', 416, '', 'bytes */10'],
  ])('answers %s with %i', async (range, status, text, contentRange) => {
    const answer = await partOf(stored(), range);
    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  it.each([null, 'bytes=-', 'pages=1-2', 'bytes=0-1,4-5'])('answers %s with all of it', async (range) => {
    const answer = await partOf(stored(), range);
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789']);
  });
});

describe('factOf', () => {
  const form = (fields: [string, string][]): FormData => {
    const data = new FormData();
    for (const [name, value] of fields) data.append(name, value);
    return data;
  };
  const address = 'https://qafila.test/ar/courses/e-marketing/mon-client/quiz';

  it('keeps the answers of a form with whose they are, and never its token', () => {
    const fields: [string, string][] = [
      ['_csrf', 'secret'],
      ['_person', 'p1'],
      ['id', 'a1'],
      ['versionId', 'v1'],
      ['paper', '2'],
      ['title', 'Mon client'],
      ['q.one', 'a'],
      ['q.many', 'b'],
      ['q.many', 'c'],
    ];
    const fact = factOf(address, form(fields));
    expect(fact).toMatchObject({
      ...{ id: 'a1', owner: 'p1', kind: 'quiz', state: 'waiting', title: 'Mon client' },
      href: '/ar/courses/e-marketing/mon-client',
      url: '/api/v1/modules/mon-client/quiz-attempts',
      body: { id: 'a1', versionId: 'v1', paper: 2, fields: { 'q.one': 'a', 'q.many': ['b', 'c'] } },
    });
    expect(JSON.stringify(fact)).not.toContain('secret');
  });

  it('knows no other form', () => {
    expect(factOf('https://qafila.test/ar/me', form([['id', 'a1']]))).toBeUndefined();
    expect(factOf(address, form([['_person', 'p1']]))).toBeUndefined();
    expect(factOf(address, form([['id', 'a1']]))).toBeUndefined();
  });
});

describe('factOf a test and a task', () => {
  const form = (fields: Record<string, string | Blob>): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    return data;
  };
  const given = { _csrf: 'secret', _person: 'p1', id: 'a1', title: 'Mon test' };

  it('keeps which test it is, in which version, and its answers', () => {
    const fields = { ...given, versionId: 'v1', phase: 'pre', 'q.one': 'a' };
    expect(factOf('https://qafila.test/fr/courses/e-marketing/test', form(fields))).toMatchObject({
      ...{ id: 'a1', owner: 'p1', kind: 'test', href: '/fr/courses/e-marketing/test' },
      url: '/api/v1/courses/e-marketing/test-attempts',
      body: { id: 'a1', versionId: 'v1', phase: 'pre', fields: { 'q.one': 'a' } },
    });
  });

  it('keeps what is shown, and no tick beside it', () => {
    const address = 'https://qafila.test/fr/courses/e-marketing/mon-client/tasks/ma-fiche';
    const shown = factOf(address, form({ ...given, link: 'https://a.ma/1', note: '', tick: 'on' }));
    expect(shown).toMatchObject({ kind: 'task', url: '/api/v1/modules/mon-client/tasks/ma-fiche' });
    expect(shown?.body).toEqual({ id: 'a1', link: 'https://a.ma/1' });
    const photo = new Blob(['x'], { type: 'image/jpeg' });
    expect(factOf(address, form({ ...given, photo, link: '' }))?.photo?.size).toBe(1);
    expect(factOf(address, form({ ...given, photo: new Blob([]), tick: 'on' }))?.body).toEqual({
      id: 'a1',
      tick: 'on',
    });
  });
});

describe('isFinal', () => {
  it.each([
    [422, undefined, true],
    [415, undefined, true],
    [409, 'test-taken', true],
    [409, 'other-person', false],
    [409, undefined, false],
    [401, undefined, false],
    [503, 'server-busy', false],
  ] as const)('says which refusals are final: %i %s', (status, code, isLast) => {
    expect(isFinal(status, code)).toBe(isLast);
  });
});
