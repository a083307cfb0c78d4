import sharp from 'sharp';
import { create } from 'qrcode';
import { qrPng } from './qr-png.js';

describe('the picture of a pass', () => {
  it('shows every module of the code, with four of white around it', async () => {
    const text = 'Q1.AaIBJKXddMmYtRaJhXmTJw.uN6gxSJ20csLi820ZtbSxA';
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const side = modules.size + 8;
    const picture = sharp(await qrPng(text));
    expect(await picture.metadata()).toMatchObject({ format: 'png', width: side * 16, height: side * 16 });
    const { data, info } = await picture.greyscale().raw().toBuffer({ resolveWithObject: true });
    const isDark = (row: number, column: number, dx = 8): boolean =>
      (data[((row * 16 + dx) * info.width + column * 16 + dx) * info.channels] ?? 255) < 128;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const isInside = [row, column].every((at) => at >= 4 && at < modules.size + 4);
        const expected = isInside && Boolean(modules.get(row - 4, column - 4));
        expect([isDark(row, column), isDark(row, column, 0), isDark(row, column, 15)]).toEqual([
          expected,
          expected,
          expected,
        ]);
      }
    }
  });
});
