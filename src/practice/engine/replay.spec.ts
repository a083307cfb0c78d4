import fc from 'fast-check';
import { holds } from '../../../test/support/property.js';
import type { Action, Deed } from './action.js';
import { factsOf } from './facts.js';
import { aimed, apart, historyOf, idOf, wish, wishes } from './fixtures/any-deeds.js';
import { Player, projectScenario } from './fixtures/player.js';
import { replay } from './replay.js';
import { scoreOf } from './rules.js';
import type { Scenario } from './scenario.js';
import { MINUTES_A_DAY, MINUTES_AN_HOUR } from './state.js';

/** More than any trainee taps. */
const ACTIONS_OF_A_WEEK = 1000;

const SLUGS = ['ma-boutique', 'semaine-de-commandes', 'paiements-et-arnaques'];

/** Everything there is to know of a shop, without the scenario. */
function whole(scenario: Scenario, seed: number, actions: readonly Action[]): string {
  const { state } = replay(scenario, seed, actions);
  const { name, terms, sheets, orders, chats, papers, book, wallet, now, goodsLost, ignored } = state;
  const score = scoreOf(scenario, factsOf(state)).exercises.map((one) => [
    one.state,
    one.points,
    one.path?.id,
  ]);
  return JSON.stringify([
    name,
    terms ?? null,
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

/** Facts, results and what was refused at a simulated minute. */
function scoreAt(scenario: Scenario, seed: number, actions: readonly Action[], at: number): string {
  // Refused, so that it does nothing but let time pass.
  const look: Action = { id: idOf(2000), at, deed: { kind: 'book.remove', line: 'none' } };
  const { state } = replay(scenario, seed, [...actions, look]);
  const facts = factsOf(state);
  const results = scoreOf(scenario, facts).exercises.map((one) => [one.state, one.points, one.path?.id]);
  return JSON.stringify([[...facts], results, [...state.ignored].sort()]);
}

describe.each(SLUGS)('a shop of %s', (slug) => {
  it('is the same for the same actions, in whatever order they arrive, and however often', async () => {
    const scenario = await projectScenario(slug);
    holds(
      fc.property(wishes(scenario), fc.nat(), fc.nat(), (wished, seed, shuffle) => {
        const actions = historyOf(scenario, seed, wished);
        const arrived = [...actions, ...actions.slice(0, 3)].sort(
          (a, b) => ((a.at * 7919 + shuffle) % 101) - ((b.at * 7919 + shuffle) % 101),
        );
        expect(whole(scenario, seed, arrived)).toBe(whole(scenario, seed, actions));
      }),
    );
  });

  it('gives the same score when deeds of one hour that do not touch each other change places', async () => {
    const scenario = await projectScenario(slug);
    const some = fc.array(wish(scenario, ['clock.next', 'clock.tomorrow']), {
      ...{ minLength: 6, maxLength: 14, size: 'max' },
    });
    const { post, private: other } = scenario.carriers;
    // Hours after which something comes of a deed: whoever looks then sees the same, and at the end as well.
    const looks = fc.constantFrom(1, 2, 12, 24, 48, post.hours, other.hours);
    const order = fc.infiniteStream(fc.nat());
    holds(
      fc.property(wishes(scenario), some, fc.nat(), looks, order, (wished, all, seed, look, places) => {
        const before = historyOf(scenario, seed, wished);
        const { state, nextAt } = replay(scenario, seed, before);
        const hour = (Math.floor(nextAt / MINUTES_AN_HOUR) + 1) * MINUTES_AN_HOUR;
        const wanted = all.map((each) => aimed(each, { state, seed }));
        const group = apart(scenario, wanted).map((deed, index) => ({ id: idOf(1000 + index), deed }));
        const told = (placed: typeof group): string[] => {
          // After the half hour in which customers come.
          const done = placed.map((one, place) => ({ ...one, at: hour + 31 + 2 * place }));
          const middle = hour + 31 + placed.length;
          return [middle + look * MINUTES_AN_HOUR, hour + scenario.days * MINUTES_A_DAY].map((at) =>
            scoreAt(scenario, seed, [...before, ...done], at),
          );
        };
        const keys = new Map(group.map(({ id }) => [id, places.next().value ?? 0]));
        const shuffled = [...group].sort((a, b) => (keys.get(a.id) ?? 0) - (keys.get(b.id) ?? 0));
        expect(told(shuffled)).toEqual(told(group));
        expect(told([...group].reverse())).toEqual(told(group));
      }),
    );
  });

  it('never makes money out of nothing: the papers add up to what every order is worth', async () => {
    const scenario = await projectScenario(slug);
    holds(
      fc.property(wishes(scenario), fc.nat(), (wished, seed) => {
        const { state } = replay(scenario, seed, historyOf(scenario, seed, wished));
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

describe('a week of a busy shop', () => {
  it('is simulated and scored, with a thousand actions, in less than a second of processor time', async () => {
    const scenario = await projectScenario('semaine-de-commandes');
    const verbs = ['order.accept', 'order.call', 'order.ship', 'order.check', 'wallet.ask'] as const;
    const minutes = scenario.days * MINUTES_A_DAY;
    const actions = Array.from({ length: ACTIONS_OF_A_WEEK }, (_, n): Action => {
      const order = scenario.orders[n % scenario.orders.length]?.id ?? '';
      const kind = verbs[n % verbs.length] ?? 'order.call';
      const deed: Deed = kind === 'order.ship' ? { kind, order, carrier: 'post' } : { kind, order };
      const line: Deed = { kind: 'book.add', paper: 'fil', direction: 'out', amount: 8450 };
      return { id: idOf(n), at: Math.floor((n / ACTIONS_OF_A_WEEK) * minutes), deed: n % 3 ? deed : line };
    });
    const before = process.cpuUsage();
    const { state } = replay(scenario, 7, actions);
    const { points } = scoreOf(scenario, factsOf(state));
    const { user, system } = process.cpuUsage(before);
    expect([Number.isInteger(points), state.book.length > 200, state.papers.length > 5]).toEqual([
      true,
      true,
      true,
    ]);
    expect((user + system) / 1e6).toBeLessThan(1);
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
