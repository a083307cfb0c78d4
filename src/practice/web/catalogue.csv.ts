import { stringify } from 'csv-stringify/sync';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { OpenShop } from '../open-shop.js';

/** The published sheets as CSV; a cell that begins like a formula stays text. */
export function catalogueCsv({ state }: OpenShop, locale: Locale): string {
  const heads = ['titleFr', 'titleAr', 'price', 'stock'].map((name) => t(locale, `practice:csv.${name}`));
  const rows = [...state.sheets.values()]
    .filter(({ published }) => published)
    .map(({ titleFr, titleAr, price, stock }) => [titleFr, titleAr, (price / 100).toFixed(2), stock]);
  return stringify([heads, ...rows], { bom: true, escape_formulas: true });
}
