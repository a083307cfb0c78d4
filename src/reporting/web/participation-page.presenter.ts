import { formatInstant } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { DIMENSION_NAMES } from '../dimensions.js';
import { INDICATOR_NAMES } from '../indicators.js';
import { dimensionLabel, valueLabel } from '../report-labels.js';
import { tableOf } from '../report-table.js';
import type { Report } from '../report.service.js';
import type { Cell } from '../suppression.js';

interface Bar {
  label: string;
  figure: Cell;
  /** Length of the bar, 0 to 100; a hidden figure has none. */
  share: number;
}

/** Who came, by the first dimension: a report of its own, since a person may stand in several rows of the table. */
function barsOf(report: Report, locale: Locale): Bar[] {
  const [dimension] = report.by;
  if (!dimension) return [];
  const figures = report.rows.map(({ key, cells }) => ({
    label: valueLabel(locale, dimension, key[0] ?? 'unknown'),
    figure: cells.attended,
  }));
  const size = (figure: Cell): number => (typeof figure === 'number' ? figure : 0);
  const longest = Math.max(1, ...figures.map(({ figure }) => size(figure)));
  return figures
    .sort((a, b) => size(b.figure) - size(a.figure))
    .map(({ label, figure }) => ({ label, figure, share: Math.round((size(figure) / longest) * 100) }));
}

/** The page of figures in one language; `chart` is the same campaign by the first dimension alone. */
export function presentParticipationPage(report: Report, chart: Report, locale: Locale): object {
  const { heads, rows, total } = tableOf(report, locale);
  const cells = (line: Array<string | number>) => line.map((value) => ({ text: String(value) }));
  const api = `/api/v1/campaigns/${report.campaign.slug}/participation`;
  const by = report.by.join(',');
  return {
    campaign: report.campaign.name[locale],
    columns: heads.map((label, n) => ({ label, ...(n < report.by.length ? {} : { kind: 'number' }) })),
    rows: rows.map((line) => ({ cells: cells(line) })),
    total: cells(total),
    isProtected: report.isProtected,
    asOf: t(locale, 'reporting:asOf', { at: formatInstant(report.asOf, DEFAULT_ZONE, locale) }),
    bars: barsOf(chart, locale),
    dimensions: DIMENSION_NAMES.map((name) => ({
      value: name,
      label: dimensionLabel(locale, name),
      checked: report.by.includes(name),
    })),
    definitions: INDICATOR_NAMES.map((name) => ({
      term: t(locale, `reporting:indicator.${name}.name`),
      text: t(locale, `reporting:indicator.${name}.meaning`),
    })),
    csvHref: `${api}.csv?by=${by}`,
    xlsxHref: `${api}.xlsx?by=${by}`,
  };
}
