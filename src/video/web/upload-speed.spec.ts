import { FIRST_PIECE, Speed, waitMs } from './browser/upload/speed.js';

describe('the speed of a network, measured by pieces', () => {
  it('is nothing before the first piece, which takes five seconds at 400 kbit/s', () => {
    const speed = new Speed();
    expect([speed.perSecond, speed.nextPiece(FIRST_PIECE), FIRST_PIECE / 50_000]).toEqual([
      undefined,
      FIRST_PIECE,
      expect.closeTo(5.2, 1),
    ]);
  });

  it('is the mean of the last half minute: what was before is forgotten', () => {
    const speed = new Speed();
    for (let piece = 0; piece < 20; piece += 1) speed.add(1_000_000, 5);
    expect(speed.perSecond).toBe(200_000);
    for (let piece = 0; piece < 6; piece += 1) speed.add(250_000, 5);
    expect(speed.perSecond).toBe(50_000);
    speed.add(0, 5);
    speed.add(5, 0);
    expect(speed.perSecond).toBe(50_000);
  });

  it('makes pieces of some seconds: they grow step by step, shrink at once, and stay within bounds', () => {
    const fast = new Speed();
    fast.add(FIRST_PIECE, 0.01);
    const pieces = [FIRST_PIECE];
    for (let n = 0; n < 8; n += 1) pieces.push(fast.nextPiece(pieces.at(-1) ?? 0));
    expect(pieces.map((bytes) => bytes / FIRST_PIECE)).toEqual([1, 2, 4, 8, 16, 32, 32, 32, 32]);
    const slow = new Speed();
    slow.add(FIRST_PIECE, 5);
    expect(slow.nextPiece(8 * 1024 * 1024)).toBeLessThan(2 * FIRST_PIECE);
    slow.add(1000, 300);
    expect(slow.nextPiece(FIRST_PIECE)).toBe(FIRST_PIECE);
  });

  it('waits a second after the first failure, then twice as long, at most half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map(waitMs)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });
});
