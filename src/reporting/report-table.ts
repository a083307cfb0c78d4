import { type Locale, t } from '../shared/i18n/i18n.js';
import { AGE_BANDS, type Dimension } from './dimensions.js';
import { INDICATOR_NAMES } from './indicators.js';
import { dimensionLabel, valueLabel } from './report-labels.js';
import type { Report } from './report.service.js';

/** The report as a plain table of words and figures: what the screen shows is what the files hold. */
export interface ReportTable {
  heads: string[];
  rows: Array<Array<string | number>>;
  total: Array<string | number>;
}

/** Rows in the reader's words, in their order; the total is the last line. */
export function tableOf(report: Report, locale: Locale): ReportTable {
  const heads = [
    ...report.by.map((dimension) => dimensionLabel(locale, dimension)),
    ...INDICATOR_NAMES.map((indicator) => t(locale, `reporting:indicator.${indicator}.name`)),
  ];
  const rows = report.rows
    .map(({ key, cells }) => ({
      codes: key,
      labels: report.by.map((dimension, n) => valueLabel(locale, dimension, key[n] ?? 'unknown')),
      figures: INDICATOR_NAMES.map((indicator) => cells[indicator]),
    }))
    .sort(inOrder(report.by, locale))
    .map(({ labels, figures }) => [...labels, ...figures]);
  const blanks = report.by.slice(1).map(() => '');
  const label = report.by.length > 0 ? [t(locale, 'reporting:total'), ...blanks] : [];
  return { heads, rows, total: [...label, ...INDICATOR_NAMES.map((indicator) => report.total[indicator])] };
}

interface Labelled {
  codes: readonly string[];
  labels: readonly string[];
}

/** Ages by age, everything else by its words; what nobody said comes last. */
function inOrder(by: readonly Dimension[], locale: Locale): (a: Labelled, b: Labelled) => number {
  const compare = new Intl.Collator(locale).compare;
  const rank = (dimension: Dimension, code = 'unknown'): number =>
    code === 'unknown' ? Infinity : dimension === 'ageBand' ? AGE_BANDS.indexOf(code) : 0;
  return (a, b) => {
    for (const [n, dimension] of by.entries()) {
      const [first, second] = [rank(dimension, a.codes[n]), rank(dimension, b.codes[n])];
      if (first !== second) return first - second;
      const order = compare(a.labels[n] ?? '', b.labels[n] ?? '');
      if (order !== 0) return order;
    }
    return 0;
  };
}
