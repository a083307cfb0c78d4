import { partsOf } from '../../shared/clock/local-date.js';
import { directionOf, type Locale, t } from '../../shared/i18n/i18n.js';
import { formatMoney } from '../../shared/web/handlebars/format.js';
import type { SheetState } from '../engine/state.js';
import { termsLines } from '../shop-terms.js';
import type { OpenShop } from '../open-shop.js';

/** One product as it is printed; `catalogue.typ` reads exactly these names. */
export interface CatalogueGood {
  readonly titles: readonly { readonly lang: 'fr' | 'ar'; readonly text: string }[];
  readonly price: string;
  readonly stock: string;
  /** File name of its picture. */
  readonly picture: string;
}

/** Everything in the catalogue, in one language. */
export interface CatalogueSheet {
  readonly lang: Locale;
  readonly dir: 'rtl' | 'ltr';
  readonly title: string;
  readonly address: string;
  /** Says that nothing is really for sale. */
  readonly practice: string;
  readonly empty: string;
  readonly goods: readonly CatalogueGood[];
  readonly termsTitle: string;
  readonly terms: readonly string[];
  /** Says that letters were left out, when some were. */
  readonly leftOut: string;
  readonly page: string;
  /** The day it is printed, where we are. */
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
}

/** The published sheets of a shop. */
export function publishedSheets({ state }: OpenShop): SheetState[] {
  return [...state.sheets.values()].filter(({ published }) => published);
}

/**
 * The catalogue of a shop, ready to be set.
 *
 * @param address of the shop's window
 * @param today local date
 * @param pictureOf file name of the picture of a sheet
 */
export function catalogueSheet(
  shop: OpenShop,
  locale: Locale,
  { address, today, pictureOf }: { address: string; today: string; pictureOf: (sheet: SheetState) => string },
): CatalogueSheet {
  const money = (centimes: number): string => plain(formatMoney(centimes, locale));
  const goods = publishedSheets(shop).map((sheet) => {
    const { titleFr, titleAr, price, stock } = sheet;
    const titles = [
      { lang: 'fr' as const, text: titleFr },
      { lang: 'ar' as const, text: titleAr },
    ];
    return {
      // The reader's own language first.
      titles: titles.filter(({ text }) => text !== '').sort((a) => (a.lang === locale ? -1 : 1)),
      price: money(price),
      stock:
        stock > 0
          ? plain(t(locale, 'practice:sheet.inStock', { count: stock }))
          : t(locale, 'practice:sheet.soldOut'),
      picture: pictureOf(sheet),
    };
  });
  return {
    lang: locale,
    dir: directionOf(locale),
    title: shop.state.name || t(locale, 'practice:shop.nameless'),
    address,
    practice: t(locale, 'practice:shop.practice'),
    empty: t(locale, 'practice:shop.emptyText'),
    goods,
    termsTitle: t(locale, 'practice:shop.termsTitle'),
    terms: termsLines(shop, locale).map(plain),
    leftOut: '',
    page: t(locale, 'practice:catalogue.page'),
    date: { ...partsOf(today) },
  };
}

/** The same catalogue without letters that no font has, and with a line that says so. */
export function withoutLetters(sheet: CatalogueSheet, letters: string): CatalogueSheet {
  const missing = new Set(letters);
  const keep = (text: string): string =>
    [...text]
      .filter((letter) => !missing.has(letter))
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
  return {
    ...sheet,
    title: keep(sheet.title) || t(sheet.lang, 'practice:shop.nameless'),
    goods: sheet.goods.map((good) => ({
      ...good,
      titles: good.titles
        .map(({ lang, text }) => ({ lang, text: keep(text) }))
        .filter(({ text }) => text !== ''),
    })),
    leftOut: t(sheet.lang, 'practice:catalogue.leftOut'),
  };
}

/** Without the marks that isolate directions on a screen: the sheet says its directions itself. */
function plain(text: string): string {
  return text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/[\u00a0\u202f]/g, ' ');
}
