import { bankCodes } from './bank.js';
import { Player, projectScenario } from './fixtures/player.js';

const CARD = 'until 27; accept retour-carte; link retour-carte';

/** Plays the payments scenario; `retour-carte` is approved by the bank at the first link, `carte` only at the second. */
const played = async (commands: string): Promise<Player> =>
  new Player(await projectScenario('paiements-et-arnaques')).play(commands);

const orderOf = ({ state }: Player, id: string) => {
  const order = state.orders.get(id);
  if (!order) throw new Error(`No order ${id}`);
  return { payment: order.payment, status: order.status, steps: order.steps.map(({ what }) => what), order };
};

describe("the bank's page of a card payment", () => {
  it('takes the right code at once, and never asks a second time', async () => {
    const player = await played(`${CARD}; code retour-carte right; until 60`);
    const { payment, steps } = orderOf(player, 'retour-carte');
    expect(payment).toBe('paid');
    expect(steps).toEqual(['new', 'accepted', 'link-sent', 'card-approved', 'paid-out']);
    expect(player.state.papers.filter(({ kind }) => kind === 'card-payout')).toHaveLength(1);
  });

  it('takes two wrong codes and then the right one', async () => {
    const player = await played(
      `${CARD}; code retour-carte wrong; code retour-carte wrong; code retour-carte right`,
    );
    const { payment, steps, order } = orderOf(player, 'retour-carte');
    expect([payment, order.wrongCodes]).toEqual(['paid', 2]);
    expect(steps.slice(2)).toEqual(['link-sent', 'code-wrong', 'code-wrong', 'card-approved']);
  });

  it('refuses the card after the third wrong code; a new link begins anew', async () => {
    const wrong = 'code retour-carte wrong';
    const refused = await played(`${CARD}; ${wrong}; ${wrong}; ${wrong}; ${wrong}`);
    expect(orderOf(refused, 'retour-carte').payment).toBe('declined');
    expect(orderOf(refused, 'retour-carte').steps.slice(-2)).toEqual(['code-wrong', 'card-declined']);
    expect(refused.refused).toEqual(['bank.code not-now']);
    refused.play('link retour-carte; code retour-carte wrong');
    expect(orderOf(refused, 'retour-carte').order.wrongCodes).toBe(1);
    refused.play('code retour-carte right');
    expect(orderOf(refused, 'retour-carte').payment).toBe('paid');
  });

  it('refuses the payment of whoever leaves it, and waits for another link', async () => {
    const player = await played(`${CARD}; leave retour-carte; leave retour-carte`);
    expect(orderOf(player, 'retour-carte')).toMatchObject({ payment: 'declined', status: 'accepted' });
    expect(orderOf(player, 'retour-carte').steps.at(-1)).toBe('bank-left');
    expect(player.refused).toEqual(['bank.cancel not-now']);
    player.play('until 30');
    // The hour of the first link has passed: it answers nothing any more.
    expect(orderOf(player, 'retour-carte').payment).toBe('declined');
    player.play('link retour-carte; until 32');
    expect(orderOf(player, 'retour-carte').payment).toBe('paid');
  });

  it('lets a left link say nothing about the next one of the same hour', async () => {
    const player = await played(`${CARD}; leave retour-carte; link retour-carte; until 29`);
    expect(orderOf(player, 'retour-carte').steps.slice(2)).toEqual([
      'link-sent',
      'bank-left',
      'link-sent',
      'card-approved',
    ]);
  });

  it('answers by itself within the hour, to the minute', async () => {
    const player = await played(CARD);
    const at = Math.floor(player.state.now / 60 + 1) * 60;
    const before = await played(`${CARD}; until ${(at - 1) / 60}`);
    expect(orderOf(before, 'retour-carte').payment).toBe('asked');
    expect(orderOf(await played(`${CARD}; until ${at / 60}`), 'retour-carte').payment).toBe('paid');
  });

  it('sends no code where the scenario says so: then every code is wrong', async () => {
    const player = await played('until 7; accept carte; link carte; code carte right');
    expect(orderOf(player, 'carte')).toMatchObject({ payment: 'asked' });
    expect(orderOf(player, 'carte').steps.at(-1)).toBe('code-wrong');
    player.play('until 9; link carte; code carte right');
    expect(orderOf(player, 'carte').payment).toBe('paid');
  });

  it('says no to the right code of a card that the scenario declines', async () => {
    const base = await projectScenario('paiements-et-arnaques');
    const orders = base.orders.map((one) =>
      one.id === 'retour-carte' ? { ...one, attempts: ['declined' as const] } : one,
    );
    const player = new Player({ ...base, orders }).play(`${CARD}; code retour-carte right`);
    expect(orderOf(player, 'retour-carte').payment).toBe('declined');
    expect(orderOf(player, 'retour-carte').steps.at(-1)).toBe('card-declined');
  });

  it.each([
    ['until 27; code retour-carte right', 'bank.code not-now'],
    ['until 27; accept retour-carte; code retour-carte right', 'bank.code not-now'],
    [`${CARD}; decline retour-carte; code retour-carte right`, 'bank.code not-now'],
    ['until 9; accept portefeuille; leave portefeuille', 'bank.cancel not-now'],
    ['until 5; accept vrai-virement; code vrai-virement right', 'bank.code not-now'],
    [`${CARD}; keyin retour-carte`, 'card.keyIn not-now'],
    [`${CARD}; link retour-carte`, 'card.link not-now'],
  ])('is not there: %s', async (commands, refusal) => {
    expect((await played(commands)).refused).toEqual([refusal]);
  });

  it('has three codes of six digits, the same for the same link, others for the next and for another seed', async () => {
    const { order } = orderOf(await played(CARD), 'retour-carte');
    const codes = bankCodes(7, order);
    expect(codes.choices).toHaveLength(3);
    expect(new Set(codes.choices).size).toBe(3);
    expect([...codes.choices].sort()).toEqual(codes.choices);
    for (const code of codes.choices) expect(code).toMatch(/^\d{6}$/);
    expect(codes.choices).toContain(codes.right);
    expect(bankCodes(7, order)).toEqual(codes);
    expect(bankCodes(8, order).right).not.toBe(codes.right);
    expect(bankCodes(7, { ...order, links: 2 }).right).not.toBe(codes.right);
    const rights = Array.from({ length: 40 }, (_, seed) => bankCodes(seed, order));
    // The right one is not always at the same place.
    expect(new Set(rights.map(({ right, choices }) => choices.indexOf(right))).size).toBe(3);
  });
});
