import type { Deed, Refusal } from './action.js';
import { keyIn, leaveBank, sendLink, typeCode, waitsFor } from './card-deeds.js';
import type { Carrier, PaymentMethod } from './scenario.js';
import type { Simulation } from './simulation.js';
import { MINUTES_AN_HOUR, type OrderState, WALLET_CEILINGS } from './state.js';
import { restock, travel } from './world.js';

const CLAIM_MINUTES = 2 * MINUTES_AN_HOUR;

type OrderDeed = Extract<Deed, { order: string }>;
type Outcome = Refusal | undefined;

/** Does something about one order. @returns why it cannot be done, when it cannot */
export function onOrder(sim: Simulation, deed: OrderDeed): Outcome {
  const order = sim.state.orders.get(deed.order);
  if (!order || order.arrivedAt < 0) return 'no-such-thing';
  switch (deed.kind) {
    case 'order.accept':
      return accept(sim, order);
    case 'order.decline':
      return decline(sim, order);
    case 'order.call':
      return call(sim, order);
    case 'order.check':
      return check(sim, order);
    case 'order.ship':
      return ship(sim, order, deed.carrier);
    case 'order.refund':
      return refund(sim, order, deed.channel);
    case 'card.link':
      return sendLink(sim, order);
    case 'card.keyIn':
      return keyIn(sim, order);
    case 'bank.code':
      return typeCode(sim, order, deed.code);
    case 'bank.cancel':
      return leaveBank(sim, order);
    case 'wallet.ask':
      return askWallet(sim, order);
  }
}

function accept(sim: Simulation, order: OrderState): Outcome {
  if (order.status !== 'new') return order.answeredAt < 0 ? 'not-now' : 'answered-already';
  const { script } = order;
  if ((sim.state.sheets.get(script.good)?.stock ?? 0) < script.quantity) return 'sold-out';
  order.status = 'accepted';
  order.answeredAt = sim.state.now;
  sim.step(order, 'accepted');
  restock(sim, order, -1);
  if (script.method === 'transfer') awaitTransfer(sim, order);
  return undefined;
}

function awaitTransfer(sim: Simulation, order: OrderState): void {
  const now = sim.hourBegun;
  const { id, transferHours } = order.script;
  order.payment = 'asked';
  sim.plan(now + CLAIM_MINUTES, `claim ${id}`, () => {
    if (order.payment !== 'asked') return;
    order.payment = 'claimed';
    sim.step(order, 'claimed');
  });
  if (transferHours === undefined) return;
  const credit = (): void => {
    if (order.status === 'cancelled') return;
    order.moneyAt = sim.state.now;
    sim.paper('transfer', order.total, [order.total], order);
  };
  sim.plan(now + transferHours * MINUTES_AN_HOUR, `credit ${id}`, credit, true);
}

function decline(sim: Simulation, order: OrderState): Outcome {
  if (order.status === 'new') {
    order.status = 'declined';
    order.answeredAt = sim.state.now;
  } else if (order.status === 'accepted') {
    order.status = 'cancelled';
    order.refundDue = order.payment === 'paid' || order.moneyAt >= 0;
    restock(sim, order, 1);
  } else return order.answeredAt < 0 ? 'not-now' : 'answered-already';
  sim.step(order, order.status);
  return undefined;
}

function call(sim: Simulation, order: OrderState): Outcome {
  if (order.status !== 'new' && order.status !== 'accepted') return 'not-now';
  order.called = true;
  sim.step(order, order.script.method === 'cash' && order.script.cash === 'refuses' ? 'no-answer' : 'called');
  return undefined;
}

function check(sim: Simulation, order: OrderState): Outcome {
  if (order.script.method !== 'transfer' || order.answeredAt < 0) return 'not-now';
  if (order.status === 'accepted') order.checked = true;
  if (order.moneyAt >= 0 && order.payment !== 'refunded') order.payment = 'paid';
  sim.step(order, order.moneyAt >= 0 ? 'credited' : 'not-credited');
  return undefined;
}

function ship(sim: Simulation, order: OrderState, carrier: Carrier): Outcome {
  if (order.status !== 'accepted') return 'not-now';
  order.status = 'shipped';
  order.carrier = carrier;
  const isPaid = order.payment === 'paid' || order.moneyAt >= 0;
  if (order.script.method !== 'cash' && !isPaid) order.shippedUnpaid = true;
  sim.step(order, `shipped-${carrier}`);
  const { price } = sim.state.scenario.carriers[carrier];
  sim.paper('shipping', -price, [price], order);
  travel(sim, order);
  return undefined;
}

function refund(sim: Simulation, order: OrderState, channel: PaymentMethod): Outcome {
  if (!order.refundDue) return 'nothing-to-pay';
  order.refundDue = false;
  order.refundChannel = channel;
  order.payment = 'refunded';
  if (order.status === 'delivered') {
    order.status = 'returned';
    restock(sim, order, 1);
  }
  if (channel === 'wallet') sim.state.wallet.balance = Math.max(0, sim.state.wallet.balance - order.total);
  sim.step(order, 'refunded');
  sim.paper('refund', -order.total, [order.total], order);
  return undefined;
}

function askWallet(sim: Simulation, order: OrderState): Outcome {
  if (!waitsFor(order, 'wallet')) return 'not-now';
  const { wallet } = sim.state;
  if (wallet.balance + order.total > ceilingOf(sim)) {
    wallet.refusals += 1;
    order.payment = 'over-ceiling';
    sim.step(order, 'over-ceiling');
    return undefined;
  }
  wallet.balance += order.total;
  order.payment = 'paid';
  order.moneyAt = sim.state.now;
  sim.step(order, 'wallet-paid');
  sim.paper('wallet', order.total, [order.total], order);
  return undefined;
}

/** Centimes that the seller's wallet may hold. */
export function ceilingOf({ state }: Simulation): number {
  return WALLET_CEILINGS[state.wallet.level] ?? 0;
}
