import type { Locale } from '../../shared/i18n/i18n.js';
import { WALLET_CEILINGS } from '../engine/state.js';
import type { OpenShop } from '../open-shop.js';
import { deedForm } from './frame.presenter.js';

/** The seller's wallet, and what can be done with it. */
export function presentWallet({ scenario, state }: OpenShop, locale: Locale) {
  const { level, balance, raising } = state.wallet;
  const place = { locale, slug: scenario.slug, back: `/practice/${scenario.slug}/orders` };
  const raise = deedForm(place, { kind: 'wallet.raise' }, { word: 'raise', glyph: 'arrow-up' });
  const cashOut = deedForm(place, { kind: 'wallet.cashOut' }, { word: 'cashOut', glyph: 'hand-coins' });
  return {
    balance,
    ceiling: WALLET_CEILINGS[level] ?? 0,
    raising,
    used: scenario.orders.some(({ method }) => method === 'wallet'),
    forms: [
      ...(raising || level >= WALLET_CEILINGS.length - 1 ? [] : [raise]),
      ...(balance > 0 ? [cashOut] : []),
    ],
  };
}
