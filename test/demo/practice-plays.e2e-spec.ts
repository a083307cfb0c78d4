import { Player, projectScenario } from '../../src/practice/engine/fixtures/player.js';
import { minutesOf } from '../../src/demo/practice-2021.demo.js';
import { PLAYS } from '../../src/demo/practice-plays.js';

describe.each(Object.keys(PLAYS))('the demo plays of %s', (slug) => {
  const plays = PLAYS[slug] ?? [];

  it('do only what the shop allows, whatever the seed', async () => {
    const scenario = await projectScenario(slug);
    for (const [play] of plays)
      for (const seed of [1, 7, 2 ** 30]) {
        const player = new Player(scenario, seed);
        const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
        expect(new Set(minutesOf(play).map(({ at }) => at)).size).toBe(minutesOf(play).length);
        player.actions.push(...minutesOf(play).map((one, n) => ({ ...one, id: id(n) })));
        expect(
          player.state.ignored.map((ignored) => player.actions.find((one) => one.id === ignored)?.deed),
        ).toEqual([]);
      }
  });

  it('leave people right, wrong and in between', async () => {
    const scenario = await projectScenario(slug);
    const states = plays.flatMap(([play]) => {
      const player = new Player(scenario);
      player.actions.push(
        ...minutesOf(play).map((one, n) => ({ ...one, id: `00000000-0000-4000-8000-00000000${1000 + n}` })),
      );
      return player.score.exercises.map(({ state }) => state);
    });
    expect(new Set(states)).toEqual(new Set(['done', 'wrong', 'open']));
  });
});
