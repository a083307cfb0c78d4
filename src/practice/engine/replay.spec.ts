import fc from 'fast-check';
import { holds } from '../../../test/support/property.js';
import type { Action, Deed } from './action.js';
import { factsOf } from './facts.js';
import { Player, projectScenario } from './fixtures/player.js';
import { replay } from './replay.js';
import { scoreOf } from './rules.js';
import type { Scenario } from './scenario.js';
import { MINUTES_A_DAY } from './state.js';

const SLUGS = ['ma-boutique', 'semaine-de-commandes', 'paiements-et-arnaques'];

/** Any deed that the scenario has something for. */
function deeds(scenario: Scenario): fc.Arbitrary<Deed> {
  const orders = fc.constantFrom(...scenario.orders.map(({ id }) => id));
  const on = (kind: string): fc.Arbitrary<Deed> =>
    orders.map((order) => ({ kind, order }) as unknown as Deed);
  const plain = ['accept', 'decline', 'call', 'check'].map((verb) => on(`order.${verb}`));
  const chats = scenario.chats.flatMap(({ id, choices }) =>
    choices.map((choice): Deed => ({ kind: 'chat.answer', chat: id, choice: choice.id })),
  );
  const goods = scenario.goods.map(({ id, pictures }): Deed => {
    const titles = { titleFr: 'Un titre assez long', titleAr: 'عنوان طويل بما يكفي' };
    const picture = pictures[0] ?? '';
    return { kind: 'sheet.save', good: id, ...titles, price: 60_000, stock: 2, picture, counted: ['hours'] };
  });
  return fc.oneof(
    ...plain,
    on('card.link'),
    on('card.keyIn'),
    on('wallet.ask'),
    fc
      .tuple(orders, fc.constantFrom('post' as const, 'private' as const))
      .map(([order, carrier]): Deed => ({ kind: 'order.ship', order, carrier })),
    fc
      .tuple(orders, fc.constantFrom('card' as const, 'wallet' as const))
      .map(([order, channel]): Deed => ({ kind: 'order.refund', order, channel })),
    fc.constantFrom<Deed>(
      { kind: 'clock.next' },
      { kind: 'clock.tomorrow' },
      { kind: 'wallet.raise' },
      { kind: 'wallet.cashOut' },
      ...chats,
      ...goods,
    ),
    fc.constantFrom(...scenario.goods.map(({ id }): Deed => ({ kind: 'sheet.publish', good: id }))),
  );
}

/** A history as the server writes it: each deed at the minute after the last. */
function historyOf(scenario: Scenario, seed: number, done: readonly Deed[]): Action[] {
  const actions: Action[] = [];
  for (const [index, deed] of done.entries()) {
    const { nextAt } = replay(scenario, seed, actions);
    actions.push({ id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, at: nextAt, deed });
  }
  return actions;
}

/** Everything there is to know of a shop, without the scenario. */
function whole(scenario: Scenario, seed: number, actions: readonly Action[]): string {
  const { state } = replay(scenario, seed, actions);
  const { sheets, orders, chats, papers, book, wallet, now, goodsLost, ignored } = state;
  const score = scoreOf(scenario, factsOf(state)).exercises.map((one) => [
    one.state,
    one.points,
    one.path?.id,
  ]);
  return JSON.stringify([
    [...sheets],
    [...orders],
    [...chats],
    papers,
    book,
    wallet,
    now,
    goodsLost,
    ignored,
    score,
  ]);
}

