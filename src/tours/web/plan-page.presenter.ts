import { formatDay } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import { inLanguage } from '../../campaigns/public.js';
import type { PlanView } from '../plans/plan-view.service.js';
import { holidaysWithin } from '../plans/wanted-plan.js';
import { type CityNames, cityOf, driveOf, unplacedNow, whyFaulty } from './plan.presenter.js';
import { tourMap } from './tour-map.js';

const PERCENT = 100;

/** How good a plan is: proven the best, or at most so much above what no plan beats. */
function goodness({ row, checked }: PlanView, locale: Locale): string {
  const found = row.found;
  if (!found || !checked) return '';
  if (found.isExact && checked.minutes === found.minutes && checked.nights === found.nights)
    return t(locale, found.unplaced.length > 0 ? 'tours:planPage.most' : 'tours:planPage.best');
  if (checked.minutes < found.bound || found.bound === 0) return '';
  const above = Math.ceil((checked.minutes / found.bound - 1) * PERCENT);
  return t(locale, 'tours:planPage.above', {
    percent: formatNumber(above, locale),
    least: driveOf(found.bound, locale),
  });
}

/** A plan as a page: figures, what does not fit, the map, and each stop with its day and team to change. */
export function presentPlanPage(view: PlanView, names: CityNames, locale: Locale) {
  const { row, tour, teams, checked, state } = view;
  const base = `/${locale}/staff/plans/${row.id}`;
  const nameOf = (slug: string): string => {
    const words = names.get(slug);
    return words ? inLanguage(words, locale) : slug;
  };
  return {
    state,
    title: tour ? inLanguage(tour.name, locale) : '',
    percent: Math.round(view.done * PERCENT),
    againHref: `/${locale}/staff/tours/${row.tourId}/plans/new?from=${row.id}`,
    tourHref: `/${locale}/staff/tours/${row.tourId}`,
    selfHref: base,
    adjustAction: `${base}/adjust`,
    saveAction: `${base}/save`,
    revision: row.revision,
    asked: t(locale, 'tours:planPage.asked', {
      count: row.wanted.stops.length,
      from: formatDay(row.wanted.from, locale),
      to: formatDay(row.wanted.to, locale),
    }),
    leftOut: row.wanted.holidays ? [] : holidaysWithin(row.wanted).map((day) => formatDay(day, locale)),
    stats: checked
      ? [
          { label: t(locale, 'tours:planPage.driving'), figure: driveOf(checked.minutes, locale) },
          { label: t(locale, 'tours:planPage.nights'), figure: formatNumber(checked.nights, locale) },
          {
            label: t(locale, 'tours:planPage.placed'),
            figure: formatNumber(row.placements?.length ?? 0, locale),
            of: `/ ${formatNumber(row.wanted.stops.length, locale)}`,
          },
        ]
      : [],
    goodness: goodness(view, locale),
    unplaced: unplacedNow(view, names, locale).map(({ detail }) => detail),
    faults: (checked?.faults ?? []).map((fault) => whyFaulty(view, fault, names, locale)),
    lines: linesOf(view, names, nameOf, locale),
    teamOptions: [
      { value: '', label: t(locale, 'tours:planPage.nowhere') },
      ...teams.map(({ id, name }) => ({ value: id, label: t(locale, 'tours:staff.teamOf', { name }) })),
    ],
    halfOptions: [0, 1].map((half) => ({
      value: String(half),
      label: t(locale, `tours:planPage.half${half}`),
    })),
    map: mapOf(view, names, nameOf, locale),
  };
}

/** Each stop with its day and team, by team and day; those without a place first. */
function linesOf(view: PlanView, names: CityNames, nameOf: (slug: string) => string, locale: Locale) {
  const { row, checked } = view;
  const placed = new Map((row.placements ?? []).map((placement) => [placement.id, placement]));
  const legTo = new Map(
    (checked?.roads ?? []).flatMap(({ legs }) =>
      legs.flatMap((leg) => (leg.to === null ? [] : [[leg.to, leg] as const])),
    ),
  );
  const lines = row.wanted.stops.map((wanted, i) => {
    const [key, placement] = [String(i), placed.get(String(i))];
    const leg = legTo.get(key);
    const from = leg?.from === null || leg === undefined ? '' : cityOf(view, leg.from, names, locale);
    return {
      key,
      city: nameOf(wanted.city),
      order: placement ? `${placement.localDate}${placement.half}` : '9',
      date: placement?.localDate ?? '',
      half: String(placement?.half ?? 0),
      isHalf: wanted.halfDays === 1,
      halfDays: t(locale, 'tours:planForm.halfDays', { count: wanted.halfDays }),
      teamId: placement?.teamId ?? '',
      road: leg
        ? t(
            locale,
            from
              ? leg.viaHome
                ? 'tours:planPage.viaHome'
                : 'tours:planPage.roadFrom'
              : 'tours:planPage.roadHome',
            {
              from,
              road: driveOf(leg.minutes, locale),
            },
          )
        : '',
    };
  });
  return lines.toSorted((a, b) => a.teamId.localeCompare(b.teamId) || a.order.localeCompare(b.order));
}

function mapOf(view: PlanView, names: CityNames, nameOf: (slug: string) => string, locale: Locale) {
  const { row, teams, checked } = view;
  return checked
    ? tourMap(
        checked.roads.map((road) => ({
          name: teams.find(({ id }) => id === road.teamId)?.name ?? '',
          home: teams.find(({ id }) => id === road.teamId)?.home ?? null,
          minutes: road.minutes,
          stops: road.placements.map(({ id, localDate }) => ({
            city: row.wanted.stops[Number(id)]?.city ?? '',
            label: t(locale, 'tours:board.stopOn', {
              city: cityOf(view, id, names, locale),
              day: formatDay(localDate, locale),
            }),
          })),
        })),
        nameOf,
        locale,
      )
    : undefined;
}
