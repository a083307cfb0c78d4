import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatFile } from '../../shared/web/format-size.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { FILE_LANGUAGES } from '../authoring/draft-attachments.service.js';
import { ANY_LANGUAGE } from '../course-file/attachment.reader.js';
import { DOCUMENT_TYPES } from '../course-file/document-type.js';
import type { SourceFiles } from '../course-source.service.js';

/** Where there is one document for each language, these must be there. */
const NEEDED: readonly string[] = ['fr', 'ar'];

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
    chosen: languageToGive(
      rows.map(({ lang }) => lang),
      locale,
    ),
    options: FILE_LANGUAGES.map((lang) => ({ value: lang, label: languageOf(lang, locale) })),
    accept: Object.keys(DOCUMENT_TYPES)
      .map((ending) => `.${ending}`)
      .join(','),
  };
}

/** The language that a document is asked for: one that is missing; never one whose document would take the place of several. */
function languageToGive(given: readonly string[], locale: Locale): string {
  if (given.length === 0 || given.includes(ANY_LANGUAGE)) return ANY_LANGUAGE;
  return [locale, ...NEEDED].find((lang) => NEEDED.includes(lang) && !given.includes(lang)) ?? locale;
}

function languageOf(lang: string, locale: Locale): string {
  return t(locale, lang === ANY_LANGUAGE ? 'courses:attachment.any' : `courses:language.${lang}`);
}
