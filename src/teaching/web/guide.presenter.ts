import Handlebars from 'handlebars';
import {
  blockOf,
  type LocalizedText,
  type PublishedCourse,
  type PublishedModule,
  renderMarkdown,
} from '../../courses/public.js';
import { titleOf } from '../../learning/public.js';
import { formatTime } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber, pickText } from '../../shared/web/handlebars/format.js';
import { AGENDAS, SESSION_FORMATS, type SessionFormat, shareOut } from '../agenda.js';
import { presentKeys, presentQuestions } from './guide-quiz.presenter.js';

/** Which guide is wanted. */
export interface GuideChoice {
  readonly format: SessionFormat;
  readonly modules: readonly PublishedModule[];
  readonly withKeys: boolean;
}

const SAFETY = [1, 2, 3, 4, 5];

/** A course as the guide of whoever teaches it for a day: agenda, what to do, questions, and at the end the answers. */
export function presentGuide(course: PublishedCourse, choice: GuideChoice, locale: Locale): object {
  const { format, modules, withKeys } = choice;
  const base = `/${locale}/staff/courses/${course.slug}/guide`;
  return {
    backHref: `/${locale}/staff/tasks`,
    base,
    format,
    summary: pickText(course.document.summary, locale).text,
    tabs: SESSION_FORMATS.map((one) => ({
      label: t(locale, `teaching:guide.format.${one}`),
      href: `${base}?format=${one}`,
      current: one === format,
    })),
    choices: course.modules.map((module) => ({
      value: module.slug,
      label: `${formatNumber(module.position, locale)}. ${titleOf(module, locale)}`,
      checked: modules.includes(module),
    })),
    agenda: agendaOf(choice, locale),
    modules: modules.map((module) => presentModule(module, locale)),
    safety: format === 'day' ? SAFETY.map((n) => t(locale, `teaching:safety.${n}.says`)) : [],
    ...(withKeys
      ? {
          keys: modules.map((module) => presentKeys(module, locale)).filter(({ lines }) => lines.length > 0),
          safetyKeys: format === 'day' ? SAFETY.map((n) => t(locale, `teaching:safety.${n}.key`)) : [],
        }
      : {}),
    testHref: course.document.test ? `/${locale}/staff/learning/${course.slug}/test/cards` : undefined,
  };
}

function agendaOf({ format, modules }: GuideChoice, locale: Locale): object[] {
  const lines = AGENDAS[format];
  const shares = shareOut(lines, modules);
  return lines.map((line) => ({
    from: formatTime(line.from, locale),
    to: formatTime(line.to, locale),
    text: t(locale, `teaching:agenda.${line.key}`),
    modules: (shares.get(line) ?? []).map((module) => ({
      number: formatNumber(module.position, locale),
      title: titleOf(module, locale),
      href: `#module-${module.slug}`,
    })),
  }));
}

function presentModule(module: PublishedModule, locale: Locale): object {
  const { document, slug, position } = module;
  const texts = (list: readonly LocalizedText[]) => list.map((text) => pickText(text, locale).text);
  const exercise = blockOf(document, 'exercise');
  const cards = document.blocks.flatMap((block) => (block.kind === 'card' ? [block.title] : []));
  return {
    slug,
    number: formatNumber(position, locale),
    title: titleOf(module, locale),
    minutes: document.minutes,
    objectives: texts(document.objectives),
    bring: texts(document.bring),
    video: module.video
      ? t(locale, 'teaching:guide.video', { seconds: Math.round(module.video.durationMs / 1000) })
      : undefined,
    cards: texts(cards),
    ...(exercise
      ? {
          exercise: {
            title: pickText(exercise.title, locale).text,
            text: new Handlebars.SafeString(renderMarkdown(pickText(exercise.text, locale).text, locale)),
          },
        }
      : {}),
    glossary: document.glossary.map(({ ar, fr }) => ({ ar, fr })),
    questions: presentQuestions(module, locale),
  };
}
