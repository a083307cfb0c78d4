import { type Locale, t } from '../../shared/i18n/i18n.js';
import { LISTENING_LANGUAGES } from '../../shared/listening/listening-language.js';
import { formatSize } from '../../shared/web/format-size.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { LONGEST_SOUND_MS } from '../authoring/draft-attachments.service.js';
import type { SourceFiles } from '../course-source.service.js';

interface Entry {
  readonly file?: unknown;
  readonly synthetic?: unknown;
}

/** The recordings of a block as its author hears them, and where another is sent. */
export function presentSounds(
  value: object,
  files: SourceFiles,
  course: AuthoredCourse,
  module: string,
  locale: Locale,
): object {
  const given = 'audio' in value ? (value.audio as Readonly<Record<string, Entry | null>> | null) : undefined;
  const rows = LISTENING_LANGUAGES.flatMap((lang) => {
    const { file, synthetic } = given?.[lang] ?? {};
    if (typeof file !== 'string') return [];
    const kept = files[`${module}/${file}`];
    return [
      {
        ...{ lang, language: t(locale, `listening:language.${lang}`), synthetic: synthetic === true },
        ...(kept
          ? {
              src: `/${locale}/staff/courses/${course.slug}/draft-files/${module}/${file}`,
              size: formatSize(kept.bytes, locale),
            }
          : {}),
      },
    ];
  });
  return {
    rows,
    options: LISTENING_LANGUAGES.map((lang) => ({
      value: lang,
      label: t(locale, `listening:language.${lang}`),
    })),
    minutes: LONGEST_SOUND_MS / 60_000,
  };
}
