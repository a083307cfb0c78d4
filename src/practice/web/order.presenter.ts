import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { Deed } from '../engine/action.js';
import { replay } from '../engine/replay.js';
import { CARRIERS, PAYMENT_METHODS } from '../engine/scenario.js';
import type { OrderState } from '../engine/state.js';
import type { OpenShop } from '../open-shop.js';
import { atBank } from '../engine/bank.js';
import {
  type DeedForm,
  deedForm,
  momentOf,
  pictureHref,
  presentHead,
  sheetPictureHref,
} from './frame.presenter.js';

const TONES: Readonly<Record<string, string>> = {
  new: 'warn',
  accepted: 'info',
  shipped: 'info',
  delivered: 'good',
  lost: 'bad',
  missed: 'bad',
  returned: 'warn',
};

interface Offer {
  readonly deed: Deed;
  readonly word: string;
  readonly glyph: string;
  readonly tone?: string;
}

/** An order in a list. */
export function presentOrderCard(shop: OpenShop, order: OrderState, locale: Locale) {
  const { scenario } = shop;
  const { script } = order;
  const customer = scenario.customers.find(({ id }) => id === script.customer);
  const good = scenario.goods.find(({ id }) => id === script.good);
  return {
    id: script.id,
    href: `/${locale}/practice/${scenario.slug}/orders/${script.id}`,
    face: pictureHref(customer?.picture ?? 'unknown'),
    name: customer?.name,
    city: customer?.city,
    good: good?.name,
    quantity: script.quantity,
    total: order.status === 'missed' ? null : order.total,
    method: t(locale, `practice:method.${script.method}`),
    status: { kind: TONES[order.status] ?? 'neutral', text: statusText(order, locale) },
  };
}

function statusText({ status, missed }: OrderState, locale: Locale): string {
  return t(locale, status === 'missed' ? `practice:missed.${missed}` : `practice:status.${status}`);
}

/** Everything there is to do about an order, whether it can be done now or not. */
function offersOf(order: string): Offer[] {
  const on = (kind: string, word: string, glyph: string, more: object = {}, tone?: string): Offer => ({
    deed: { kind, order, ...more } as unknown as Deed,
    ...{ word, glyph },
    ...(tone ? { tone } : {}),
  });
  return [
    on('order.accept', 'accept', 'check', {}, 'action'),
    on('order.call', 'call', 'phone'),
    on('order.check', 'check', 'landmark'),
    on('card.link', 'link', 'link'),
    on('card.keyIn', 'keyIn', 'credit-card'),
    on('wallet.ask', 'ask', 'smartphone'),
    ...CARRIERS.map((carrier) =>
      on('order.ship', `ship-${carrier}`, carrier === 'post' ? 'mail' : 'truck', { carrier }),
    ),
    ...PAYMENT_METHODS.map((channel) => on('order.refund', `refund-${channel}`, 'undo-2', { channel })),
    on('order.decline', 'decline', 'x', {}, 'danger'),
  ];
}

/** What can be done about an order now: the engine itself is asked. */
export function formsOf({ scenario, row, state }: OpenShop, order: string, locale: Locale): DeedForm[] {
  const back = `/practice/${scenario.slug}/orders/${order}`;
  const at = state.now + 1;
  const isAllowed = ({ deed }: Offer): boolean => {
    const asked = { id: 'asked', at, deed };
    return replay(scenario, row.seed, [...row.actions, asked]).refusal === undefined;
  };
  return offersOf(order)
    .filter(isAllowed)
    .map(({ deed, word, glyph, tone }) => {
      const fields = Object.fromEntries(Object.entries(deed).map(([name, value]) => [name, String(value)]));
      return deedForm({ locale, slug: scenario.slug, back }, fields, {
        word,
        glyph,
        ...(tone ? { tone } : {}),
      });
    });
}

/** An order with its road and what can be done. */
export function presentOrder(shop: OpenShop, order: OrderState, locale: Locale) {
  const { scenario } = shop;
  const { script, steps } = order;
  const good = scenario.goods.find(({ id }) => id === script.good);
  const base = `/${locale}/practice/${scenario.slug}`;
  return {
    head: presentHead(shop, 'orders', locale),
    order: {
      ...presentOrderCard(shop, order, locale),
      picture: good ? sheetPictureHref(shop, good) : pictureHref('unknown'),
      grams: (good?.grams ?? 0) * script.quantity,
      claimed: order.payment === 'claimed' ? pictureHref('phone-transfer') : undefined,
      payment: t(locale, `practice:payment.${order.payment}`),
      steps: steps.map(({ at, what }, index) => ({
        name: t(locale, `practice:step.${what}`),
        when: momentOf(at, locale),
        state: index === steps.length - 1 ? 'current' : 'done',
      })),
      forms: formsOf(shop, script.id, locale),
      bankHref: atBank(order) ? `${base}/orders/${script.id}/bank` : undefined,
      labelHref: order.answeredAt >= 0 ? `${base}/orders/${script.id}/label` : undefined,
    },
    listHref: `${base}/orders`,
  };
}

/** Every order that came, those to answer first, and the wallet. */
export function presentOrders(shop: OpenShop, locale: Locale, wallet: object) {
  const came = [...shop.state.orders.values()].filter(({ arrivedAt }) => arrivedAt >= 0);
  came.sort((a, b) => Number(b.status === 'new') - Number(a.status === 'new') || b.arrivedAt - a.arrivedAt);
  const orders = came.map((order) => presentOrderCard(shop, order, locale));
  return { head: presentHead(shop, 'orders', locale), orders, wallet };
}

/** What is stuck on the parcel. */
export function presentLabel(shop: OpenShop, order: OrderState, locale: Locale) {
  const { script, total } = order;
  const good = shop.scenario.goods.find(({ id }) => id === script.good);
  return {
    order: { ...presentOrderCard(shop, order, locale), grams: (good?.grams ?? 0) * script.quantity },
    cash: script.method === 'cash' ? total : 0,
    from: shop.state.name,
    code: shop.row.code.toUpperCase(),
    backHref: `/${locale}/practice/${shop.scenario.slug}/orders/${script.id}`,
  };
}
