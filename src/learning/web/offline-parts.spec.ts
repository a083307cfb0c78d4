import { partOf } from './browser/offline/part-of.js';
import { factOf } from './browser/offline/quiz-fact.js';

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
