import { factsOf } from './facts.js';
import { Player, projectScenario } from './fixtures/player.js';

/** What is left of whole plays, checked by hand against the rules: each paper as `id at amount = figures`, each order's road. */
const JOURNEYS = [
  {
    name: 'a week of orders',
    slug: 'semaine-de-commandes',
    play: `until 3; accept sac-salma; ship sac-salma post; until 6; call tapis-driss; accept tapis-driss;
    ship tapis-driss private; until 9; call bols-inconnu; decline bols-inconnu; until 27; accept bols-nadia; ask bols-nadia;
    ship bols-nadia post; until 31; say retard excuse; until 100; refund bols-nadia wallet; until 130`,
    papers: [
      'shipping-sac-salma-1 182 -2500 = 2500',
      'shipping-tapis-driss-1 363 -3500 = 3500',
      'fil 600 -8450 = 8450',
      'wallet-bols-nadia-1 1622 15000 = 15000',
      'shipping-bols-nadia-1 1623 -2500 = 2500',
      'marche 1920 0 = 6200',
      'remittance-tapis-driss-1 4440 72000 = 73000 1000 72000',
      'remittance-sac-salma-1 5460 27000 = 28000 1000 27000',
      'refund-bols-nadia-1 6001 -15000 = 15000',
    ],
    orders: {
      'sac-salma': 'delivered paid: 148 new, 181 accepted, 182 shipped-post, 2580 delivered, 5460 remitted',
      'tapis-driss':
        'delivered paid: 317 new, 361 called, 362 accepted, 363 shipped-private, 1560 delivered, 4440 remitted',
      'bols-inconnu': 'declined none: 495 new, 541 no-answer, 542 declined',
      'bols-nadia':
        'returned refunded: 1582 new, 1621 accepted, 1622 wallet-paid, 1623 shipped-post, 4020 delivered, 4620 wants-back, 6001 refunded',
    },
    wallet: { level: 0, balance: 0, refusals: 0, raising: false },
    stock: { sac: 3, tapis: 2, bol: 10 },
    lost: 0,
    money: 82050,
    missing: 8,
  },
  {
    name: 'payments, some of them got wrong',
    slug: 'paiements-et-arnaques',
    play: `until 3; accept faux-virement; until 5; accept vrai-virement; check vrai-virement; until 7; accept carte;
    keyin carte; until 9; accept portefeuille; ask portefeuille; raise; until 11; say code donner; until 27; check vrai-virement;
    ship vrai-virement private; accept retour-carte; link retour-carte; until 29; ship retour-carte post; until 36; ask portefeuille;
    decline portefeuille; refund portefeuille wallet; ship faux-virement post; until 90; refund retour-carte card; until 125`,
    papers: [
      'fraud-shop-1 661 -90000 = 90000',
      'transfer-vrai-virement-1 1500 73000 = 73000',
      'shipping-vrai-virement-1 1622 -3500 = 3500',
      'shipping-retour-carte-1 1741 -2500 = 2500',
      'card-payout-carte-1 1860 47040 = 48000 960 47040',
      'wallet-portefeuille-1 2161 48000 = 48000',
      'refund-portefeuille-1 2163 -48000 = 48000',
      'shipping-faux-virement-1 2164 -2500 = 2500',
      'card-payout-retour-carte-1 3120 71540 = 73000 1460 71540',
      'chargeback-carte-1 3300 -47040 = 48000 47040',
      'refund-retour-carte-1 5401 -73000 = 73000',
    ],
    orders: {
      'faux-virement':
        'delivered claimed: 149 new, 181 accepted, 300 claimed, 2164 shipped-post, 3960 delivered',
      'vrai-virement':
        'delivered paid: 269 new, 301 accepted, 302 not-credited, 420 claimed, 1621 credited, 1622 shipped-private, 2820 delivered',
      carte: 'accepted disputed: 361 new, 421 accepted, 422 keyed-in, 1860 paid-out, 3300 disputed',
      portefeuille:
        'cancelled refunded: 486 new, 541 accepted, 542 over-ceiling, 2161 wallet-paid, 2162 cancelled, 2163 refunded',
      'retour-carte':
        'returned refunded: 1565 new, 1623 accepted, 1624 link-sent, 1680 card-approved, 1741 shipped-post, 3120 paid-out, 3540 delivered, 4020 wants-back, 5401 refunded',
    },
    wallet: { level: 1, balance: 0, refusals: 1, raising: false },
    stock: { bracelet: 2, tapis: 3 },
    lost: 34500,
    money: -26960,
    missing: 11,
  },
  {
    name: 'orders that are cancelled after they were paid',
    slug: 'paiements-et-arnaques',
    play: `until 5; accept vrai-virement; until 26; decline vrai-virement; refund vrai-virement transfer; until 27;
    accept retour-carte; link retour-carte; until 29; decline retour-carte; refund retour-carte card; until 60`,
    papers: [
      'transfer-vrai-virement-1 1500 73000 = 73000',
      'refund-vrai-virement-1 1562 -73000 = 73000',
      'refund-retour-carte-1 1742 -73000 = 73000',
      'card-payout-retour-carte-1 3120 71540 = 73000 1460 71540',
    ],
    orders: {
      'faux-virement': 'lost none: 149 new, 1589 lost',
      'vrai-virement':
        'cancelled refunded: 269 new, 301 accepted, 420 claimed, 1561 cancelled, 1562 refunded',
      carte: 'lost none: 361 new, 1801 lost',
      portefeuille: 'lost none: 486 new, 1926 lost',
      'retour-carte':
        'cancelled refunded: 1565 new, 1621 accepted, 1622 link-sent, 1680 card-approved, 1741 cancelled, 1742 refunded, 3120 paid-out',
    },
    wallet: { level: 0, balance: 0, refusals: 0, raising: false },
    stock: { bracelet: 4, tapis: 4 },
    lost: 0,
    money: -1460,
    missing: 4,
  },
] as const;

