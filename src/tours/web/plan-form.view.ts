import { DATE_WORDS } from '../../shared/clock/date-words.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { inLanguage, type Words } from '../../campaigns/public.js';
import type { TrainerRow } from '../tour.query.js';
import {
  HALF_DAY_CHOICES,
  planFieldOf,
  type ReadPlanForm,
  type TypedPlan,
  type TypedTeam,
} from './plan-form.js';

export interface PlanFormChoices {
  cities: ReadonlyArray<{ slug: string; name: Words }>;
  trainers: readonly TrainerRow[];
}

export interface PlanFormFrame {
  title: string;
  action: string;
  backHref: string;
  /** Names and teams are asked too: the tour is not there yet. */
  isNew: boolean;
}

const DAYS = [1, 2, 3, 4, 5, 6, 0];
/** The form that asks for a plan, with what was typed and what is wrong. */
export function presentPlanForm(
  frame: PlanFormFrame,
  typed: TypedPlan,
  choices: PlanFormChoices,
  locale: Locale,
  refusal?: { errors: readonly FieldError[]; read: ReadPlanForm },
) {
  const errors = (refusal?.errors ?? []).map((error) => ({
    field: refusal ? planFieldOf(error.pointer, refusal.read) : '',
    text: fieldDetail(locale, error),
  }));
  const errorOf = (name: string) => errors.find(({ field }) => field === name)?.text;
  const names = new Map(choices.cities.map(({ slug, name }) => [slug, inLanguage(name, locale)]));
  const homes = [
    { value: '', label: t(locale, 'tours:planForm.noHome') },
    ...choices.cities.map(({ slug }) => ({ value: slug, label: names.get(slug) ?? slug })),
  ];
  const trainersOf = (checked: readonly string[]) =>
    choices.trainers.map(({ id, name }) => ({ id, name, checked: checked.includes(id) }));
  const teams = typed.teams.map((team, i) =>
    presentTeam(team, i + 1, { homes, trainersOf, errorOf }, locale),
  );
  return {
    ...frame,
    errors,
    nameFr: { value: typed.nameFr, error: errorOf('nameFr') },
    nameAr: { value: typed.nameAr, error: errorOf('nameAr') },
    from: { value: typed.from, error: errorOf('from') },
    to: { value: typed.to, error: errorOf('to') },
    weekdays: DAYS.map((day) => ({
      value: String(day),
      label: DATE_WORDS[locale].weekdays[day] ?? '',
      checked: typed.weekdays.includes(String(day)),
    })),
    holidays: typed.holidays,
    citiesError: errorOf('cities'),
    cities: presentCities(typed, names, errorOf, locale),
    datesOpen: typed.cities.some(({ earliest, latest }) => earliest || latest),
    teams: teams.slice(0, 2),
    moreTeams: teams.slice(2),
    moreOpen: teams.slice(2).some(({ isUsed }) => isUsed),
    pool: {
      trainers: trainersOf(typed.pool.trainers),
      size: typed.pool.size,
      home: typed.pool.home,
      homes,
      sizeError: errorOf('poolSize'),
      trainersError: errorOf('poolTrainers'),
      isOpen: typed.pool.trainers.length > 0,
    },
  };
}

type ErrorOf = (name: string) => string | undefined;

function presentTeam(
  team: TypedTeam,
  n: number,
  {
    homes,
    trainersOf,
    errorOf,
  }: {
    homes: ReadonlyArray<{ value: string; label: string }>;
    trainersOf: (checked: readonly string[]) => Array<{ id: string; name: string; checked: boolean }>;
    errorOf: ErrorOf;
  },
  locale: Locale,
) {
  return {
    n,
    legend: t(locale, 'tours:planForm.team', { n }),
    name: team.name,
    home: team.home,
    homes,
    trainers: trainersOf(team.trainers),
    nameError: errorOf(`teamName-${n}`),
    homeError: errorOf(`teamHome-${n}`),
    trainersError: errorOf(`trainers-${n}`),
    isUsed: team.home !== '' || team.trainers.length > 0,
  };
}

function presentCities(
  typed: TypedPlan,
  names: ReadonlyMap<string, string>,
  errorOf: ErrorOf,
  locale: Locale,
) {
  const halves = HALF_DAY_CHOICES.map((value) => ({
    value,
    label: t(locale, 'tours:planForm.halfDays', { count: Number(value) }),
  }));
  return typed.cities.map(({ slug, isChosen, halfDays, earliest, latest }) => ({
    ...{ slug, isChosen, halfDays, halves, earliest, latest },
    name: names.get(slug) ?? slug,
    halfLabel: t(locale, 'tours:planForm.lengthOf', { city: names.get(slug) ?? slug }),
    halfError: errorOf(`half-${slug}`),
    earliestError: errorOf(`earliest-${slug}`),
    latestError: errorOf(`latest-${slug}`),
  }));
}
