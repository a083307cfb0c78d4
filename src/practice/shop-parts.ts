import { NotFound } from '../shared/errors/domain-error.js';
import type { Good, TermsOffer } from './engine/scenario.js';
import type { OrderState } from './engine/state.js';
import type { OpenShop } from './open-shop.js';

/** @throws NotFound for what nobody makes in this scenario */
export function goodOf({ scenario }: OpenShop, id: string): Good {
  const good = scenario.goods.find((one) => one.id === id);
  if (!good) throw new NotFound('good');
  return good;
}

/** @throws NotFound also for an order that has not come yet */
export function orderOf({ state }: OpenShop, id: string): OrderState {
  const order = state.orders.get(id);
  if (!order || order.arrivedAt < 0) throw new NotFound('order');
  return order;
}

/** @throws NotFound in a shop whose terms are not for the trainee to choose */
export function offerOf({ scenario }: OpenShop): TermsOffer {
  if (!scenario.terms) throw new NotFound('terms');
  return scenario.terms;
}