describe.each(SLUGS)('a shop of %s', (slug) => {
  it('is the same for the same actions, in whatever order they arrive, and however often', async () => {
    const scenario = await projectScenario(slug);
    holds(
      fc.property(fc.array(deeds(scenario), { maxLength: 25 }), fc.nat(), fc.nat(), (done, seed, shuffle) => {
        const actions = historyOf(scenario, seed, done);
        const arrived = [...actions, ...actions.slice(0, 3)].sort(
          (a, b) => ((a.at * 7919 + shuffle) % 101) - ((b.at * 7919 + shuffle) % 101),
        );
        expect(whole(scenario, seed, arrived)).toBe(whole(scenario, seed, actions));
      }),
    );
  });

  it('gives the same score when deeds of one hour that do not touch each other change places', async () => {
    const scenario = await projectScenario(slug);
    const [first, second] = scenario.orders.map(({ id }) => id);
    const one = fc.constantFrom<Deed['kind']>('order.accept', 'order.decline', 'order.call');
    holds(
      fc.property(one, one, fc.nat(), fc.integer({ min: 4, max: 20 }), (a, b, seed, hour) => {
        const at = (minute: number, kind: Deed['kind'], order: string | undefined): Action => ({
          id: `00000000-0000-4000-8000-${kind === a && order === first ? '1' : '2'}00000000000`,
          at: hour * 60 + minute,
          deed: { kind, order } as unknown as Deed,
        });
        const later: Action[] = [1, 2, 3].map((day) => ({
          id: `00000000-0000-4000-8000-90000000000${day}`,
          at: hour * 60 + 40 + day * MINUTES_A_DAY,
          deed: { kind: 'wallet.raise' },
        }));
        const scoreFor = (actions: Action[]): string => {
          const { state } = replay(scenario, seed, [...actions, ...later]);
          const facts = [...factsOf(state)].filter(([name]) => !name.endsWith('hoursToAnswer'));
          return JSON.stringify([facts, scoreOf(scenario, factsOf(state)).points]);
        };
        // After the half hour in which customers come.
        expect(scoreFor([at(31, a, first), at(35, b, second)])).toBe(
          scoreFor([at(35, a, first), at(31, b, second)]),
        );
      }),
    );
  });

  it('never makes money out of nothing: the papers add up to what every order is worth', async () => {
    const scenario = await projectScenario(slug);
    holds(
      fc.property(fc.array(deeds(scenario), { maxLength: 25 }), fc.nat(), (done, seed) => {
        const { state } = replay(scenario, seed, historyOf(scenario, seed, done));
        for (const { amount, figures } of state.papers) {
          expect(Number.isInteger(amount)).toBe(true);
          expect(figures.every((figure) => Number.isInteger(figure) && figure > 0)).toBe(true);
          expect(amount === 0 || figures.includes(Math.abs(amount))).toBe(true);
        }
        for (const sheet of state.sheets.values()) expect(sheet.stock).toBeGreaterThanOrEqual(0);
        expect(state.wallet.balance).toBeLessThanOrEqual(
          [20_000, 500_000, 2_000_000][state.wallet.level] ?? 0,
        );
      }),
    );
  });
});

