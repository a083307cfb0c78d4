import { formatDay } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import { inLanguage, type Words } from '../../campaigns/public.js';
import type { PlanFault } from '../planner/check.js';
import type { Placement, Unplaced } from '../planner/problem.js';
import type { PlanView } from '../plans/plan-view.service.js';
import { stopKey } from '../plans/wanted-plan.js';
import type { PlanDto, PlannedStopDto } from './plan.dto.js';

/** Names of cities by slug. */
export type CityNames = ReadonlyMap<string, Words>;

export function cityOf(
  { row }: Pick<PlanView, 'row'>,
  stop: string,
  names: CityNames,
  locale: Locale,
): string {
  const slug = row.wanted.stops[Number(stop)]?.city ?? '';
  const words = names.get(slug);
  return words ? inLanguage(words, locale) : slug;
}

/** Hours and minutes of driving, as people say them. */
export function driveOf(minutes: number, locale: Locale): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return t(locale, 'tours:plan.minutes', { minutes: rest });
  const params = { hours: formatNumber(hours, locale), minutes: String(rest).padStart(2, '0') };
  return t(locale, 'tours:plan.hoursMinutes', params);
}

/** Why a stop has no place. */
export function whyUnplaced(
  view: PlanView,
  { id, code, params, beside }: Unplaced,
  names: CityNames,
  locale: Locale,
): string {
  const city = cityOf(view, id, names, locale);
  const others = beside.map((one) => cityOf(view, one, names, locale));
  const list = new Set(others);
  return t(locale, `tours:unplaced.${code}`, {
    ...params,
    city,
    others: [...list].join(t(locale, 'tours:plan.comma')),
  });
}

/** What is wrong where a stop was put by hand. */
export function whyFaulty(
  view: PlanView,
  { id, code, after, minutes }: PlanFault,
  names: CityNames,
  locale: Locale,
): string {
  const placement = view.row.placements?.find((one) => one.id === id);
  const day = placement ? formatDay(placement.localDate, locale) : '';
  const city = cityOf(view, id, names, locale);
  if (code === 'not-a-start') return t(locale, 'tours:fault.not-a-start', { city, day });
  const before = after === undefined ? '' : cityOf(view, after, names, locale);
  if (code === 'overlap') return t(locale, 'tours:fault.overlap', { city, before, day });
  if (minutes === undefined) return t(locale, 'tours:fault.no-road', { city, before });
  return t(locale, 'tours:fault.road-too-long', { city, before, day, road: driveOf(minutes, locale) });
}

/** Stops that have no place now: those that the planner found none for, and those taken out by hand. */
export function unplacedNow(view: PlanView, names: CityNames, locale: Locale) {
  const { row } = view;
  const placed = new Set((row.placements ?? []).map(({ id }) => id));
  const keys = row.found ? row.wanted.stops.map((_, i) => stopKey(i)) : [];
  return keys
    .filter((key) => !placed.has(key))
    .map((stop) => {
      const reason = row.found?.unplaced.find(({ id }) => id === stop);
      const city = cityOf(view, stop, names, locale);
      const detail = reason
        ? whyUnplaced(view, reason, names, locale)
        : t(locale, 'tours:unplaced.taken-out', { city });
      return { stop, code: reason?.code ?? 'taken-out', detail };
    });
}

function presentPlaced(
  view: PlanView,
  { id, ...rest }: Placement,
  names: CityNames,
  locale: Locale,
): PlannedStopDto {
  const wanted = view.row.wanted.stops[Number(id)];
  return {
    stop: id,
    ...rest,
    city: { slug: wanted?.city ?? '', name: cityOf(view, id, names, locale) },
    halfDays: wanted?.halfDays ?? 0,
  };
}

/** A plan as the API gives it. */
export function presentPlan(view: PlanView, names: CityNames, locale: Locale): PlanDto {
  const { row, teams, checked, state } = view;
  const city = (stop: string) => ({
    slug: row.wanted.stops[Number(stop)]?.city ?? '',
    name: cityOf(view, stop, names, locale),
  });
  return {
    id: row.id,
    tourId: row.tourId,
    state,
    jobId: row.jobId,
    revision: row.revision,
    minutes: checked?.minutes ?? null,
    nights: checked?.nights ?? null,
    bound: row.found?.bound ?? null,
    isExact: row.found?.isExact ?? false,
    teams: (checked?.roads ?? []).map((road) => ({
      id: road.teamId,
      name: teams.find(({ id }) => id === road.teamId)?.name ?? '',
      minutes: road.minutes,
      nights: road.nights,
      stops: road.placements.map((placement) => presentPlaced(view, placement, names, locale)),
      legs: road.legs,
    })),
    unplaced: unplacedNow(view, names, locale).map((one) => ({ ...one, city: city(one.stop) })),
    faults: (checked?.faults ?? []).map((fault) => ({
      stop: fault.id,
      code: fault.code,
      detail: whyFaulty(view, fault, names, locale),
    })),
  };
}
