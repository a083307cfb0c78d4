import { type Locale, t } from '../../shared/i18n/i18n.js';
import { toAsciiDigits } from '../../shared/text/digits.js';
import { PHOTO_ACCEPT } from '../../shared/files/photo-accept.js';
import { newId } from '../../shared/new-id.js';
import { COUNTED, type Counted, OWN_PHOTO } from '../engine/action.js';
import { costsOf, marginOf } from '../engine/margin.js';
import type { Good } from '../engine/scenario.js';
import { termsLines } from '../shop-terms.js';
import type { OpenShop } from '../open-shop.js';
import {
  addressOf,
  deedForm,
  photoHref,
  pictureHref,
  presentHead,
  sheetPictureHref,
} from './frame.presenter.js';

/** A sheet as its form holds it; texts as typed. */
export interface TypedSheet {
  readonly titleFr: string;
  readonly titleAr: string;
  readonly price: string;
  readonly stock: string;
  readonly picture: string;
  readonly counted: readonly string[];
}

/** Numbers above the true stock that a sheet offers. */
const STOCK_TOO_MANY = 2;

/** Dirhams for a field, without a currency. */
export function dirhamsText(centimes: number): string {
  if (centimes === 0) return '';
  return centimes % 100 === 0 ? String(centimes / 100) : (centimes / 100).toFixed(2).replace('.', ',');
}

/** Centimes of what somebody typed: `122,50`, `122.5`, Arabic digits; undefined when it is no amount. */
export function centimesOf(typed: string): number | undefined {
  const latin = toAsciiDigits(typed)
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/[,٫]/, '.');
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(latin)) return undefined;
  return Math.round(Number(latin) * 100);
}

/** The goods and their sheets. */
export function presentProducts(
  shop: OpenShop,
  locale: Locale,
  refused: { name?: string; error?: string } = {},
) {
  const { scenario, state } = shop;
  const base = `/practice/${scenario.slug}`;
  const naming = deedForm(
    { locale, slug: scenario.slug, back: `${base}/products` },
    { kind: 'shop.name' },
    {
      word: 'name',
      glyph: 'save',
      tone: 'primary',
    },
  );
  return {
    head: presentHead(shop, 'products', locale),
    name: {
      value: refused.name ?? state.name,
      error: refused.error,
      form: naming,
      offered: ['a', 'b', 'c'].map((one) => t(locale, `practice:shop.names.${one}`)),
    },
    terms: scenario.terms ? presentShopTerms(shop, locale) : undefined,
    address: addressOf(shop),
    addressHref: `/${locale}${addressOf(shop)}`,
    catalogueHref: `/${locale}${base}/catalogue`,
    csvHref: `/${locale}${base}/catalogue.csv`,
    pdfHref: `/${locale}${base}/catalogue.pdf`,
    goods: scenario.goods.map((good) => {
      const sheet = state.sheets.get(good.id);
      const status = sheet?.published ? 'published' : sheet ? 'draft' : 'empty';
      return {
        name: good.name,
        href: `/${locale}${base}/products/${good.id}`,
        picture: sheetPictureHref(shop, good),
        price: sheet ? sheet.price : null,
        stock: sheet?.stock,
        badge: {
          kind: status === 'published' ? 'good' : 'neutral',
          text: t(locale, `practice:sheet.${status}`),
        },
      };
    }),
  };
}

function presentShopTerms(shop: OpenShop, locale: Locale) {
  const isSaid = shop.state.terms !== undefined;
  return {
    lines: termsLines(shop, locale),
    href: `/${locale}/practice/${shop.scenario.slug}/terms`,
    label: t(locale, isSaid ? 'practice:terms.change' : 'practice:terms.choose'),
  };
}

