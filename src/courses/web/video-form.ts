import { directionOf, type Locale, t } from '../../shared/i18n/i18n.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import { CAPTION_LANGUAGES } from '../authoring/draft-media.js';
import type { DraftVideo, VideoEdit } from '../authoring/draft-video.service.js';
import { formatSize } from '../../shared/web/format-size.js';

/** Captions side by side, the still picture, and where a film is sent; what was typed where it was refused. */
export function presentVideo(
  video: DraftVideo | undefined,
  { home, filmHref }: { readonly home: string; readonly filmHref?: string },
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
    hasOldCaptions: video.hasOldCaptions,
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
  };
}
