import type { Refusal } from './action.js';
import { atBank, bankCodes, outcomeOf } from './bank.js';
import type { CardOutcome, PaymentMethod } from './scenario.js';
import type { Simulation } from './simulation.js';
import { MINUTES_AN_HOUR, type OrderState } from './state.js';
import { payOut } from './world.js';

const ATTEMPT_MINUTES = MINUTES_AN_HOUR;
const DISPUTE_MINUTES = 48 * MINUTES_AN_HOUR;
/** Mistyped codes after which the bank refuses the card. */
const MOST_WRONG_CODES = 3;

type Outcome = Refusal | undefined;

/** Is the order one that is paid this way, and waits for it? */
export function waitsFor(order: OrderState, method: PaymentMethod): boolean {
  return order.script.method === method && order.status === 'accepted' && order.payment !== 'paid';
}

/** Sends the customer a link to pay with; the bank answers within the hour, or when the customer has been to its page. */
export function sendLink(sim: Simulation, order: OrderState): Outcome {
  if (!waitsFor(order, 'card') || order.payment === 'asked') return 'not-now';
  order.links += 1;
  order.wrongCodes = 0;
  order.payment = 'asked';
  sim.step(order, 'link-sent');
  const link = order.links;
  sim.plan(sim.hourBegun + ATTEMPT_MINUTES, `attempt ${order.script.id}`, () => {
    if (atBank(order) && order.links === link) settle(sim, order, outcomeOf(order));
  });
  return undefined;
}

/** What the bank says to the payment. */
function settle(sim: Simulation, order: OrderState, outcome: CardOutcome): void {
  sim.step(order, `card-${outcome}`);
  if (outcome === 'approved') payOut(sim, order);
  else order.payment = outcome;
}

/** The customer types a code on the bank's page; to whom the bank sent none, every code is wrong. */
export function typeCode(sim: Simulation, order: OrderState, code: string): Outcome {
  if (!atBank(order)) return 'not-now';
  const outcome = outcomeOf(order);
  if (outcome !== 'no-code' && code === bankCodes(sim.state.seed, order).right) {
    settle(sim, order, outcome);
    return undefined;
  }
  order.wrongCodes += 1;
  sim.step(order, 'code-wrong');
  if (order.wrongCodes >= MOST_WRONG_CODES) settle(sim, order, 'declined');
  return undefined;
}

/** The customer gives up on the bank's page: the payment is refused, the order still waits for another link. */
export function leaveBank(sim: Simulation, order: OrderState): Outcome {
  if (!atBank(order)) return 'not-now';
  sim.step(order, 'bank-left');
  order.payment = 'declined';
  return undefined;
}

/** The seller types the customer's card: the bank's owner never confirmed, and takes the money back. */
export function keyIn(sim: Simulation, order: OrderState): Outcome {
  if (!waitsFor(order, 'card') || order.payment === 'asked') return 'not-now';
  order.keyedIn = true;
  sim.step(order, 'keyed-in');
  const net = payOut(sim, order);
  sim.plan(sim.hourBegun + DISPUTE_MINUTES, `dispute ${order.script.id}`, () => {
    order.payment = 'disputed';
    order.moneyAt = -1;
    sim.step(order, 'disputed');
    sim.paper('chargeback', -net, [order.total, net], order);
  });
  return undefined;
}
