import { languageAsked, nextToRead } from './listening-language.js';

describe('the line to read after this', () => {
  const lines = ['a', 'b', 'c', 'd'];

  it.each([
    ['a', [], 'b'],
    ['a', ['b', 'c'], 'd'],
    // Past the end it begins again.
    ['c', ['d'], 'a'],
    ['c', ['a', 'b', 'd'], 'c'],
    ['c', ['a', 'b', 'c', 'd'], 'c'],
  ])('after %s, with %j read, is %s', (line, read, next) => {
    expect(nextToRead(lines, line, (each) => read.includes(each))).toBe(next);
  });
});

describe('the language that is asked for', () => {
  it('is one that voices speak, else the one of most people', () => {
    expect([
      languageAsked('zgh'),
      languageAsked('en'),
      languageAsked(undefined),
      languageAsked(['fr']),
    ]).toEqual(['zgh', 'ary', 'ary', 'ary']);
  });
});
