import { Player, projectScenario } from './fixtures/player.js';

const PERFECT: Record<string, string> = {
  'ma-boutique': `name; terms 30 7 money; sheet tapis 650; publish tapis; sheet sac 250; publish sac; sheet bol 60; publish bol;
    until 4; say fait-main vrai; until 6; accept o-sac; until 32; accept o-tapis; accept o-bol`,
  'semaine-de-commandes': `until 3; accept sac-salma; ship sac-salma post; until 6; call tapis-driss; accept tapis-driss;
    ship tapis-driss private; until 9; call bols-inconnu; decline bols-inconnu; until 27; accept bols-nadia; ask bols-nadia;
    ship bols-nadia post; until 31; say retard excuse; until 100; refund bols-nadia wallet; until 130; bookall`,
  'paiements-et-arnaques': `until 3; accept faux-virement; until 5; accept vrai-virement; check faux-virement;
    until 7; accept carte; link carte; until 9; link carte; accept portefeuille; raise; until 11; say code raccrocher;
    check faux-virement; decline faux-virement; ship carte post; until 27; check vrai-virement; ship vrai-virement private;
    accept retour-carte; link retour-carte; until 29; ship retour-carte post; say lien effacer; until 36; ask portefeuille;
    ship portefeuille post; until 51; say trop-percu verifier; until 90; refund retour-carte card; until 125; bookall`,
};

const MAX: Record<string, number> = {
  'ma-boutique': 70,
  'semaine-de-commandes': 100,
  'paiements-et-arnaques': 110,
};

describe('a trainee who gets everything right', () => {
  it.each(Object.keys(PERFECT))('reaches every point of %s', async (slug) => {
    const player = new Player(await projectScenario(slug)).play(PERFECT[slug] ?? '');
    const left = player.score.exercises.filter(({ state, path }) => state !== 'done' || path);
    expect(left.map(({ exercise, state, path }) => [exercise.id, state, path?.id])).toEqual([]);
    expect(player.score.points).toBe(player.score.max);
    expect(player.score.max).toBe(MAX[slug]);
    expect(player.refused).toEqual([]);
  });
});
