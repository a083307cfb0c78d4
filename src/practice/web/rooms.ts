import { type Locale, t } from '../../shared/i18n/i18n.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { atBank } from '../engine/bank.js';
import type { OpenShop } from '../open-shop.js';
import { goodOf, offerOf, orderOf } from '../shop-parts.js';
import { presentBank } from './bank.presenter.js';
import { presentBook } from './book.presenter.js';
import { presentCounter } from './counter.presenter.js';
import { presentLabel, presentOrder, presentOrders } from './order.presenter.js';
import { presentProduct, presentProducts } from './product.presenter.js';
import { presentExercises, presentMessages } from './talk.presenter.js';
import { presentTerms } from './terms.presenter.js';
import { presentWallet } from './wallet.presenter.js';

/** Views of the shop and the word that is their title. */
const ROOM_TITLES = {
  products: 'tabs.products',
  product: 'tabs.products',
  terms: 'shop.termsTitle',
  orders: 'tabs.orders',
  order: 'tabs.orders',
  label: 'label.title',
  bank: 'bank.title',
  messages: 'tabs.messages',
  book: 'tabs.book',
  exercises: 'tabs.exercises',
} as const;
export type Room = keyof typeof ROOM_TITLES | 'counter';

/** What is at an address of a shop: a room, or another address below the shop's where one has to go. */
export type Place = { readonly room: Room; readonly model: object } | { readonly elsewhere: string };

type Door = (shop: OpenShop, locale: Locale, key: string) => Place;

/** Rooms by their place below the shop's address; `*` is the id of a thing in it. */
const DOORS: Readonly<Record<string, Door>> = {
  '': (shop, locale) => ({ room: 'counter', model: presentCounter(shop, locale) }),
  products: (shop, locale) => ({ room: 'products', model: presentProducts(shop, locale) }),
  'products/*': (shop, locale, good) => ({
    room: 'product',
    model: presentProduct(shop, goodOf(shop, good), locale),
  }),
  terms: (shop, locale) => ({ room: 'terms', model: presentTerms(shop, offerOf(shop), locale) }),
  orders: (shop, locale) => ({
    room: 'orders',
    model: presentOrders(shop, locale, presentWallet(shop, locale)),
  }),
  'orders/*': (shop, locale, id) => ({ room: 'order', model: presentOrder(shop, orderOf(shop, id), locale) }),
  'orders/*/label': (shop, locale, id) => {
    const order = orderOf(shop, id);
    if (order.answeredAt < 0) throw new NotFound('label');
    return { room: 'label', model: presentLabel(shop, order, locale) };
  },
  // The customer's side of a card payment; once the bank has answered it leads back to the order.
  'orders/*/bank': (shop, locale, id) => {
    const order = orderOf(shop, id);
    if (order.links === 0) throw new NotFound('bank');
    if (!atBank(order)) return { elsewhere: `/orders/${id}` };
    return { room: 'bank', model: presentBank(shop, order, locale) };
  },
  messages: (shop, locale) => ({ room: 'messages', model: presentMessages(shop, locale) }),
  book: (shop, locale) => ({ room: 'book', model: presentBook(shop, locale) }),
  exercises: (shop, locale) => ({ room: 'exercises', model: presentExercises(shop, locale) }),
};

/**
 * What is at a place below a shop's address: `` (the counter), `orders`, `orders/{order}/label`.
 *
 * @throws NotFound
 */
export function placeAt(shop: OpenShop, path: string, locale: Locale): Place {
  const [area = '', key = '', ...rest] = path.split('/');
  const place = key === '' ? area : [area, '*', ...rest].join('/');
  const door = Object.hasOwn(DOORS, place) ? DOORS[place] : undefined;
  if (!door) throw new NotFound('room');
  return door(shop, locale, key);
}

/** What a room is called in the head of its page. */
export function titleOf({ scenario }: OpenShop, room: Room, locale: Locale): string {
  if (room === 'counter') return scenario.title[locale] ?? scenario.title.fr;
  return t(locale, `practice:${ROOM_TITLES[room]}`);
}
