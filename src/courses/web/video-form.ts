import { directionOf, type Locale, t } from '../../shared/i18n/i18n.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { CAPTION_LANGUAGES } from '../authoring/draft-media.js';
import type { DraftVideo, VideoEdit } from '../authoring/draft-video.service.js';
import { presentState } from '../../shared/listening/booth.presenter.js';
import { BY_SPEAKERS } from '../../shared/listening/listening-language.js';
import { formatSize } from '../../shared/web/format-size.js';

/** What may be wrong in one caption of a list, and the words that its script puts values into. */
const CUE_PROBLEMS = ['vtt-time', 'vtt-order', 'vtt-late', 'vtt-empty', 'vtt-long', 'vtt-fast', 'vtt-markup'];
const CUE_WORDS = { seconds: '%seconds%', have: '%have%', need: '%need%', max: '%max%' };

/** Addresses that lead from a video: to its course, to sending another, to recording it in other languages. */
export interface VideoHrefs {
  readonly home: string;
  readonly filmHref?: string;
  readonly languagesHref: string;
}

/** Captions side by side, the still picture, and where a film is sent; what was typed where it was refused. */
export function presentVideo(
  video: DraftVideo | undefined,
  { home, filmHref, languagesHref }: VideoHrefs,
  typed: VideoEdit | undefined,
  errors: readonly FieldError[],
  locale: Locale,
): object {
  if (!video) return { filmHref };
  const { captions, poster } = typed ?? video;
  const errorAt = (pointer: string): string | undefined => {
    const error = typed && errors.find((each) => each.pointer === pointer);
    return error && fieldDetail(locale, error);
  };
  const options = video.scenes.map((id) => ({ value: id, label: id, checked: id === poster }));
  return {
    filmHref,
    ...{ hasOldCaptions: video.hasOldCaptions, durationMs: video.durationMs, lines: video.lines },
    problems: CUE_PROBLEMS.map((code) => ({
      code,
      text: t(locale, `courses:video.problem.${code}`, CUE_WORDS),
    })),
    captions: CAPTION_LANGUAGES.map((lang) => ({
      ...{
        lang,
        dir: directionOf(lang),
        id: `field-captions-${lang}`,
        name: `captions-${lang}`,
        value: captions[lang],
      },
      label: t(locale, `courses:language.${lang}`),
      error: errorAt(`/captions/${lang}`),
    })),
    poster: { src: `${home}/draft-files/${video.posterFile}`, ...(video.isFilm ? {} : { options }) },
    sizes: video.sizes.map(({ lines, bytes }) => `${lines}p · ${formatSize(bytes, locale)}`),
    seconds: Math.round(video.durationMs / 1000),
    languages: presentLanguages(video, languagesHref, locale),
    languagesAction: languagesHref,
    hasAdded: video.audioTracks.some(({ track }) => track),
  };
}

/** Each language: what is heard in it, and the way to record it. */
function presentLanguages({ audioTracks }: DraftVideo, href: string, locale: Locale): object[] {
  return BY_SPEAKERS.map((lang) => {
    const mine = audioTracks.filter((each) => each.lang === lang);
    const added = mine.find(({ track }) => track);
    const heard = added ?? mine[0];
    const state = heard ? (heard.synthetic ? 'synthetic' : 'person') : null;
    return {
      ...{ lang, name: t(locale, `listening:language.${lang}`), href: `${href}?lang=${lang}` },
      state: presentState({ heard: state, isOutdated: false }, locale),
      isOwn: heard !== undefined && !added,
      ...(added?.track ? { size: formatSize(added.track.bytes, locale) } : {}),
    };
  });
}
