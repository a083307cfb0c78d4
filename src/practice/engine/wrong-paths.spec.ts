import { Player, projectScenario } from './fixtures/player.js';

const NADIA = 'until 27; accept bols-nadia; ask bols-nadia; ship bols-nadia post';
const RETURNED = 'until 27; accept retour-carte; link retour-carte; until 29; ship retour-carte post';

/** By scenario and `exercise/path`, what somebody does who gets it wrong that way. */
const PLAYS: Record<string, Record<string, string>> = {
  'ma-boutique': {
    'nom/fiche-sans-nom': 'sheet bol 60; publish bol',
    'nom/oublie': 'until 25',
    'deux-langues/sans-arabe': 'onlyfr tapis',
    'deux-langues/sans-francais': 'onlyar tapis',
    'deux-langues/titre-trop-court': 'short tapis',
    'prix-juste/trop-cher': 'sheet tapis 801',
    'prix-juste/sans-heures': 'sheet tapis 650 materials,packaging,commission',
    'prix-juste/sans-commission': 'sheet tapis 650 materials,hours,packaging',
    'prix-juste/a-perte': 'sheet tapis 400',
    'prix-juste/marge-mince': 'sheet tapis 560',
    'belle-photo/photo-sombre': 'photo tapis rug-dark',
    'belle-photo/photo-encombree': 'photo tapis rug-mess',
    'reponse-vraie/mensonge': 'until 4; say fait-main faux',
    'reponse-vraie/hors-sujet': 'until 4; say fait-main prix',
    'reponse-vraie/fiche-absente': 'until 4; say fait-main vrai; until 7',
    'reponse-vraie/sac-trop-cher': 'sheet sac 400; publish sac; until 4; say fait-main vrai; until 7',
    'reponse-vraie/silence': 'until 30',
    'stock-vrai/stock-gonfle': 'stock bol 9',
    'stock-vrai/rupture': 'stock bol 1; publish bol; until 32',
    'stock-vrai/bol-trop-cher': 'sheet bol 81; publish bol; until 32',
    'stock-vrai/bol-absent': 'until 32',
    'stock-vrai/livraison-refusee': 'sheet bol 60; publish bol; terms 60 7 money; until 32',
    'conditions/livraison-a-perte': 'terms 20 7 money',
    'conditions/livraison-trop-chere': 'terms 60 7 money',
    'conditions/retour-court': 'terms 30 3 money',
    'conditions/sans-argent': 'terms 30 7 voucher',
    'conditions/rien-dit': 'until 25',
    'stock-vrai/commande-perdue': 'sheet bol 60; publish bol; until 56',
  },
  'semaine-de-commandes': {
    'repondre/perdue': 'until 30',
    'repondre/fiche-retiree': 'withdraw sac; until 4',
    'petit-colis/transporteur-prive': 'until 3; accept sac-salma; ship sac-salma private; until 16',
    'petit-colis/refusee': 'until 3; decline sac-salma',
    'petit-colis/colis-dort': 'until 3; accept sac-salma; until 48',
    'petit-colis/perdue': 'until 27',
    'appeler-avant/refus-a-la-porte': 'until 6; accept tapis-driss; ship tapis-driss private; until 30',
    'appeler-avant/parti-sans-appel': 'until 6; accept tapis-driss; ship tapis-driss private',
    'appeler-avant/perdue': 'until 30',
    'faux-client/expedie':
      'until 9; call bols-inconnu; accept bols-inconnu; ship bols-inconnu post; until 60',
    'faux-client/refuse-sans-appel': 'until 9; decline bols-inconnu',
    'faux-client/perdue': 'until 34',
    'retour/autre-moyen': `${NADIA}; until 100; refund bols-nadia cash`,
    'retour/pas-rembourse': `${NADIA}; until 120`,
    'retour/non-paye': 'until 27; accept bols-nadia; ship bols-nadia post',
    'retour/perdue': 'until 27; decline bols-nadia',
    'client-fache/se-justifier': 'until 31; say retard faute',
    'client-fache/promesse-vide': 'until 31; say retard promesse',
    'client-fache/silence': 'until 56',
    'caisse/argent-maison': 'until 33; book marche out 62',
    'caisse/sens-inverse': 'until 12; book fil in 84.50',
    'caisse/brut-pour-net': 'until 12; book fil out 84',
    'caisse/double': 'until 12; book fil out 84.50; book fil out 84.50',
    'caisse/oubli': 'until 121',
  },
  'paiements-et-arnaques': {
    'capture/expedie-sans-regarder': 'until 3; accept faux-virement; ship faux-virement post',
    'capture/expedie-quand-meme':
      'until 3; accept faux-virement; check faux-virement; ship faux-virement post',
    'capture/annule-sans-regarder': 'until 3; accept faux-virement; decline faux-virement',
    'capture/perdue': 'until 27',
    'vrai-argent/trop-tot': 'until 5; accept vrai-virement; ship vrai-virement private',
    'vrai-argent/cliente-perdue': 'until 5; accept vrai-virement; decline vrai-virement',
    'vrai-argent/pas-regarde': 'until 5; accept vrai-virement; until 26; ship vrai-virement private',
    'lien-de-paiement/carte-tapee': 'until 7; accept carte; keyin carte',
    'lien-de-paiement/sans-paiement': 'until 7; accept carte; ship carte post',
    'lien-de-paiement/abandon': 'until 7; accept carte; link carte; until 9; decline carte',
    'lien-de-paiement/attendre': 'until 7; accept carte; link carte; until 9',
    'plafond/plafond-atteint': 'until 9; accept portefeuille; ask portefeuille',
    'plafond/parti-sans-paiement': 'until 9; accept portefeuille; ship portefeuille post',
    'plafond/vente-perdue': 'until 9; decline portefeuille',
    'rembourser-carte/especes': `${RETURNED}; until 90; refund retour-carte transfer`,
    'rembourser-carte/oublie': `${RETURNED}; until 111`,
    'rembourser-carte/pas-vendu': 'until 27; decline retour-carte',
    'code-secret/code-donne': 'until 11; say code donner',
    'code-secret/discussion': 'until 11; say code rappeler',
    'faux-lien/lien-ouvert': 'until 29; say lien payer',
    'faux-lien/lien-partage': 'until 29; say lien partager',
    'trop-percu/renvoye': 'until 51; say trop-percu renvoyer',
    'trop-percu/silence': 'until 76',
    'cahier/retrait-compte':
      'until 9; accept portefeuille; raise; until 34; ask portefeuille; cashout; book cash-out-shop-1 in 480',
    'cahier/sens-inverse': 'until 11; say code donner; book fraud-shop-1 in 900',
    'cahier/brut-pour-net': 'until 11; say code donner; book fraud-shop-1 out 90',
    'cahier/oubli': 'until 11; say code donner; until 97',
  },
};

