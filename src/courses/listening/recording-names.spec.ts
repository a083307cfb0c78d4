import { lineNamed, looksLikeSound } from './recording-names.js';
import type { SpokenLine, SpokenUnit } from './spoken-line.js';

function unit(id: string, parts: readonly string[]): SpokenUnit {
  const lines = parts.map(
    (part) => ({ id: `${id}/${part}`, part, name: part.split('.').at(-1) }) as SpokenLine,
  );
  return { id, folder: `01-${id}`, title: { fr: id, ar: id }, lines };
}
const UNITS = [
  unit('prix', ['carte-1', 'quiz.marge', 'quiz2.marge', 'quiz.fr']),
  unit('vente', ['carte-1', 'livraison']),
];
const named = (path: string, units = UNITS) => {
  const found = lineNamed(path, units, 'ary');
  return 'line' in found ? found.line.id : found.code;
};

describe('the line a file is named after', () => {
  it.each([
    ['livraison.m4a', 'vente/livraison'],
    ['LIVRAISON.m4a', 'unknown'],
    ['livraison.MP3', 'vente/livraison'],
    ['livraison.ary.m4a', 'vente/livraison'],
    ['livraison.fr.m4a', 'other-language'],
    ['quiz.marge.m4a', 'prix/quiz.marge'],
    ['quiz2.marge.ary.webm', 'prix/quiz2.marge'],
    ['marge.m4a', 'ambiguous'],
    ['carte-1.m4a', 'ambiguous'],
    ['prix/carte-1.m4a', 'prix/carte-1'],
    ['01-vente/carte-1.m4a', 'vente/carte-1'],
    ['ary\\01-vente\\carte-1.m4a', 'vente/carte-1'],
    ['quiz.fr.m4a', 'prix/quiz.fr'],
    ['autre.m4a', 'unknown'],
    ['.m4a', 'unknown'],
    ['../../etc/passwd', 'unknown'],
    ['__proto__.m4a', 'unknown'],
  ])('%s: %s', (path, expected) => expect(named(path)).toBe(expected));

  it('is looked for in one module alone, where the page of that module asks', () => {
    expect(named('carte-1.m4a', UNITS.slice(1))).toBe('vente/carte-1');
    expect(lineNamed('marge.m4a', UNITS, 'ary')).toEqual({
      code: 'ambiguous',
      options: ['prix/quiz.marge', 'prix/quiz2.marge'],
    });
  });
});

describe('files that look like sounds', () => {
  it('leaves out what lies beside them', () => {
    expect(['a.m4a', 'x/b.WAV', 'c.opus'].every(looksLikeSound)).toBe(true);
    expect(['.DS_Store', '._a.m4a', 'x/.hidden.m4a', 'notes.txt', 'm4a'].some(looksLikeSound)).toBe(false);
  });
});
