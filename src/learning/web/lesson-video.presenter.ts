import {
  type CourseBlock,
  linesOf,
  type PublishedVideo,
  videoSounds,
  type TextLanguage,
  type VideoSound,
} from '../../courses/public.js';
import { directionOf, type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber } from '../../shared/web/handlebars/format.js';
import type { Reader } from './reader.js';

type VideoBlock = Extract<CourseBlock, { kind: 'video' }>;

const MEGABYTE = 1_000_000;
const SPEEDS = [0.75, 1, 1.25, 1.5];
/** Lines of the picture a lesson begins with. */
const FIRST_LINES = 240;
const NAMED_LINES = new Set([240, 480]);

/** The player of a lesson: each choice with its megabytes, captions in the reader's language first, the spoken text. */
export function presentLessonVideo(block: VideoBlock, video: PublishedVideo, reader: Reader): object {
  const { locale } = reader;
  const sounds = videoSounds(video);
  const choices = choicesOf(video, sounds, locale);
  const languages = [...video.captions].sort((a, b) => Number(b.lang === locale) - Number(a.lang === locale));
  return {
    id: video.id,
    title: reader.shown(block.title),
    ...(block.description ? { description: reader.shown(block.description) } : {}),
    src: choices.find(({ checked }) => checked)?.src ?? `${video.base}/${video.master}`,
    poster: `${video.base}/${video.poster.file}`,
    width: video.poster.width,
    height: video.poster.height,
    seconds: video.durationMs / 1000,
    choices,
    captions: languages.map(({ lang, file }, index) => ({
      lang,
      url: `${video.base}/${file}`,
      label: t(locale, 'learning:lesson.captions', { language: languageOf(lang, locale) }),
      first: index === 0,
    })),
    voices: sounds.flatMap(({ lang, synthetic }) =>
      lang === undefined
        ? []
        : t(locale, synthetic ? 'learning:lesson.voiceSynthetic' : 'learning:lesson.voice', {
            language: languageOf(lang, locale),
          }),
    ),
    // Of one there is nothing to choose.
    ...(sounds.length > 1 ? { languages: languagesOf(video, sounds, locale) } : {}),
    speeds: SPEEDS.map((rate) => ({
      rate: String(rate),
      label: t(locale, 'learning:lesson.speedOf', { rate: formatNumber(rate, locale) }),
      selected: rate === 1,
    })),
    transcript: transcriptOf(block, locale),
  };
}

/** The languages to choose from; `src` is the sound alone. */
function languagesOf({ base }: PublishedVideo, sounds: readonly VideoSound[], locale: Locale) {
  return sounds.map(({ lang, synthetic, playlist }) => ({
    value: lang ?? 'none',
    src: `${base}/${playlist}`,
    label: lang ? t(locale, `listening:language.${lang}`) : t(locale, 'learning:lesson.soundOfFilm'),
    synthetic,
  }));
}

function choicesOf(
  { base, master, renditions, audioOnly }: PublishedVideo,
  sounds: readonly VideoSound[],
  locale: Locale,
) {
  // Whichever language is chosen, it weighs no more.
  const heaviest = Math.max(audioOnly.bytes, ...sounds.map(({ bytes }) => bytes));
  const size = (bytes: number): string =>
    t(locale, 'learning:lesson.size', {
      megabytes: formatNumber(Math.max(0.1, bytes / MEGABYTE), locale, 1),
    });
  const sorted = [...renditions].sort((a, b) => a.height - b.height);
  const first = sorted.find((each) => linesOf(each) >= FIRST_LINES) ?? sorted.at(-1);
  const pictures = sorted.map((rendition) => ({
    value: String(linesOf(rendition)),
    src: `${base}/${master}?height=${rendition.height}`,
    label: t(
      locale,
      NAMED_LINES.has(linesOf(rendition))
        ? `learning:lesson.choice${linesOf(rendition)}`
        : 'learning:lesson.choiceOther',
      {
        height: linesOf(rendition),
      },
    ),
    size: size(rendition.bytes - audioOnly.bytes + heaviest),
    checked: rendition === first,
  }));
  const sound = {
    value: 'audio',
    src: `${base}/${sounds[0]?.playlist ?? audioOnly.playlist}`,
    label: t(locale, 'learning:lesson.choiceAudio'),
    size: size(heaviest),
    checked: false,
  };
  // A video without a voice is nothing to hear.
  return sounds.length > 0 ? [...pictures, sound] : pictures;
}

function languageOf(lang: string, locale: Locale): string {
  return t(locale, `learning:languageOf.${lang}`);
}

/**
 * The captions as text, in the reader's language or in French: scene by scene, or one after the other where there are no
 * scenes. Each line is a caption, in their order, so that a script can follow the picture.
 */
function transcriptOf({ script, captionLines }: VideoBlock, locale: Locale): object {
  const lang: Exclude<TextLanguage, 'en'> = locale === 'ar' ? 'ar' : 'fr';
  const paragraphs = script
    ? script.scenes.map(({ caption }) => caption[lang])
    : (captionLines?.[lang] ?? []).map((line) => [line]);
  return { paragraphs, of: lang, ...(lang === locale ? {} : { lang, dir: directionOf(lang) }) };
}
