import { percentOf } from './margin.js';
import type { OrderScript } from './scenario.js';
import type { Simulation } from './simulation.js';
import { MINUTES_A_DAY, MINUTES_AN_HOUR, type OrderState, type ShopState } from './state.js';

/** A customer waits one day for an answer. */
export const ANSWER_MINUTES = MINUTES_A_DAY;
/** Parcels up to this weight belong to the Post (dahir of 25 November 1924). */
export const POST_MONOPOLY_GRAMS = 1000;
/** Customers come within half an hour of the scripted time. */
const SPREAD_MINUTES = 30;
const BACK_MINUTES = 12 * MINUTES_AN_HOUR;
const PAYOUT_MINUTES = MINUTES_A_DAY;
const REMITTANCE_MINUTES = 2 * MINUTES_A_DAY;

/** Puts everything that the scenario scripts on the calendar. */
export function planScenario(sim: Simulation): void {
  const { scenario } = sim.state;
  for (const { id, hour } of scenario.orders) {
    if (hour !== undefined)
      sim.plan(arrival(sim, id, hour), `order ${id}`, () => arrive(sim, orderOf(sim, id)));
  }
  for (const { id, hour } of scenario.chats) {
    sim.plan(arrival(sim, id, hour), `chat ${id}`, () => beginChat(sim, id));
  }
  for (const { id, hour, amount, figures } of scenario.papers) {
    sim.plan(hour * MINUTES_AN_HOUR, `paper ${id}`, () => {
      sim.state.papers.push({ id, at: sim.state.now, kind: 'paper', amount, figures });
    });
  }
}

function arrival(sim: Simulation, id: string, hour: number): number {
  return hour * MINUTES_AN_HOUR + sim.jitter(id, SPREAD_MINUTES);
}

/** The state of an order that the scenario has. */
export function orderOf(sim: Simulation, id: string): OrderState {
  const order = sim.state.orders.get(id);
  if (!order) throw new Error(`No order ${id} in ${sim.state.scenario.slug}`);
  return order;
}

/** A customer comes and orders, unless the sheet keeps them from it. */
export function arrive(sim: Simulation, order: OrderState): void {
  if (order.status !== 'coming') return;
  const { script } = order;
  order.arrivedAt = sim.state.now;
  order.missed = whyNot(sim, script);
  order.status = order.missed ? 'missed' : 'new';
  sim.step(order, order.status);
  const sheet = sim.state.sheets.get(script.good);
  if (order.missed || !sheet) return;
  order.total = sheet.price * script.quantity + deliveryFeeOf(sim.state);
  sim.plan(sim.state.now + ANSWER_MINUTES, `lost ${script.id}`, () => {
    if (order.status !== 'new') return;
    order.status = 'lost';
    sim.step(order, 'lost');
  });
}

/** Centimes that an order pays for delivery now. */
export function deliveryFeeOf({ scenario, terms }: ShopState): number {
  return terms?.deliveryFee ?? scenario.deliveryFee;
}

function whyNot(sim: Simulation, { good, quantity, upTo, deliveryUpTo }: OrderScript): OrderState['missed'] {
  const sheet = sim.state.sheets.get(good);
  if (!sheet?.published) return 'unpublished';
  if (sheet.stock < quantity) return 'sold-out';
  if (upTo !== undefined && sheet.price > upTo) return 'too-dear';
  return deliveryUpTo !== undefined && deliveryFeeOf(sim.state) > deliveryUpTo ? 'dear-delivery' : '';
}

function beginChat(sim: Simulation, id: string): void {
  const chat = { at: sim.state.now, choice: '', missed: false };
  sim.state.chats.set(id, chat);
  sim.plan(sim.state.now + ANSWER_MINUTES, `silence ${id}`, () => (chat.missed = chat.choice === ''), true);
}

/** Grams of an order's goods; a seller adds nothing to pass a limit. */
export function gramsOf(sim: Simulation, { good, quantity }: OrderScript): number {
  return (sim.state.scenario.goods.find(({ id }) => id === good)?.grams ?? 0) * quantity;
}

/** Gives goods back to the shelf (or takes them, when negative). */
export function restock(sim: Simulation, { script }: OrderState, sign: 1 | -1): void {
  const sheet = sim.state.sheets.get(script.good);
  if (sheet) sim.state.sheets.set(script.good, { ...sheet, stock: sheet.stock + sign * script.quantity });
}

/** The parcel is on its way: it arrives, or a private carrier may not carry it. */
export function travel(sim: Simulation, order: OrderState): void {
  const { carrier, script } = order;
  if (carrier === '') return;
  const terms = sim.state.scenario.carriers[carrier];
  const now = sim.hourBegun;
  if (carrier === 'private' && gramsOf(sim, script) <= POST_MONOPOLY_GRAMS) {
    sim.plan(now + BACK_MINUTES, `back ${script.id}`, () => {
      order.cameBack = true;
      order.status = 'accepted';
      sim.step(order, 'came-back');
      sim.paper('return-trip', -terms.price, [terms.price], order);
    });
    return;
  }
  sim.plan(now + terms.hours * MINUTES_AN_HOUR, `door ${script.id}`, () =>
    atTheDoor(sim, order, terms.price),
  );
}

function atTheDoor(sim: Simulation, order: OrderState, price: number): void {
  const { script } = order;
  if (
    script.method === 'cash' &&
    (script.cash === 'refuses' || (script.cash === 'pays-if-called' && !order.called))
  ) {
    order.refusedAtDoor = true;
    order.status = 'returned';
    sim.step(order, 'refused');
    sim.paper('return-trip', -price, [price], order);
    restock(sim, order, 1);
    return;
  }
  order.status = 'delivered';
  sim.step(order, 'delivered');
  if (script.method === 'cash') remit(sim, order);
  else if (order.shippedUnpaid && script.transferHours === undefined) loseGoods(sim, order);
  if (script.returnHours !== undefined) {
    sim.plan(sim.state.now + script.returnHours * MINUTES_AN_HOUR, `return ${script.id}`, () => {
      order.refundDue = true;
      sim.step(order, 'wants-back');
    });
  }
}

/** The carrier hands over what it collected, less its fee. */
function remit(sim: Simulation, order: OrderState): void {
  order.payment = 'asked';
  const { collectionFee } = sim.state.scenario;
  sim.plan(sim.state.now + REMITTANCE_MINUTES, `remit ${order.script.id}`, () => {
    if (order.payment !== 'refunded') order.payment = 'paid';
    order.moneyAt = sim.state.now;
    sim.step(order, 'remitted');
    const net = order.total - collectionFee;
    sim.paper('remittance', net, [order.total, collectionFee, net], order);
  });
}

function loseGoods(sim: Simulation, { script }: OrderState): void {
  const good = sim.state.scenario.goods.find(({ id }) => id === script.good);
  if (!good) return;
  sim.state.goodsLost += (good.materials + Math.round((good.minutes * good.hourRate) / 60)) * script.quantity;
}

/** The bank has said yes: the institution pays out a day later, less its fee. */
export function payOut(sim: Simulation, order: OrderState): number {
  order.payment = 'paid';
  const { total, script } = order;
  const fee = percentOf(total, sim.state.scenario.cardFee);
  sim.plan(sim.hourBegun + PAYOUT_MINUTES, `payout ${script.id}`, () => {
    order.moneyAt = sim.state.now;
    sim.step(order, 'paid-out');
    sim.paper('card-payout', total - fee, [total, fee, total - fee], order);
  });
  return total - fee;
}