describe.each(Object.keys(PLAYS))('the wrong paths of %s', (slug) => {
  const plays = PLAYS[slug] ?? {};

  it('are all walked here, at least two an exercise', async () => {
    const { exercises } = await projectScenario(slug);
    const paths = exercises.flatMap(({ id, wrong }) => wrong.map((path) => `${id}/${path.id}`));
    expect(Object.keys(plays).sort()).toEqual(paths.sort());
    expect(exercises.every(({ wrong }) => wrong.length >= 2)).toBe(true);
  });

  it.each(Object.keys(plays))('names %s, with its hint, and gives no points', async (name) => {
    const [exercise = '', path = ''] = name.split('/');
    const player = new Player(await projectScenario(slug)).play(plays[name] ?? '');
    const result = player.exercise(exercise);
    expect([result.state, result.path?.id]).toEqual(['wrong', path]);
    expect(result.points).toBe(0);
    expect(Object.values(result.path?.hint ?? {})).toHaveLength(3);
  });

  it('starts with nothing wrong', async () => {
    const { score } = new Player(await projectScenario(slug));
    expect(score.exercises.map(({ state }) => state)).not.toContain('wrong');
    expect(score.points).toBe(0);
  });
});

it('takes points for a detour that was mended', async () => {
  const player = new Player(await projectScenario('semaine-de-commandes'));
  player.play('until 3; accept sac-salma; ship sac-salma private; until 16; ship sac-salma post; until 60');
  const { state, points, path, reasons } = player.exercise('petit-colis');
  expect([state, points, path?.id]).toEqual(['done', 7, 'transporteur-prive']);
  expect(reasons).toEqual([
    { rule: 'done', points: 15 },
    { rule: 'transporteur-prive', points: -8 },
  ]);
});
