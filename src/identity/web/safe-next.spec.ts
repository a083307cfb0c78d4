import { onward, safeNext } from './safe-next.js';

describe('safeNext', () => {
  it.each(['/', '/fr/sessions/1?a=b#c', '/ar/my/sessions', '/fr/séances'])('takes %s', (path) => {
    expect(safeNext(path)).toBe(path);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/fr\\..\\',
    'https://evil.example/',
    'javascript:alert(1)',
    'sessions',
    '',
    '/\tevil',
    '/a\r\nset-cookie: x',
    `/${'a'.repeat(600)}`,
    ['/a'],
    undefined,
  ])('refuses %p', (path) => {
    expect(safeNext(path)).toBeUndefined();
  });
});

describe('onward', () => {
  it.each([
    ['/sessions/1?a=b#c', '/ar/sessions/1?a=b#c'],
    ['/fr/sessions/1', '/ar/sessions/1'],
    ['/ar/sessions/1', '/ar/sessions/1'],
    ['/fr', '/ar'],
    ['/fr?a', '/ar?a'],
    ['/french', '/ar/french'],
    ['/', '/ar/'],
    ['/fr//evil.example', '/ar//evil.example'],
  ])('leads from %s to %s for a reader of Arabic', (next, path) => {
    expect(onward(next, 'ar')).toBe(path);
  });
});