describe.each(JOURNEYS)('$name', (journey) => {
  it('leaves these papers, roads, goods and money', async () => {
    const player = new Player(await projectScenario(journey.slug)).play(journey.play);
    const { papers, orders, wallet, sheets, goodsLost } = player.state;
    expect(player.refused).toEqual([]);
    expect(
      papers.map(({ id, at, amount, figures }) => `${id} ${at} ${amount} = ${figures.join(' ')}`),
    ).toEqual(journey.papers);
    const roads = [...orders.values()].map(({ script, status, payment, steps }) => [
      script.id,
      `${status} ${payment}: ${steps.map(({ at, what }) => `${at} ${what}`).join(', ')}`,
    ]);
    expect(Object.fromEntries(roads)).toEqual(journey.orders);
    expect(wallet).toEqual(journey.wallet);
    expect(Object.fromEntries([...sheets].map(([good, { stock }]) => [good, stock]))).toEqual(journey.stock);
    expect(goodsLost).toBe(journey.lost);
    const facts = factsOf(player.state);
    expect([facts.get('money.total'), facts.get('book.difference')]).toEqual([journey.money, -journey.money]);
    expect(facts.get('book.missing')).toBe(journey.missing);
  });

  it('balances once every paper is written down as it is, and by nothing less', async () => {
    const player = new Player(await projectScenario(journey.slug)).play(`${journey.play}; bookall`);
    const book = () =>
      Object.fromEntries([...factsOf(player.state)].filter(([name]) => name.startsWith('book.')));
    const clean = {
      'book.missing': 0,
      'book.doubled': 0,
      'book.reversed': 0,
      'book.misread': 0,
      'book.foreign': 0,
    };
    expect(book()).toMatchObject({ ...clean, 'book.difference': 0, 'book.balanced': true });
    const [first] = player.state.book;
    player.play(`unbook ${first?.id}`);
    expect(book()).toMatchObject({ ...clean, 'book.missing': 1, 'book.balanced': false });
    expect(book()['book.difference']).toBe(-(first?.amount ?? 0));
    const direction = (first?.amount ?? 0) > 0 ? 'out' : 'in';
    const dirhams = Math.abs(first?.amount ?? 0) / 100;
    player.play(`book ${first?.paper} ${direction} ${dirhams}`);
    expect(book()).toMatchObject({ ...clean, 'book.reversed': 1, 'book.balanced': false });
    player.play(`unbook ${player.state.book.at(-1)?.id}`);
    player.play(`book ${first?.paper} ${direction === 'in' ? 'out' : 'in'} ${dirhams + 1}`);
    expect(book()).toMatchObject({ ...clean, 'book.misread': 1, 'book.balanced': false });
    player.play(`book ${first?.paper} in 1`);
    expect(book()).toMatchObject({ 'book.doubled': 1, 'book.lines': player.state.book.length });
  });
});

