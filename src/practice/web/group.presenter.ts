import { inLanguage } from '../../campaigns/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import type { ExerciseCount, GroupProgress } from '../group.service.js';
import type { GroupDto } from './group.dto.js';

/** The group's counts for programs. */
export function presentGroup({ session, seats, scenarios }: GroupProgress, locale: Locale): GroupDto {
  return {
    sessionId: session.id,
    seats,
    scenarios: scenarios.map(({ scenario, players, exercises }) => ({
      scenario: scenario.slug,
      title: scenario.title[locale] ?? scenario.title.fr,
      players,
      exercises: exercises.map(({ exercise, done, wrong, open, paths }) => ({
        exercise: exercise.id,
        title: exercise.title[locale] ?? exercise.title.fr,
        ...{ done, wrong, open },
        paths: paths.map(({ id, people }) => ({ path: id, people, hint: hintOf(exercise, id, locale) })),
      })),
    })),
  };
}

function hintOf(exercise: ExerciseCount['exercise'], path: string, locale: Locale): string {
  const hint = exercise.wrong.find(({ id }) => id === path)?.hint;
  return hint?.[locale] ?? hint?.fr ?? '';
}

/** The group's counts as a page: one table a scenario, the hardest exercise named first. */
export function presentGroupPage(progress: GroupProgress, locale: Locale) {
  const { session, seats, scenarios } = progress;
  const count = (value: number): string => formatNumber(value, locale);
  const columns = [
    { label: t(locale, 'practice:group.exercise') },
    ...['done', 'wrong', 'open'].map((name) => ({
      label: t(locale, `practice:exercise.${name}`),
      kind: 'number',
    })),
    { label: t(locale, 'practice:group.where') },
  ];
  return {
    backHref: `/${locale}/staff/sessions/${session.id}`,
    session: t(locale, 'practice:group.session', {
      course: inLanguage(session.course.title, locale),
      city: inLanguage(session.cityName, locale),
    }),
    seats: t(locale, 'practice:group.seats', { count: seats }),
    scenarios: scenarios.map(({ scenario, players, exercises }) => ({
      slug: scenario.slug,
      title: scenario.title,
      players: t(locale, 'practice:group.players', { count: players }),
      played: players > 0,
      columns,
      rows: [...exercises]
        .sort((a, b) => b.wrong - a.wrong)
        .map((one) => ({
          cells: [
            { text: one.exercise.title[locale] ?? one.exercise.title.fr },
            ...[one.done, one.wrong, one.open].map((value) => ({ text: count(value) })),
            { text: stuckAt(one, locale) },
          ],
        })),
    })),
  };
}

/** Where most are stuck, with the hint they see. */
function stuckAt({ exercise, paths: [first] }: ExerciseCount, locale: Locale): string {
  if (!first) return '–';
  return t(locale, 'practice:group.stuck', { count: first.people, hint: hintOf(exercise, first.id, locale) });
}
