import type { Locale } from '../../shared/i18n/i18n.js';
import { bankCodes, outcomeOf } from '../engine/bank.js';
import type { OrderState } from '../engine/state.js';
import type { OpenShop } from '../open-shop.js';
import { deedForm, pictureHref, presentHead } from './frame.presenter.js';

/** The bank's page as the customer sees it: whom they pay and how much, the code on their phone, and codes to choose from. */
export function presentBank(shop: OpenShop, order: OrderState, locale: Locale) {
  const { scenario, state, row } = shop;
  const { script, total, wrongCodes } = order;
  const customer = scenario.customers.find(({ id }) => id === script.customer);
  const back = `/practice/${scenario.slug}/orders/${script.id}`;
  const bank = `${back}/bank`;
  const { right, choices } = bankCodes(row.seed, order);
  const place = { locale, slug: scenario.slug };
  return {
    head: presentHead(shop, 'orders', locale),
    backHref: `/${locale}${back}`,
    name: customer?.name,
    face: pictureHref(customer?.picture ?? 'unknown'),
    shop: state.name,
    total,
    // Nothing comes to a phone that has no network; then every code is wrong.
    sent: outcomeOf(order) === 'no-code' ? undefined : right,
    wrongCodes,
    codes: choices.map((code) => ({
      ...deedForm(
        { ...place, back: bank },
        { kind: 'bank.code', order: script.id, code },
        { word: 'code', glyph: 'key-round' },
      ),
      label: code,
    })),
    leave: deedForm(
      { ...place, back },
      { kind: 'bank.cancel', order: script.id },
      { word: 'leave', glyph: 'x', tone: 'danger' },
    ),
  };
}
