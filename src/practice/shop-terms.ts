import { type Locale, t } from '../shared/i18n/i18n.js';
import { formatMoney } from '../shared/web/handlebars/format.js';
import type { RefundPromise } from './engine/action.js';
import { deliveryFeeOf } from './engine/world.js';
import type { OpenShop } from './open-shop.js';

/** Days of return in words. */
export function returnWords(days: number, locale: Locale): string {
  return days === 0
    ? t(locale, 'practice:terms.noReturn')
    : t(locale, 'practice:terms.days', { count: days });
}

/** What comes back for goods that come back, in words. */
export function refundWords(refund: RefundPromise, locale: Locale): string {
  return t(locale, `practice:terms.promise.${refund}`);
}

/** What customers read below the goods: delivery, returns, refund, a sentence each. */
export function termsLines({ state, scenario }: OpenShop, locale: Locale): string[] {
  const fee = deliveryFeeOf(state);
  const delivery =
    fee === 0
      ? t(locale, 'practice:terms.freeDelivery')
      : `${t(locale, 'practice:shop.delivery')} ${formatMoney(fee, locale, true)}`;
  if (!scenario.terms) return [delivery, t(locale, 'practice:shop.terms')];
  if (!state.terms) return [delivery, t(locale, 'practice:terms.unsaid')];
  const { returnDays, refund } = state.terms;
  const returns = returnWords(returnDays, locale);
  if (returnDays === 0) return [delivery, returns];
  return [delivery, returns, refundWords(refund, locale)];
}