/** The form of a sheet, with the margin as far as it is counted. */
export function presentProduct(
  shop: OpenShop,
  good: Good,
  locale: Locale,
  refused?: { typed: TypedSheet; errors: Readonly<Record<string, string>> },
) {
  const { scenario, state } = shop;
  const sheet = state.sheets.get(good.id);
  const typed = refused?.typed ?? typedOf(shop, good);
  const errors = refused?.errors ?? {};
  const base = `/practice/${scenario.slug}`;
  const place = { locale, slug: scenario.slug, back: `${base}/products/${good.id}` };
  const toggle = sheet?.published
    ? deedForm(place, { kind: 'sheet.withdraw', good: good.id }, { word: 'withdraw', glyph: 'eye' })
    : deedForm(
        place,
        { kind: 'sheet.publish', good: good.id },
        { word: 'publish', glyph: 'megaphone', tone: 'action' },
      );
  return {
    head: presentHead(shop, 'products', locale),
    listHref: `/${locale}${base}/products`,
    action: `/${locale}${place.back}`,
    save: deedForm(place, {}, { word: 'save', glyph: 'save', tone: 'primary' }),
    good: { id: good.id, name: good.name, stock: good.stock, grams: good.grams },
    typed,
    errors,
    errorList: Object.entries(errors).map(([field, text]) => ({ field, text })),
    photo: { id: newId(), accept: PHOTO_ACCEPT, error: errors['photo'], isThere: state.photos.has(good.id) },
    pictures: picturesOf(shop, good, typed.picture, locale),
    stocks: stocksOf(good, typed.stock),
    costs: costLines(good, typed, locale),
    margin: presentMargin(good, typed),
    published: sheet?.published ?? false,
    toggle: sheet ? toggle : undefined,
  };
}

/** The trainee's own photo first, then the drawings. */
function picturesOf({ row, state }: OpenShop, { id, pictures }: Good, chosen: string, locale: Locale) {
  const own = { value: OWN_PHOTO, src: photoHref(row.id, id), alt: t(locale, 'practice:photo.own') };
  const drawn = pictures.map((name) => ({
    value: name,
    src: pictureHref(name),
    alt: t(locale, `practice:picture.${name}`),
  }));
  const all = state.photos.has(id) ? [own, ...drawn] : drawn;
  return all.map((one) => ({ ...one, checked: one.value === chosen }));
}

/** Numbers to tap, a few more than there are: one may well promise too much. */
function stocksOf({ stock }: Good, typed: string) {
  const value = toAsciiDigits(typed).trim();
  const numbers = Array.from({ length: stock + 1 + STOCK_TOO_MANY }, (_, pieces) => String(pieces));
  const offered = numbers.includes(value) || value === '' ? numbers : [...numbers, value];
  return offered.map((one) => ({ value: one, checked: one === value }));
}

function typedOf({ state }: OpenShop, good: Good): TypedSheet {
  const sheet = state.sheets.get(good.id);
  return {
    titleFr: sheet?.titleFr ?? '',
    titleAr: sheet?.titleAr ?? '',
    price: sheet ? dirhamsText(sheet.price) : '',
    stock: sheet ? String(sheet.stock) : '',
    picture: sheet?.picture ?? '',
    counted: sheet?.counted ?? [],
  };
}

function costLines(good: Good, typed: TypedSheet, locale: Locale) {
  const price = centimesOf(typed.price) ?? 0;
  return costsOf(good, price).map(({ what, amount }) => ({
    value: what,
    checked: typed.counted.includes(what),
    label: t(locale, `practice:cost.${what}`, {
      hours: Math.round(good.minutes / 6) / 10,
      percent: good.commission,
    }),
    amount: what === 'commission' && price === 0 ? null : amount,
  }));
}

/** What is left of the price after what was ticked. */
function presentMargin(good: Good, typed: TypedSheet) {
  const price = centimesOf(typed.price);
  if (price === undefined || price === 0) return undefined;
  const counted = COUNTED.filter((one: Counted) => typed.counted.includes(one));
  const left = marginOf(good, price, counted);
  return { left, isLoss: left < 0, kind: left < 0 ? 'bad' : 'info' };
}
