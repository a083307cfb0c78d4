import { type Call, dossierNumber } from '../../calls/public.js';
import { formatInstant } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatMoney, formatNumber, isolate } from '../../shared/web/handlebars/format.js';
import type { Preview } from '../result.reckoner.js';
import type { ResultChange } from '../result.store.js';
import { mostTotal } from '../scoring.js';
import { groupWords, quotaWords } from '../selection-words.js';
import {
  type Outcome,
  OUTCOMES,
  type RefusalCode,
  type Selection,
  type SelectionDesign,
  type Quota,
} from '../selection.js';

const BADGES = { selected: 'good', reserve: 'info', 'not-selected': 'neutral' } as const;

/** A line of a result, published or not. */
interface Line {
  readonly number: string;
  readonly outcome: Outcome;
  readonly firstOutcome: Outcome;
  readonly rank: number | null;
  readonly reserveRank: number | null;
  readonly points: number | null;
  readonly code: RefusalCode | null;
  readonly quota: string | null;
  /** Where the staff read more. */
  readonly href?: string;
}

export function outcomeBadge(outcome: Outcome, locale: Locale): { kind: string; text: string } {
  return { kind: BADGES[outcome], text: t(locale, `selection:outcome.${outcome}`) };
}

/**
 * One table an outcome: number, rank, points, why.
 *
 * @param isStaff names the groups of quotas too, which say something of a person
 */
export function presentTables(
  lines: readonly Line[],
  design: SelectionDesign,
  isStaff: boolean,
  locale: Locale,
) {
  const say = (key: string, params = {}): string => t(locale, `selection:result.${key}`, params);
  const columns = [
    { label: t(locale, 'selection:number') },
    { label: say('rank'), kind: 'number' },
    { label: say('points', { most: mostTotal(design) }), kind: 'number' },
    { label: say('why') },
  ];
  return OUTCOMES.map((outcome) => {
    const group = lines.filter((line) => line.outcome === outcome).sort(byPlace);
    return {
      id: `result-${outcome}`,
      caption: `${t(locale, `selection:outcome.${outcome}`)} (${formatNumber(group.length, locale)})`,
      columns,
      rows: group.map((line) => ({
        cells: [
          { text: line.number, ...(line.href ? { href: line.href } : {}) },
          { text: placeWords(line) },
          { text: line.points === null ? '–' : String(line.points) },
          { text: whyWords(line, isStaff ? design.quotas : [], locale) || '–' },
        ],
      })),
    };
  });
}

function placeWords({ outcome, rank, reserveRank }: Line): string {
  const place = outcome === 'reserve' ? (reserveRank ?? rank) : rank;
  return place === null ? '–' : String(place);
}

function byPlace(a: Line, b: Line): number {
  return (
    (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.number.localeCompare(b.number, 'en', { numeric: true })
  );
}

function whyWords(line: Line, quotas: readonly Quota[], locale: Locale): string {
  const quota = quotas.find(({ id }) => id === line.quota);
  const group = quota ? groupWords(quota, locale) : '';
  const isTaken = line.firstOutcome === 'selected';
  const said = [
    line.code === null ? '' : t(locale, `selection:code.${line.code}`),
    group === '' ? '' : t(locale, `selection:result.${isTaken ? 'quotaTook' : 'quotaFull'}`, { group }),
    line.outcome === line.firstOutcome
      ? ''
      : t(locale, 'selection:result.first', { outcome: t(locale, `selection:outcome.${line.firstOutcome}`) }),
  ];
  return said.filter((text) => text !== '').join(' · ');
}

/** A change in one line: when, what, why. */
export function changeWords(change: ResultChange, call: Call, locale: Locale): string {
  const { at, from, to, code } = change;
  return t(locale, 'selection:change.line', {
    when: formatInstant(at, call.zone, locale),
    number: isolate(dossierNumber(change), locale),
    from: t(locale, `selection:outcome.${from}`),
    to: t(locale, `selection:outcome.${to}`),
    code: t(locale, `selection:change.${code}`),
  });
}

/** A result that nobody has been told, with what telling costs. */
export function presentPreview(preview: Preview, { design }: Selection, base: string, locale: Locale) {
  const { told, shortfalls, unfilled, dossiers, digest, counts } = preview;
  const say = (key: string, params = {}): string => t(locale, `selection:publish.${key}`, params);
  const cost = told.centimes === null ? say('noPrice') : formatMoney(told.centimes, locale);
  const stat = (label: string, figure: string) => ({ label, figure });
  return {
    ...{ digest, action: `${base}/results/publish` },
    counts: OUTCOMES.map((outcome) =>
      stat(t(locale, `selection:outcome.${outcome}`), formatNumber(counts[outcome], locale)),
    ),
    unfilled: unfilled > 0 ? say('unfilled', { count: unfilled }) : undefined,
    shortfalls: shortfalls.flatMap(({ quota: id, least, chosen }) => {
      const quota = design.quotas.find((one) => one.id === id);
      if (!quota) return [];
      return [t(locale, 'selection:quota.short', { group: groupWords(quota, locale), least, chosen })];
    }),
    quotas: design.quotas.map((quota) => quotaWords(quota, locale)),
    told: [
      stat(say('people'), formatNumber(told.people, locale)),
      stat(say('segments'), formatNumber(told.segments, locale)),
      stat(say('cost'), cost),
      stat(say('unreached'), formatNumber(told.unreached, locale)),
    ],
    texts: told.languages.map(({ text, language }) => ({
      text,
      lang: language,
      dir: language === 'ar' ? 'rtl' : 'ltr',
    })),
    tables: presentTables(
      dossiers.map((one) => ({ ...one, firstOutcome: one.outcome })),
      design,
      true,
      locale,
    ),
  };
}
