import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatMoney } from '../../shared/web/handlebars/format.js';
import { REFUND_PROMISES } from '../engine/action.js';
import type { TermsOffer } from '../engine/scenario.js';
import { refundWords, returnWords } from '../shop-terms.js';
import type { OpenShop } from '../open-shop.js';
import { deedForm, presentHead } from './frame.presenter.js';

/** The choices of the form as they were tapped; centimes and days as text, empty where nothing was. */
export interface TypedTerms {
  readonly deliveryFee: string;
  readonly returnDays: string;
  readonly refund: string;
}

/** The form in which the shop's terms of delivery and returns are chosen. */
export function presentTerms(
  shop: OpenShop,
  offer: TermsOffer,
  locale: Locale,
  refused?: { typed: TypedTerms; errors: Readonly<Record<string, string>> },
) {
  const base = `/practice/${shop.scenario.slug}`;
  const typed = refused?.typed ?? chosenOf(shop);
  const errors = refused?.errors ?? {};
  const field = (name: keyof TypedTerms, options: readonly { value: string; text: string }[]) => ({
    ...{ name, id: `field-${name}`, legend: t(locale, `practice:terms.${name}`), error: errors[name] },
    options: options.map((one) => ({ ...one, checked: one.value === typed[name] })),
  });
  return {
    head: presentHead(shop, 'products', locale),
    listHref: `/${locale}${base}/products`,
    action: `/${locale}${base}/terms`,
    save: deedForm(
      { locale, slug: shop.scenario.slug, back: `${base}/terms` },
      { kind: 'terms.save' },
      { word: 'terms', glyph: 'save', tone: 'primary' },
    ),
    errorList: Object.entries(errors).map(([name, text]) => ({
      field: name,
      text: `${t(locale, `practice:terms.${name}`)} ${text}`,
    })),
    fields: [
      field(
        'deliveryFee',
        offer.deliveryFees.map((fee) => ({
          value: String(fee),
          text: fee === 0 ? t(locale, 'practice:terms.free') : formatMoney(fee, locale, true),
        })),
      ),
      field(
        'returnDays',
        offer.returnDays.map((days) => ({ value: String(days), text: returnWords(days, locale) })),
      ),
      field(
        'refund',
        REFUND_PROMISES.map((value) => ({ value, text: refundWords(value, locale) })),
      ),
    ],
  };
}

function chosenOf({ state: { terms } }: OpenShop): TypedTerms {
  return {
    deliveryFee: terms ? String(terms.deliveryFee) : '',
    returnDays: terms ? String(terms.returnDays) : '',
    refund: terms?.refund ?? '',
  };
}
