import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import { MAX_HALF_DAYS } from '../planner/problem.js';
import { WORKING_WEEK, type WantedPlan } from '../plans/wanted-plan.js';
import type { NewTour } from '../tour.service.js';

/** Teams that the form has room for. */
export const FORM_TEAMS = 4;
const USUAL_HALF_DAYS = '2';

export interface TypedCity {
  slug: string;
  isChosen: boolean;
  halfDays: string;
  earliest: string;
  latest: string;
}

export interface TypedTeam {
  name: string;
  home: string;
  trainers: string[];
}

/** The form as typed: kept when it is refused. */
export interface TypedPlan {
  nameFr: string;
  nameAr: string;
  from: string;
  to: string;
  weekdays: string[];
  holidays: boolean;
  cities: TypedCity[];
  teams: TypedTeam[];
  pool: { trainers: string[]; size: string; home: string };
}

/** What the form asks for, and the place in it of each team and city that is asked for. */
export interface ReadPlanForm {
  tour: NewTour;
  wanted: WantedPlan;
  teamPlaces: number[];
  cityPlaces: string[];
}

/** An empty form: two teams, Monday to Friday. */
export function blankPlan(cities: readonly string[]): TypedPlan {
  const city = (slug: string): TypedCity => ({
    ...{ slug, isChosen: false, halfDays: USUAL_HALF_DAYS },
    ...{ earliest: '', latest: '' },
  });
  return {
    ...{ nameFr: '', nameAr: '', from: '', to: '', holidays: false },
    weekdays: WORKING_WEEK.map(String),
    cities: cities.map(city),
    teams: Array.from({ length: FORM_TEAMS }, (_, i) => ({ name: 'ABCD'[i] ?? '', home: '', trainers: [] })),
    pool: { trainers: [], size: '1', home: '' },
  };
}

/** The form of what was asked before. A city may stand there once. */
export function typedFromWanted(wanted: WantedPlan, cities: readonly string[]): TypedPlan {
  const blank = blankPlan(cities);
  return {
    ...blank,
    ...{ from: wanted.from, to: wanted.to, holidays: wanted.holidays },
    weekdays: wanted.weekdays.map(String),
    cities: blank.cities.map((city) => {
      const stop = wanted.stops.find((one) => one.city === city.slug);
      if (!stop) return city;
      const { halfDays, earliest = '', latest = '' } = stop;
      return { slug: city.slug, isChosen: true, halfDays: String(halfDays), earliest, latest };
    }),
  };
}

/** Takes the fields of a sent form, whatever they hold. */
export function typedPlanOf(body: FormBody, cities: readonly string[]): TypedPlan {
  const chosen = new Set(formTexts(body, 'city'));
  return {
    nameFr: formText(body, 'nameFr'),
    nameAr: formText(body, 'nameAr'),
    from: formText(body, 'from'),
    to: formText(body, 'to'),
    weekdays: formTexts(body, 'weekday').filter((day) => /^[0-6]$/.test(day)),
    holidays: formText(body, 'holidays') !== '',
    cities: cities.map((slug) => ({
      slug,
      isChosen: chosen.has(slug),
      halfDays: formText(body, `half-${slug}`) || USUAL_HALF_DAYS,
      earliest: formText(body, `earliest-${slug}`),
      latest: formText(body, `latest-${slug}`),
    })),
    teams: Array.from({ length: FORM_TEAMS }, (_, i) => ({
      name: formText(body, `teamName-${i + 1}`),
      home: formText(body, `teamHome-${i + 1}`),
      trainers: formTexts(body, `trainers-${i + 1}`),
    })),
    pool: {
      trainers: formTexts(body, 'poolTrainers'),
      size: formText(body, 'poolSize').trim(),
      home: formText(body, 'poolHome'),
    },
  };
}

/** A team without a city and without trainers is not there, whatever its name. */
export function readPlanForm(typed: TypedPlan): ReadPlanForm {
  const teams = typed.teams.flatMap((team, place) =>
    team.home || team.trainers.length > 0 ? [{ team, place }] : [],
  );
  const cities = typed.cities.filter(({ isChosen }) => isChosen);
  const { pool } = typed;
  return {
    tour: {
      name: { fr: typed.nameFr, ar: typed.nameAr },
      teams: teams.map(({ team: { name, home, trainers } }) => ({
        name,
        home: home || null,
        trainerIds: trainers,
      })),
      ...(pool.trainers.length > 0
        ? { pool: { trainerIds: pool.trainers, size: wholeNumber(pool.size), home: pool.home || null } }
        : {}),
    },
    wanted: {
      ...{ from: typed.from, to: typed.to, holidays: typed.holidays, without: [] },
      weekdays: typed.weekdays.map(Number),
      stops: cities.map(({ slug, halfDays, earliest, latest }) => ({
        city: slug,
        halfDays: wholeNumber(halfDays),
        ...(earliest ? { earliest } : {}),
        ...(latest ? { latest } : {}),
      })),
    },
    teamPlaces: teams.map(({ place }) => place),
    cityPlaces: cities.map(({ slug }) => slug),
  };
}

const wholeNumber = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : 0);

export const HALF_DAY_CHOICES = Array.from({ length: MAX_HALF_DAYS }, (_, i) => String(i + 1));

/** The name of the form's field that a service's pointer means. */
export function planFieldOf(pointer: string, { teamPlaces, cityPlaces }: ReadPlanForm): string {
  const [, first = '', second = '', third = ''] = pointer.split('/');
  if (first === 'name') return second === 'ar' ? 'nameAr' : 'nameFr';
  if (first === 'pool') return second === 'size' ? 'poolSize' : 'poolTrainers';
  if (first === 'teams') {
    const place = (teamPlaces[Number(second || 0)] ?? 0) + 1;
    const field = third === 'home' ? 'teamHome' : third === 'trainerIds' ? 'trainers' : 'teamName';
    return `${field}-${place}`;
  }
  if (first === 'stops') {
    const slug = cityPlaces[Number(second)];
    if (second === '' || slug === undefined) return 'cities';
    return `${third === 'earliest' || third === 'latest' ? third : 'half'}-${slug}`;
  }
  return first;
}