describe('the simulated world', () => {
  const week = (commands: string, seed?: number): Promise<Player> =>
    projectScenario('semaine-de-commandes').then((scenario) => new Player(scenario, seed).play(commands));

  it('loses an order after 24 simulated hours to the minute', async () => {
    const { state } = await week('until 3');
    const arrivedAt = state.orders.get('sac-salma')?.arrivedAt ?? 0;
    const scenario = await projectScenario('semaine-de-commandes');
    const statusAt = (minute: number): string | undefined =>
      replay(scenario, 7, [{ id: 'a', at: minute, deed: { kind: 'clock.next' } }]).state.orders.get(
        'sac-salma',
      )?.status;
    const accepting = (minute: number): string | undefined =>
      replay(scenario, 7, [{ id: 'a', at: minute, deed: { kind: 'order.accept', order: 'sac-salma' } }])
        .refusal;
    expect(accepting(arrivedAt + 24 * 60 - 1)).toBeUndefined();
    expect(accepting(arrivedAt + 24 * 60)).toBe('not-now');
    expect(statusAt(arrivedAt + 24 * 60)).toBe('lost');
  });

  it('comes a little earlier or later with another seed, never with the same', async () => {
    const arrivals = async (seed: number): Promise<number[]> =>
      [...(await week('until 30', seed)).state.orders.values()].map(({ arrivedAt }) => arrivedAt);
    expect(await arrivals(1)).toEqual(await arrivals(1));
    expect(await arrivals(1)).not.toEqual(await arrivals(2));
  });

  it('sends a parcel of exactly one kilo back from a private carrier, and lets one gram more pass', async () => {
    const base = await projectScenario('semaine-de-commandes');
    const cameBack = (grams: number): boolean | undefined => {
      const goods = base.goods.map((good) => ({ ...good, grams: good.id === 'sac' ? grams : good.grams }));
      const player = new Player({ ...base, goods }).play(
        'until 3; accept sac-salma; ship sac-salma private; until 30',
      );
      return player.state.orders.get('sac-salma')?.cameBack;
    };
    expect([cameBack(1000), cameBack(1001)]).toEqual([true, false]);
  });

  it('charges both ways for a refusal at the door, and puts the goods back', async () => {
    const { state } = await week('until 6; accept tapis-driss; ship tapis-driss private; until 30');
    const trips = state.papers.filter(({ order }) => order === 'tapis-driss');
    expect(trips.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['shipping', -3500],
      ['return-trip', -3500],
    ]);
    expect(state.sheets.get('tapis')?.stock).toBe(3);
  });

  it('remits cash two days after the delivery, less the fee', async () => {
    const { state } = await week('until 3; accept sac-salma; ship sac-salma post; until 100');
    const remitted = state.papers.find(({ kind }) => kind === 'remittance');
    expect([remitted?.amount, remitted?.figures]).toEqual([27_000, [28_000, 1000, 27_000]]);
    expect((remitted?.at ?? 0) - 3 * 60).toBe((40 + 48) * 60);
  });

  it('loses the goods, and no money, to a false screenshot', async () => {
    const scenario = await projectScenario('paiements-et-arnaques');
    const player = new Player(scenario).play(
      'until 3; accept faux-virement; ship faux-virement post; until 60',
    );
    expect(player.state.goodsLost).toBe(22_000 + 12_500);
    expect(
      player.state.papers.filter(({ order }) => order === 'faux-virement').map(({ kind }) => kind),
    ).toEqual(['shipping']);
  });

  it('asks the bank again for each link, pays out less the fee, and takes back what a seller typed', async () => {
    const scenario = await projectScenario('paiements-et-arnaques');
    const linked = new Player(scenario).play(
      'until 7; accept carte; link carte; until 9; link carte; until 40',
    );
    const steps = linked.state.orders.get('carte')?.steps.map(({ what }) => what);
    expect(steps).toEqual([
      'new',
      'accepted',
      'link-sent',
      'card-no-code',
      'link-sent',
      'card-approved',
      'paid-out',
    ]);
    expect(linked.state.papers.find(({ kind }) => kind === 'card-payout')?.amount).toBe(48_000 - 960);
    const typed = new Player(scenario).play('until 7; accept carte; keyin carte; until 70');
    expect(typed.state.orders.get('carte')?.payment).toBe('disputed');
    expect(
      typed.state.papers
        .filter(({ order }) => order === 'carte')
        .reduce((sum, { amount }) => sum + amount, 0),
    ).toBe(0);
  });

  it('holds a wallet to its ceiling until the next level is granted, a day later', async () => {
    const scenario = await projectScenario('paiements-et-arnaques');
    const player = new Player(scenario).play('until 9; accept portefeuille; ask portefeuille');
    expect(player.state.wallet).toEqual({ level: 0, balance: 0, refusals: 1, raising: false });
    player.play('raise; raise');
    expect(player.refused).toEqual(['wallet.raise not-now']);
    player.play('until 33; ask portefeuille');
    expect(player.state.wallet).toEqual({ level: 1, balance: 48_000, refusals: 1, raising: false });
    player.play('cashout; cashout; raise; until 60; raise');
    expect(player.state.wallet).toMatchObject({ level: 2, balance: 0 });
    expect(player.refused.slice(1)).toEqual(['wallet.cashOut wallet-empty', 'wallet.raise wallet-at-top']);
  });

  it.each([
    ['accept nobody', 'order.accept no-such-thing'],
    ['accept sac-salma', 'order.accept no-such-thing'],
    ['until 3; accept sac-salma; accept sac-salma', 'order.accept answered-already'],
    ['until 3; ship sac-salma post', 'order.ship not-now'],
    ['until 3; refund sac-salma cash', 'order.refund nothing-to-pay'],
    ['until 3; link sac-salma', 'card.link not-now'],
    ['until 3; ask sac-salma', 'wallet.ask not-now'],
    ['until 3; check sac-salma', 'order.check not-now'],
    ['until 30; decline sac-salma', 'order.decline not-now'],
    ['until 3; decline sac-salma; decline sac-salma', 'order.decline answered-already'],
    ['until 30; call sac-salma', 'order.call not-now'],
    ['say retard excuse', 'chat.answer no-such-thing'],
    ['until 31; say retard nothing', 'chat.answer no-such-thing'],
    ['until 31; say retard excuse; say retard faute', 'chat.answer chat-answered'],
    ['until 60; say retard excuse', 'chat.answer not-now'],
    ['publish nothing', 'sheet.publish no-such-thing'],
    ['photo sac rug-window', 'sheet.save no-such-thing'],
    ['book fil out 3', 'book.add no-such-thing'],
    ['unbook nothing', 'book.remove no-such-thing'],
    ['until 168; next', 'clock.next week-over'],
    ['until 168; day', 'clock.tomorrow week-over'],
  ])('refuses %s', async (commands, refusal) => {
    expect((await week(commands)).refused).toEqual([refusal]);
  });

  it('refuses an order that the shelf can no longer serve, and a sheet without a price', async () => {
    const scenario = await projectScenario('semaine-de-commandes');
    const player = new Player(scenario).play(
      'until 3; stock sac 0; accept sac-salma; sheet sac 0; publish sac',
    );
    expect(player.refused).toEqual(['order.accept sold-out', 'sheet.publish sheet-incomplete']);
  });
});
