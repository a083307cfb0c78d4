import type { Listening, PublishedCourse, VersionedTest } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { ShownTrack } from '../../shared/listening/tracks.presenter.js';
import { newId } from '../../shared/new-id.js';
import { asQuiz, type MarkedTest, type OwnTest } from '../course-test.service.js';
import { presentChoice, presentTracks } from './listening.presenter.js';
import { presentFields, type Refused } from './quiz-fields.presenter.js';
import { presentMarks, presentQuizErrors } from './quiz.pages.presenter.js';
import { Reader } from './reader.js';

/** The page of a test for somebody who is signed in: questions, a word on when, or both results. */
export function presentTestPage(
  own: OwnTest,
  listening: Listening,
  locale: Locale,
  refused?: Refused,
): object {
  const { step, post } = own;
  const isDue = step === 'pre' || step === 'post';
  return {
    heading: presentHeading(own, locale, isDue ? step : undefined),
    ...(isDue ? { form: presentForm(own, step, { locale, listening }, refused) } : {}),
    ...(step === 'early' ? { notice: notice(locale, 'early', 'good') } : {}),
    ...(step === 'read-aloud' ? { notice: notice(locale, 'readAloud', 'info') } : {}),
    ...(post ? { result: presentResults(own, post, { locale, listening }) } : {}),
  };
}

/** The page for whoever has no test of their own: visitors may sign in, staff see the figures. */
export function presentTestVisit(
  current: VersionedTest & { readonly course: PublishedCourse },
  locale: Locale,
  isStaff: boolean,
): object {
  const path = `/${locale}/courses/${current.course.slug}/test`;
  const link = isStaff
    ? {
        href: `/${locale}/staff/learning/${current.course.slug}/test`,
        label: t(locale, 'learning:test.staffLink'),
      }
    : { href: `/${locale}/sign-in?next=${path}`, label: t(locale, 'learning:test.signIn') };
  const text = t(locale, isStaff ? 'learning:test.staff' : 'learning:test.signInText');
  return { heading: presentHeading(current, locale), notice: { kind: 'info', text, ...link } };
}

function presentHeading(
  { course, test }: VersionedTest & { readonly course: PublishedCourse },
  locale: Locale,
  phase?: 'pre' | 'post',
): object {
  const reader = new Reader(locale);
  return {
    title: reader.shown(test.title),
    intro: reader.shown(test.intro),
    back: reader.plain(course.document.title),
    backHref: `/${locale}/courses/${course.slug}`,
    ...(phase ? { phase: t(locale, phase === 'pre' ? 'learning:test.before' : 'learning:test.after') } : {}),
  };
}

/** The recordings of a question of a test. */
export function tracksOfTest(listening: Listening, locale: Locale) {
  return (item: string): ShownTrack[] => presentTracks(listening, `test.${item}`, locale);
}

/** The languages that a test can be heard in. */
export function presentTestChoice(
  { items }: VersionedTest['test'],
  listening: Listening,
  locale: Locale,
): object {
  const lines = items.map(({ id }) => `test.${id}`);
  return presentChoice(listening, lines, locale);
}

function presentForm(
  { test, base, course, versionId }: OwnTest,
  phase: string,
  { locale, listening }: { locale: Locale; listening: Listening },
  refused?: Refused,
): object {
  const view = {
    ...{ arrangement: 0, base, reader: new Reader(locale), disabled: false, optional: true },
    ...{ tracksOf: tracksOfTest(listening, locale), refused },
  };
  return {
    ...{ action: `/${locale}/courses/${course.slug}/test`, attemptId: newId(), phase, versionId },
    items: presentFields(test.items, asQuiz(test), view),
    choice: presentTestChoice(test, listening, locale),
    ...(refused ? { errors: presentQuizErrors(test, refused, locale) } : {}),
  };
}

function notice(locale: Locale, key: 'early' | 'readAloud', kind: string): object {
  return { kind, title: t(locale, `learning:test.${key}`), text: t(locale, `learning:test.${key}Text`) };
}

function presentResults(
  { test, pre }: OwnTest,
  post: MarkedTest,
  { locale, listening }: { locale: Locale; listening: Listening },
): object {
  const reader = new Reader(locale);
  const score = (key: string, { marking }: MarkedTest) => ({
    term: t(locale, key),
    text: t(locale, 'learning:test.score', { score: marking.score, max: marking.max }),
  });
  return {
    scores: [...(pre ? [score('learning:test.preScore', pre)] : []), score('learning:test.postScore', post)],
    items: presentMarks(test, post, reader, tracksOfTest(listening, locale)),
    choice: presentTestChoice(test, listening, locale),
  };
}
