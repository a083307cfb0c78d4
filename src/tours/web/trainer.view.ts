import { formatDay } from '../../shared/clock/format-date.js';
import { cities, cityBySlug, placeName } from '../../shared/geography/geography.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { inLanguage } from '../../campaigns/public.js';
import type { DaysOff, TaughtCourse, TrainerDetail } from '../trainers/trainer.query.js';

/** What was typed and refused, or nothing. */
export interface TypedDaysOff {
  from: string;
  to: string;
  errors: Array<{ field: string; text: string }>;
  words?: string | undefined;
}

function homeWords(slug: string | null, locale: Locale): string {
  const city = slug === null ? undefined : cityBySlug(slug);
  return city ? placeName(city.name, locale) : '';
}

function coursesOf({ courses, taught }: TrainerDetail): TaughtCourse[] {
  return [...new Map([...courses, ...taught].map((one) => [one.id, one])).values()];
}

function daysWords({ from, to }: Omit<DaysOff, 'id'>, locale: Locale): string {
  if (from === to) return formatDay(from, locale);
  return t(locale, 'tours:trainer.fromTo', { from: formatDay(from, locale), to: formatDay(to, locale) });
}

/** The table of those whom one plans with. */
export function presentTrainers(trainers: readonly TrainerDetail[], locale: Locale) {
  const empty = t(locale, 'tours:trainer.notSaid');
  return {
    columns: ['name', 'home', 'courses', 'daysOff'].map((key) => ({
      label: t(locale, `tours:trainer.${key}`),
    })),
    rows: trainers.map((one) => ({
      cells: [
        { text: one.name, href: `/${locale}/staff/trainers/${one.id}` },
        { text: homeWords(one.homeCity, locale) || empty },
        {
          text:
            coursesOf(one)
              .map(({ title }) => inLanguage(title, locale))
              .join(' · ') || empty,
        },
        { text: one.daysOff.map((days) => daysWords(days, locale)).join(' · ') || '–' },
      ],
    })),
  };
}

/** One trainer's page: by whoever plans with them, or themselves. */
export function presentTrainer(
  trainer: TrainerDetail,
  {
    choices,
    typed,
    base,
  }: { choices: readonly TaughtCourse[]; typed?: TypedDaysOff | undefined; base: string },
  locale: Locale,
) {
  const { id, name, homeCity, courses, taught, daysOff } = trainer;
  const known = new Set(courses.map((one) => one.id));
  const has = new Set(taught.map((one) => one.id));
  const all = new Map([...choices, ...courses].map((one) => [one.id, one]));
  return {
    id,
    name,
    action: base,
    daysAction: `${base}/days-off`,
    homeCity: homeCity ?? '',
    cities: [
      { value: '', label: t(locale, 'tours:trainer.notSaid') },
      ...cities()
        .map(({ slug, name: words }) => ({ value: slug, label: placeName(words, locale) }))
        .sort((a, b) => a.label.localeCompare(b.label, locale)),
    ],
    courses: [...all.values()].map((one) => ({
      id: one.id,
      title: inLanguage(one.title, locale),
      checked: known.has(one.id),
      note: has.has(one.id) ? t(locale, 'tours:trainer.hasTaught') : '',
    })),
    taught: coursesOf(trainer)
      .map(({ title }) => inLanguage(title, locale))
      .join(' · '),
    daysOff: daysOff.map((days) => ({ id: days.id, words: daysWords(days, locale) })),
    ...(typed
      ? { typed: { ...typed, fromError: errorAt('from', typed), toError: errorAt('to', typed) } }
      : {}),
  };
}

function errorAt(field: string, { errors }: TypedDaysOff): string | undefined {
  return errors.find((one) => one.field === field)?.text;
}
