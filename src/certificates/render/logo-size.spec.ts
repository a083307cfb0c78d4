import { logoSize } from './logo-size.js';

describe('logoSize', () => {
  it.each([
    ['a square', 300, 300, 17, 17],
    ['one twice as wide', 600, 300, 30.3, 15.2],
    ['a wide one', 760, 120, 54, 8.5],
    ['the widest that is taken', 800, 100, 60.7, 7.6],
    ['one twice as tall', 150, 300, 8.5, 17],
    ['the narrowest that is taken', 100, 800, 2.1, 17],
  ])('prints %s as large as the others', (_, width, height, widthMm, heightMm) => {
    expect(logoSize({ width, height })).toEqual({ widthMm, heightMm });
  });

  it('keeps proportions and bounds for every logo', () => {
    for (let width = 100; width <= 800; width += 7)
      for (let height = Math.ceil(width / 8); height <= Math.min(800, width * 8); height += 13) {
        const { widthMm, heightMm } = logoSize({ width, height });
        expect(widthMm).toBeLessThanOrEqual(62);
        expect(heightMm).toBeLessThanOrEqual(17);
        // Rounded to a tenth of a millimetre.
        expect(Math.abs(widthMm - (heightMm * width) / height)).toBeLessThan(
          0.05 * (1 + width / height) + 0.01,
        );
      }
  });
});
