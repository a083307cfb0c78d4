import { Played } from './browser/lesson/played.js';

function playedBy(
  ticks: ReadonlyArray<readonly [seconds: number, atMs: number] | 'cut'>,
): [number, number][] {
  const played = new Played();
  for (const tick of ticks) {
    if (tick === 'cut') played.cut();
    else played.tick(...tick);
  }
  return played.take();
}

describe('Played', () => {
  it('joins the steps of a playing video', () => {
    expect(
      playedBy([
        [0, 0],
        [0.25, 250],
        [0.5, 500],
      ]),
    ).toEqual([[0, 0.5]]);
  });

  it('counts a long step that the time allows: a phone under load ticks seldom', () => {
    expect(
      playedBy([
        [10, 0],
        [18.5, 8500],
        [26, 12_250],
      ]),
    ).toEqual([[10, 26]]);
  });

  it('counts no jump, and goes on after it', () => {
    expect(
      playedBy([
        [0, 0],
        [1, 1000],
        [40, 1250],
        [41, 2250],
      ]),
    ).toEqual([
      [0, 1],
      [40, 41],
    ]);
  });

  it('counts nothing across a cut, nor backwards', () => {
    expect(playedBy([[5, 0], [6, 1000], 'cut', [7, 2000], [3, 3000], [4, 4000]])).toEqual([
      [5, 6],
      [3, 4],
    ]);
  });

  it('gives what was played once', () => {
    const played = new Played();
    played.tick(0, 0);
    played.tick(1, 1000);
    expect(played.take()).toEqual([[0, 1]]);
    expect(played.take()).toEqual([]);
    played.tick(2, 2000);
    expect(played.take()).toEqual([[1, 2]]);
  });
});
