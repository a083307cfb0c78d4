import { constantRate, framesBetweenKeys, ladder } from './film-ladder.js';

const THIRTY = { num: 30, den: 1 };
const sizes = (width: number, height: number): string[] =>
  ladder(width, height, THIRTY).map((each) => `${each.name} ${each.width}x${each.height}`);

describe('the ladder', () => {
  it.each([
    [1920, 1080, ['144p 256x144', '240p 426x240', '360p 640x360', '480p 854x480']],
    [1080, 1920, ['144p 144x256', '240p 240x426', '360p 360x640', '480p 480x854']],
    [356, 200, ['144p 256x144', '200p 200']],
    [160, 90, ['90p 160x90']],
    [641, 361, ['144p 256x144', '240p 426x240', '360p 640x360']],
    [144, 144, ['144p 144x144']],
  ])('offers %d x %d, by the short side and never above the source', (width, height, wanted) => {
    const offered = sizes(width, height);
    expect(offered).toHaveLength(wanted.length);
    offered.forEach((each, index) => expect(each.startsWith(wanted[index]?.split(' ')[0] ?? '')).toBe(true));
    for (const { width: w, height: h } of ladder(width, height, THIRTY)) {
      expect(w).toBeLessThanOrEqual(width);
      expect(h).toBeLessThanOrEqual(height);
      expect([w % 2, h % 2]).toEqual([0, 0]);
    }
  });

  it('has key frames of all sizes at the same times, also where every second picture is left out', () => {
    for (const rate of [
      THIRTY,
      { num: 30_000, den: 1001 },
      { num: 25, den: 1 },
      { num: 7, den: 1 },
      { num: 1, den: 1 },
    ]) {
      const times = ladder(1280, 720, rate).map(({ gop, rate: { num, den } }) => (gop * den) / num);
      for (const time of times) expect(time).toBeCloseTo(times[0] ?? 0, 9);
      expect(Math.abs((times[0] ?? 0) - 6)).toBeLessThanOrEqual(rate.den / rate.num);
    }
  });

  it('keeps 90 seconds of 240 lines with sound within 1.2 MB', () => {
    const low = ladder(1280, 720, THIRTY).find(({ name }) => name === '240p');
    const allowed = (low?.maxBitrate ?? Infinity) * (90 + 2) + 32_000 * 90;
    expect(allowed / 8).toBeLessThanOrEqual(1_120_000);
  });
});

describe('the rate of a film', () => {
  it.each([
    ['30/1', '30/1', '30/1'],
    ['60/1', '60/1', '30/1'],
    ['50/1', '50/1', '25/1'],
    ['60000/1001', '60000/1001', '30000/1001'],
    ['2997/100', '30000/1001', '30000/1001'],
    ['240/1', '240/1', '30/1'],
    ['3002/100', '30/1', '30/1'],
    ['1/1', '1/1', '1/1'],
    ['1/60', '1/60', '1/1'],
    ['11/1', '90000/1', '30/1'],
    ['24/1', '25/1', '25/1'],
  ])('is constant and at most 30: %s over %s is %s', (average, base, wanted) => {
    const rate = (text: string) => ({ num: Number(text.split('/')[0]), den: Number(text.split('/')[1]) });
    const { num, den } = constantRate(rate(average), rate(base));
    expect(`${num}/${den}`).toBe(wanted);
  });

  it('is 30 where nothing is known', () => {
    expect(constantRate(undefined, undefined)).toEqual({ num: 30, den: 1 });
    expect(framesBetweenKeys({ num: 30, den: 1 })).toBe(180);
  });
});
