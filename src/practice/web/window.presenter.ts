import type { Locale } from '../../shared/i18n/i18n.js';
import { OWN_PHOTO } from '../engine/action.js';
import { publishedSheets } from '../print/catalogue-sheet.js';
import { termsLines } from '../shop-terms.js';
import type { OpenShop } from '../open-shop.js';
import { addressOf, photoHref, pictureHref } from './frame.presenter.js';

/**
 * What customers see of a shop.
 *
 * @param seesPhotos the trainee and their trainers see the photos; whoever else comes by sees the first drawing
 */
export function presentWindow(shop: OpenShop, locale: Locale, seesPhotos: boolean) {
  const { row, state, scenario } = shop;
  const hrefOf = (good: string, picture: string): string => {
    if (picture !== OWN_PHOTO) return pictureHref(picture);
    if (seesPhotos) return photoHref(row.id, good);
    return pictureHref(scenario.goods.find(({ id }) => id === good)?.pictures[0] ?? 'unknown');
  };
  return {
    name: state.name,
    address: addressOf(shop),
    terms: termsLines(shop, locale),
    goods: publishedSheets(shop).map(({ good, titleFr, titleAr, price, stock, picture }) => ({
      id: good,
      ...{ titleFr, titleAr, price, stock },
      picture: hrefOf(good, picture),
    })),
  };
}
