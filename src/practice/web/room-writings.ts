import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/field-detail.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { type FormBody, formText } from '../../shared/web/form-text.js';
import type { Good } from '../engine/scenario.js';
import type { OpenShop } from '../open-shop.js';
import { offerOf } from '../shop-parts.js';
import { presentBook } from './book.presenter.js';
import { bookDeedOf, sheetDeedOf, termsDeedOf, typedTerms } from './form-sheet.js';
import { presentProduct, presentProducts, type TypedSheet } from './product.presenter.js';
import { presentTerms } from './terms.presenter.js';

/** What is written in a form of a room, and what comes of it. */
export interface Writing {
  readonly room: 'book' | 'products' | 'product' | 'terms';
  readonly deed: Readonly<Record<string, unknown>>;
  /** Where one goes when it is done, below the shop's address, and the sentence shown there. */
  readonly done: { readonly path: string; readonly key: string };
  /** The room again, with what was typed and what is wrong with it. */
  readonly refused: (problems: readonly FieldError[]) => object;
}

/** A line of the cash book. */
export function bookWriting(shop: OpenShop, body: FormBody, locale: Locale): Writing {
  return {
    room: 'book',
    deed: { ...bookDeedOf(body), id: formText(body, 'id') },
    done: { path: '/book', key: 'practice:did.book.add' },
    refused: (problems) =>
      presentBook(shop, locale, {
        paper: formText(body, 'paper'),
        amount: formText(body, 'other'),
        error: sentencesOf(problems, locale),
      }),
  };
}

/** The shop's name: one that was tapped fills in for one that was not typed. */
export function nameWriting(shop: OpenShop, body: FormBody, locale: Locale): Writing {
  const name = formText(body, 'name') || formText(body, 'offered');
  return {
    room: 'products',
    deed: { id: formText(body, 'id'), kind: 'shop.name', name },
    done: { path: '/products', key: 'practice:did.shop.name' },
    refused: (problems) => presentProducts(shop, locale, { name, error: sentencesOf(problems, locale) }),
  };
}

/** A product sheet. */
export function sheetWriting(
  shop: OpenShop,
  good: Good,
  typed: TypedSheet,
  body: FormBody,
  locale: Locale,
): Writing {
  return {
    room: 'product',
    deed: { ...sheetDeedOf(good.id, typed), id: formText(body, 'id') },
    done: { path: `/products/${good.id}`, key: 'practice:did.sheet.save' },
    refused: (problems) => presentProduct(shop, good, locale, { typed, errors: byField(problems, locale) }),
  };
}

/** What delivery costs and how goods come back. @throws NotFound where that is not for the trainee to choose */
export function termsWriting(shop: OpenShop, body: FormBody, locale: Locale): Writing {
  const offer = offerOf(shop);
  const typed = typedTerms(body);
  return {
    room: 'terms',
    deed: { ...termsDeedOf(typed), id: formText(body, 'id') },
    done: { path: '/products', key: 'practice:did.terms.save' },
    refused: (problems) => presentTerms(shop, offer, locale, { typed, errors: byField(problems, locale) }),
  };
}

function sentencesOf(problems: readonly FieldError[], locale: Locale): string {
  return problems.map((one) => fieldDetail(locale, one)).join(' ');
}

function byField(problems: readonly FieldError[], locale: Locale): Readonly<Record<string, string>> {
  return Object.fromEntries(
    problems.map((one) => [one.pointer.split('/')[1] ?? '', fieldDetail(locale, one)]),
  );
}
