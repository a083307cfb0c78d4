import type { InvalidFields } from '../../shared/errors/domain-error.js';
import { fieldDetail } from '../../shared/errors/problem.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import { errorOf } from '../authoring/draft-publish.service.js';
import type { DraftFields } from '../authoring/draft-fields.js';
import type { DraftFinding } from '../authoring/draft-finding.js';
import { markdownProblems, renderMarkdown } from '../course-file/markdown.js';
import type { DraftFindingDto, DraftPreviewDto } from './authoring.dto.js';

/** A finding in the reader's language. */
export function presentFinding(finding: DraftFinding, locale: Locale): DraftFindingDto {
  const { file, part, pointer, line, code } = finding;
  return { file, part, pointer, line, code, detail: fieldDetail(locale, errorOf(finding)) };
}

/** The Markdown of what was sent, as a learner reads it. */
export function presentPreviews(fields: DraftFields): DraftPreviewDto[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    /^t:\/(text|transcript)\/\w+$/.test(name) &&
    typeof value === 'string' &&
    markdownProblems(value).length === 0
      ? [{ name, html: renderMarkdown(value) }]
      : [],
  );
}

/** Refused fields as the summary above a form names them: by the ids of its controls. */
export function formErrors(
  { errors }: InvalidFields,
  locale: Locale,
): { field: string; text: string; pointer: string }[] {
  return errors.map((error) => ({
    field: error.pointer.slice(1).replaceAll('/', '-'),
    text: fieldDetail(locale, error),
    pointer: error.pointer,
  }));
}
