import { type CourseBlock, linesOf, type PublishedVideo, type TextLanguage } from '../../courses/public.js';
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
  const choices = choicesOf(video, locale);
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
    voices: video.audioTracks.map(({ lang, synthetic }) =>
      t(locale, synthetic ? 'learning:lesson.voiceSynthetic' : 'learning:lesson.voice', {
        language: languageOf(lang, locale),
      }),
    ),
    speeds: SPEEDS.map((rate) => ({
      rate: String(rate),
      label: t(locale, 'learning:lesson.speedOf', { rate: formatNumber(rate, locale) }),
      selected: rate === 1,
    })),
    transcript: transcriptOf(block, locale),
  };
}

function choicesOf({ base, master, renditions, audioOnly, audioTracks }: PublishedVideo, locale: Locale) {
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
    size: size(rendition.bytes),
    checked: rendition === first,
  }));
  const sound = {
    value: 'audio',
    src: `${base}/${audioOnly.playlist}`,
    label: t(locale, 'learning:lesson.choiceAudio'),
    size: size(audioOnly.bytes),
    checked: false,
  };
  // A video without a voice is nothing to hear.
  return audioTracks.length > 0 ? [...pictures, sound] : pictures;
}

function languageOf(lang: string, locale: Locale): string {
  return t(locale, `learning:languageOf.${lang}`);
}

/** The captions as text, in the reader's language or in French: scene by scene, or one after the other where there are no scenes. */
function transcriptOf({ script, captionLines }: VideoBlock, locale: Locale): object {
  const lang: Exclude<TextLanguage, 'en'> = locale === 'ar' ? 'ar' : 'fr';
  const lines = script
    ? script.scenes.map(({ caption }) => caption[lang].join(' '))
    : (captionLines?.[lang] ?? []);
  return lang === locale ? { lines } : { lines, lang, dir: directionOf(lang) };
}
