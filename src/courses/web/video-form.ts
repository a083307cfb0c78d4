import { directionOf, type Locale, t } from '../../shared/i18n/i18n.js';
import type { FieldError } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { CAPTION_LANGUAGES, type DraftVideo, type VideoEdit } from '../authoring/draft-video.service.js';

/** Captions side by side and the still picture of a video; what was typed where it was refused. */
export function presentVideo(
  video: DraftVideo | undefined,
  course: AuthoredCourse,
  typed: VideoEdit | undefined,
  errors: readonly FieldError[],
  locale: Locale,
): object {
  if (!video) return {};
  const { captions, poster } = typed ?? video;
  const errorAt = (pointer: string): string | undefined => {
    const error = typed && errors.find((each) => each.pointer === pointer);
    return error && fieldDetail(locale, error);
  };
  const src = `/${locale}/staff/courses/${course.slug}/draft-files/${video.posterFile}`;
  return {
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
    poster: { src, options: video.scenes.map((id) => ({ value: id, label: id, checked: id === poster })) },
    seconds: Math.round(video.durationMs / 1000),
  };
}
