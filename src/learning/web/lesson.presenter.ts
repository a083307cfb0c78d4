import Handlebars from 'handlebars';
import {
  type AudioBlock,
  blockOf,
  type CardBlock,
  type CourseBlock,
  type ExerciseBlock,
  type ImageBlock,
  type Listening,
  type LocalizedText,
  type PublishedCourse,
  type PublishedModule,
  renderMarkdown,
} from '../../courses/public.js';
import { directionOf, type Locale, t } from '../../shared/i18n/i18n.js';
import { formatSize } from '../../shared/web/format-size.js';
import { fallbackSentence, hrefOf } from './course.pages.presenter.js';
import { presentTracks } from './listening.presenter.js';
import { presentLessonFile, soundsOf } from './lesson-file.presenter.js';
import { presentLessonVideo } from './lesson-video.presenter.js';
import { Reader, type ShownText } from './reader.js';

/** A Markdown text as markup, with its language where it is not the page's. */
interface ShownMarkup {
  readonly text: Handlebars.SafeString;
  readonly lang?: Locale;
  readonly dir?: 'rtl' | 'ltr';
}

/** What a lesson is shown with. */
interface LessonView {
  readonly module: PublishedModule;
  readonly listening: Listening;
  readonly reader: Reader;
}

function markup(text: LocalizedText, reader: Reader): ShownMarkup {
  const { text: source, ...language } = reader.shown(text);
  return { ...language, text: new Handlebars.SafeString(renderMarkdown(source, reader.locale)) };
}

function presentCard(card: CardBlock, { module, listening, reader }: LessonView): object {
  const image = { src: `${module.picturesBase}/${card.image.file}`, alt: reader.plain(card.image.alt) };
  const tracks = presentTracks(listening, `${module.slug}/${card.id}`, reader.locale);
  return { id: card.id, title: reader.shown(card.title), html: markup(card.text, reader), image, tracks };
}

/** A picture by itself, with what stands under it. */
function presentLessonImage(
  { id, title, image, caption }: ImageBlock,
  { module, reader }: LessonView,
): object {
  return {
    id,
    title: reader.shown(title),
    image: { src: `${module.picturesBase}/${image.file}`, alt: reader.plain(image.alt) },
    ...(caption ? { caption: reader.shown(caption) } : {}),
  };
}

/** A recording in each language it is spoken in, and what it says. */
function presentLessonAudio(block: AudioBlock, { module, reader }: LessonView): object {
  const { locale } = reader;
  const tracks = soundsOf(block).map(({ lang, file, bytes, synthetic }) => ({
    ...{ src: `${module.attachmentsBase}/${file}`, size: formatSize(bytes, locale), synthetic },
    label: t(locale, 'learning:lesson.sound', { language: t(locale, `learning:languageOf.${lang}`) }),
  }));
  return { id: block.id, title: reader.shown(block.title), tracks, html: markup(block.transcript, reader) };
}

function presentExercise({ title, text, proof }: ExerciseBlock, reader: Reader): object {
  return { title: reader.shown(title), html: markup(text, reader), photo: proof === 'photo' };
}

function presentBlock(block: CourseBlock, view: LessonView): object[] {
  const { module, reader } = view;
  switch (block.kind) {
    case 'card':
      return [{ card: presentCard(block, view) }];
    case 'image':
      return [{ image: presentLessonImage(block, view) }];
    case 'audio':
      return [{ audio: presentLessonAudio(block, view) }];
    case 'exercise':
      return [{ exercise: presentExercise(block, reader) }];
    case 'video':
      return module.video ? [{ video: presentLessonVideo(block, module.video, reader) }] : [];
    case 'file':
      return [{ file: presentLessonFile(block, module, reader) }];
    case 'quiz':
      return [];
  }
}

/** A lesson's blocks as two runs: up to the quiz, whose form belongs to a person, and after it. */
export function presentLessonBlocks(
  module: PublishedModule,
  course: PublishedCourse,
  listening: Listening,
  locale: Locale,
) {
  const reader = new Reader(locale);
  const { document } = module;
  const shown = (texts: readonly LocalizedText[]): ShownText[] => texts.map((text) => reader.shown(text));
  const at = document.blocks.findIndex(({ kind }) => kind === 'quiz');
  const end = at < 0 ? document.blocks.length : at;
  const present = (blocks: readonly CourseBlock[]) =>
    blocks.flatMap((block) => presentBlock(block, { module, listening, reader }));
  const [before, after] = [present(document.blocks.slice(0, end)), present(document.blocks.slice(end))];
  const required = course.modules.filter(({ slug }) => document.requires.includes(slug));
  const opening = {
    outline: document.blocks.length === 0,
    objectives: shown(document.objectives),
    bring: shown(document.bring),
    before: required.map((each) => ({
      title: reader.shown(each.document.title),
      href: hrefOf(each, locale),
    })),
  };
  reader.plain(document.title);
  const fallback = fallbackSentence(reader, 'learning:lesson.fallback');
  return {
    before: { opening: { ...opening, fallback }, blocks: before },
    after: { blocks: after, glossary: document.glossary.map(({ ar, fr }) => ({ ar, fr })) },
  };
}

/** What stands above a lesson. */
export function presentHeading(module: PublishedModule, course: PublishedCourse, locale: Locale) {
  const reader = new Reader(locale);
  return {
    title: reader.shown(module.document.title),
    number: t(locale, 'learning:lesson.number', { position: module.position, total: course.modules.length }),
    minutes: module.document.minutes,
    back: reader.plain(course.document.title),
    backHref: `/${locale}/courses/${course.slug}`,
    dir: directionOf(locale),
  };
}

/** The modules beside this one on the road. */
export function neighboursOf(module: PublishedModule, course: PublishedCourse, locale: Locale) {
  const at = course.modules.indexOf(module);
  const link = (other: PublishedModule | undefined) => (other ? { href: hrefOf(other, locale) } : undefined);
  return { previous: link(course.modules[at - 1]), next: link(course.modules[at + 1]) };
}

/** True for a module whose quiz is asked here. */
export function asksQuiz({ document }: PublishedModule): boolean {
  return blockOf(document, 'quiz') !== undefined;
}
