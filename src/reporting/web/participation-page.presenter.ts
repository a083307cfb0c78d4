import { formatInstant } from '../../shared/clock/format-date.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import { type Dimension, DIMENSION_NAMES } from '../dimensions.js';
import { type Indicator, INDICATOR_DECIMALS, INDICATOR_NAMES } from '../indicators.js';
import { dimensionLabel, valueLabel } from '../report-labels.js';
import { tableOf } from '../report-table.js';
import type { Report, ReportedCampaign } from '../report.service.js';
import type { Cell } from '../suppression.js';

interface Bar {
  label: string;
  figure: string;
  /** Length of the bar, 0 to 100; a hidden figure has none. */
  share: number;
}

function figureText(cell: string | number, indicator: Indicator, locale: Locale): string {
  if (typeof cell === 'number') return formatNumber(cell, locale, INDICATOR_DECIMALS[indicator]);
  // Between Arabic words "<5" would be turned round and read as "more than".
  return locale === 'ar' ? `\u2066${cell}\u2069` : cell;
}

/** "ville, genre et catégorie", as it stands inside a sentence. */
function groupingText(by: readonly Dimension[], locale: Locale): string {
  const words = by.map((name) => t(locale, `reporting:within.${name}`));
  return new Intl.ListFormat(locale).format(words);
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
    .map(({ label, figure }) => ({
      label,
      figure: figureText(figure, 'attended', locale),
      share: Math.round((size(figure) / longest) * 100),
    }));
}

/** What can be asked for, whatever was: the form, and what the columns mean. */
export function presentGrouping(
  campaign: ReportedCampaign,
  asked: readonly string[],
  locale: Locale,
): object {
  return {
    campaign: campaign.name[locale],
    groupedBy: t(locale, 'reporting:groupedBy'),
    dimensions: DIMENSION_NAMES.map((name) => ({
      value: name,
      label: dimensionLabel(locale, name),
      checked: asked.includes(name),
    })),
    definitions: INDICATOR_NAMES.map((name) => ({
      term: t(locale, `reporting:indicator.${name}.name`),
      text: t(locale, `reporting:indicator.${name}.meaning`),
    })),
  };
}

/** The page of figures in one language; `chart` is the same campaign by the first dimension alone. */
export function presentParticipationPage(report: Report, chart: Report, locale: Locale): object {
  const { heads, rows, total } = tableOf(report, locale);
  const isNumber = (n: number): boolean => n >= report.by.length;
  const cells = (line: ReadonlyArray<string | number>) =>
    line.map((value, n) => {
      const indicator = INDICATOR_NAMES[n - report.by.length];
      return { text: indicator ? figureText(value, indicator, locale) : String(value) };
    });
  const api = `/api/v1/campaigns/${report.campaign.slug}/participation`;
  const query = `by=${report.by.join(',')}&lang=${locale}`;
  return {
    ...presentGrouping(report.campaign, report.by, locale),
    stats: INDICATOR_NAMES.filter((name) => name !== 'attendeeHours').map((name) => ({
      label: t(locale, `reporting:indicator.${name}.name`),
      figure: figureText(report.total[name], name, locale),
    })),
    columns: heads.map((label, n) => ({ label, ...(isNumber(n) ? { kind: 'number' } : {}) })),
    rows: rows.map((line) => ({ cells: cells(line) })),
    total: cells(total),
    isProtected: report.isProtected,
    asOf: t(locale, 'reporting:asOf', { at: formatInstant(report.asOf, DEFAULT_ZONE, locale) }),
    bars: barsOf(chart, locale),
    chartTitle: t(locale, 'reporting:chart', { by: groupingText(chart.by, locale) }),
    tableTitle: t(locale, 'reporting:table', { by: groupingText(report.by, locale) }),
    csvHref: `${api}.csv?${query}`,
    xlsxHref: `${api}.xlsx?${query}`,
  };
}
