import { type Locale, t } from '../shared/i18n/i18n.js';
import { INDICATOR_NAMES } from './indicators.js';
import { dimensionLabel, valueLabel } from './report-labels.js';
import type { Report } from './report.service.js';

/** The report as a plain table of words and figures: what the screen shows is what the files hold. */
export interface ReportTable {
  heads: string[];
  rows: Array<Array<string | number>>;
  total: Array<string | number>;
}

/** Rows in the reader's words, sorted by their labels; the total is the last line. */
export function tableOf(report: Report, locale: Locale): ReportTable {
  const heads = [
    ...report.by.map((dimension) => dimensionLabel(locale, dimension)),
    ...INDICATOR_NAMES.map((indicator) => t(locale, `reporting:indicator.${indicator}.name`)),
  ];
  const rows = report.rows.map(({ key, cells }) => [
    ...report.by.map((dimension, n) => valueLabel(locale, dimension, key[n] ?? 'unknown')),
    ...INDICATOR_NAMES.map((indicator) => cells[indicator]),
  ]);
  const compare = new Intl.Collator(locale).compare;
  rows.sort((a, b) => {
    for (let n = 0; n < report.by.length; n++) {
      const order = compare(String(a[n]), String(b[n]));
      if (order !== 0) return order;
    }
    return 0;
  });
  const blanks = report.by.slice(1).map(() => '');
  const label = report.by.length > 0 ? [t(locale, 'reporting:total'), ...blanks] : [];
  return { heads, rows, total: [...label, ...INDICATOR_NAMES.map((indicator) => report.total[indicator])] };
}
