import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatFile } from '../../shared/web/format-size.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { FILE_LANGUAGES } from '../authoring/draft-attachments.service.js';
import { DOCUMENT_TYPES } from '../course-file/document-type.js';
import type { SourceFiles } from '../course-source.service.js';

/** The documents of a block as its author sees them: each with its type and size, and where another is sent. */
export function presentDocuments(
  value: object,
  files: SourceFiles,
  course: AuthoredCourse,
  module: string,
  locale: Locale,
): object {
  const given = 'files' in value ? (value.files as Readonly<Record<string, unknown>> | null) : undefined;
  const rows = FILE_LANGUAGES.flatMap((lang) => {
    const file = given?.[lang];
    if (typeof file !== 'string') return [];
    const kept = files[`${module}/${file}`];
    return [
      {
        lang,
        language: languageOf(lang, locale),
        ...(kept ? { href: `/${locale}/staff/courses/${course.slug}/draft-files/${module}/${file}` } : {}),
        name: file.replace(/^files\//, ''),
        what: kept ? formatFile(file, kept.bytes, locale) : '',
      },
    ];
  });
  return {
    rows,
    options: FILE_LANGUAGES.map((lang) => ({ value: lang, label: languageOf(lang, locale) })),
    accept: Object.keys(DOCUMENT_TYPES)
      .map((ending) => `.${ending}`)
      .join(','),
  };
}

function languageOf(lang: string, locale: Locale): string {
  return t(locale, lang === 'any' ? 'courses:attachment.any' : `courses:language.${lang}`);
}