describe('the clock', () => {
  const shop = async (commands: string) =>
    new Player(await projectScenario('semaine-de-commandes')).play(commands).state;

  it('goes to the very next thing that a seller notices, and no further', async () => {
    const state = await shop('next');
    expect([state.now, state.orders.get('sac-salma')?.arrivedAt]).toEqual([148, 148]);
    const later = await shop('next; next');
    expect([later.now, later.orders.get('tapis-driss')?.arrivedAt]).toEqual([317, 317]);
  });

  it('goes to the next morning, also from a morning, and never past the end', async () => {
    expect((await shop('day')).now).toBe(1440);
    expect((await shop('day; day')).now).toBe(2880);
    expect((await shop('until 24; day')).now).toBe(2880);
    expect((await shop('until 167; day')).now).toBe(168 * 60);
    expect((await shop('until 167; day; day')).ignored).toHaveLength(2);
  });

  it('opens a wallet level a day after the hour in which the papers were shown', async () => {
    const player = new Player(await projectScenario('paiements-et-arnaques'));
    player.play('until 9; raise');
    const levelAt = (hours: number) =>
      new Player(player.scenario).play(`until 9; raise; until ${hours}`).state.wallet;
    expect(levelAt(32.9)).toMatchObject({ level: 0, raising: true });
    expect(levelAt(33)).toMatchObject({ level: 1, raising: false });
  });

  it('takes what is in the wallet to the drawer, as a paper that is no income', async () => {
    const player = new Player(await projectScenario('paiements-et-arnaques'));
    player.play('until 9; accept portefeuille; raise; until 34; ask portefeuille; cashout');
    expect(player.state.wallet.balance).toBe(0);
    expect(player.state.papers.at(-1)).toMatchObject({ id: 'cash-out-shop-1', amount: 0, figures: [48_000] });
  });
});

describe('the terms of a shop', () => {
  const shop = async (commands: string) => new Player(await projectScenario('ma-boutique')).play(commands);
  const SELLING = 'sheet tapis 650; publish tapis; sheet bol 60; publish bol';

  it('hold for the orders that come after them, never for one that has come', async () => {
    const before = await shop(`${SELLING}; until 32`);
    expect(before.state.orders.get('o-tapis')?.total).toBe(65_000 + 3000);
    before.play('terms 0 7 money');
    expect(before.state.orders.get('o-tapis')?.total).toBe(65_000 + 3000);
    const after = await shop(`${SELLING}; terms 60 7 money; until 28; terms 0 0 none; until 32`);
    expect(after.state.orders.get('o-tapis')?.total).toBe(65_000 + 6000);
    expect(after.state.orders.get('o-bol')?.total).toBe(2 * 6000);
  });

  it('drive away whoever finds delivery too dear, and nobody else', async () => {
    const { state } = await shop(`${SELLING}; terms 60 7 money; until 32`);
    expect([state.orders.get('o-bol')?.missed, state.orders.get('o-tapis')?.missed]).toEqual([
      'dear-delivery',
      '',
    ]);
    const base = await projectScenario('ma-boutique');
    const missedUpTo = (deliveryUpTo: number) => {
      const orders = base.orders.map((one) => (one.id === 'o-bol' ? { ...one, deliveryUpTo } : one));
      return new Player({ ...base, orders }).play(`${SELLING}; until 32`).state.orders.get('o-bol')?.missed;
    };
    expect([missedUpTo(3000), missedUpTo(2999)]).toEqual(['', 'dear-delivery']);
  });

  it('are only those that are offered, and only where the scenario offers any', async () => {
    const player = await shop('terms 31 7 money; terms 30 8 money');
    expect(player.refused).toEqual(['terms.save no-such-thing', 'terms.save no-such-thing']);
    expect(player.state.terms).toBeUndefined();
    player.play('terms 30 14 voucher');
    expect(player.state.terms).toEqual({ deliveryFee: 3000, returnDays: 14, refund: 'voucher' });
    const week = new Player(await projectScenario('semaine-de-commandes')).play('terms 30 7 money');
    expect(week.refused).toEqual(['terms.save no-such-thing']);
  });
});

describe('a sheet', () => {
  const refusals = async (commands: string) =>
    new Player(await projectScenario('ma-boutique')).play(commands).refused;

  it('goes on sale with one title and a price, stays on sale when it is saved again, and can be taken off', async () => {
    const player = new Player(await projectScenario('ma-boutique')).play(
      'onlyfr tapis; publish tapis; onlyar bol; publish bol',
    );
    expect(player.refused).toEqual([]);
    player.play('sheet tapis 500');
    expect(player.state.sheets.get('tapis')).toMatchObject({ published: true, price: 50_000 });
    player.play('withdraw tapis');
    expect(player.state.sheets.get('tapis')?.published).toBe(false);
    player.play('sheet tapis 510');
    expect(player.state.sheets.get('tapis')?.published).toBe(false);
  });

  it('announces too much only above the true stock, and needs a price to go on sale', async () => {
    const over = async (pieces: number) =>
      factsOf(new Player(await projectScenario('ma-boutique')).play(`stock bol ${pieces}`).state).get(
        'sheet.bol.overStock',
      );
    expect([await over(7), await over(8), await over(9)]).toEqual([false, false, true]);
    expect(await refusals('sheet tapis 0; publish tapis')).toEqual(['sheet.publish sheet-incomplete']);
  });
});
