import { nightsBack, nightsOut, wayBetween } from './gap.js';

describe('a night away', () => {
  it.each([
    [90, 0, 0],
    [91, 0, 1],
    [300, 1, 0],
    [301, 1, 1],
    [361, 0, 2],
  ] as const)('before a class: %i minutes, half-day %i', (minutes, half, nights) =>
    expect(nightsOut(minutes, half)).toBe(nights),
  );

  it.each([
    [360, 0],
    [361, 1],
    [721, 2],
  ])('on the way home: %i minutes', (minutes, nights) => expect(nightsBack(minutes)).toBe(nights));
});

describe('the way between two classes', () => {
  const gap = {
    direct: 60,
    toHome: 30,
    fromHome: 30,
    isFromHome: false,
    isToHome: false,
    days: 1,
    half: 0 as const,
  };

  it('fits into midday up to an hour', () => {
    expect(wayBetween({ ...gap, days: 0, half: 1 })).toEqual({ minutes: 60, nights: 0, viaHome: false });
    expect(wayBetween({ ...gap, days: 0, half: 1, direct: 61 })).toBeUndefined();
  });

  it('goes by home when that is no longer, and sleeps there', () => {
    expect(wayBetween(gap)).toEqual({ minutes: 60, nights: 0, viaHome: true });
    expect(wayBetween({ ...gap, toHome: 31 })).toEqual({ minutes: 60, nights: 1, viaHome: false });
    expect(wayBetween({ ...gap, days: 3, toHome: null, fromHome: null })?.nights).toBe(3);
  });

  it('takes another day beyond six hours', () => {
    const far = { ...gap, direct: 361, toHome: 400, fromHome: 400 };
    expect(wayBetween(far)).toBeUndefined();
    expect(wayBetween({ ...far, days: 2 })).toMatchObject({ minutes: 361, nights: 2 });
  });
});
