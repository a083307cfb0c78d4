import { formatInstant } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import type { DraftFinding } from '../authoring/draft-finding.js';
import { HEAD, TEST } from '../authoring/draft-part.js';
import { NEW_BLOCKS } from '../authoring/new-parts.js';
import type { DraftReading } from '../authoring/draft-reading.service.js';
import { presentFinding } from './authoring.presenter.js';

/** Authors are told times as they are on the wall in Morocco. */
export const ZONE = 'Africa/Casablanca';

/** A course in the list and at the head of its pages. */
export function presentAuthored(course: AuthoredCourse, locale: Locale) {
  const href = `/${locale}/staff/courses/${course.slug}`;
  const { published, draft } = course;
  const state = published
    ? t(locale, 'courses:list.version', { number: published.number })
    : t(locale, 'courses:list.unpublished');
  return {
    title: pickText(course.title, locale).text || course.slug,
    slug: course.slug,
    href,
    state,
    draft: draft ? t(locale, 'courses:list.draft', { revision: draft.revision }) : undefined,
    ...(course.pendingSince
      ? {
          pending: t(locale, 'courses:outline.pending', {
            date: formatInstant(new Date(course.pendingSince), ZONE, locale),
          }),
        }
      : {}),
    mayPublish: course.mayPublish,
  };
}

/** Modules and blocks of a draft, each with what is still to mend in it. */
export function presentOutline(course: AuthoredCourse, { document, findings }: DraftReading, locale: Locale) {
  const base = `/${locale}/staff/courses/${course.slug}`;
  const count = (file: string, part?: string): string | undefined => {
    const some = findings.filter(
      (finding) => finding.file.startsWith(file) && (part === undefined || finding.part === part),
    );
    return some.length > 0 ? t(locale, 'courses:outline.toMend', { count: some.length }) : undefined;
  };
  const modules = (document?.modules ?? []).map((module, index) => ({
    folder: module.folder,
    title: pickText(module.title, locale).text || module.slug,
    headHref: `${base}/parts/${module.folder}/${HEAD}`,
    previewHref: `${base}/preview/${module.folder}`,
    sourceHref: `${base}/source?file=${module.folder}/module.yaml`,
    status: t(locale, `courses:status.${module.status}`),
    toMend: count(`${module.folder}/`, HEAD),
    position: index + 1,
    blocks: module.blocks.map((block) => ({
      id: block.id,
      title: pickText(block.title, locale).text || block.id,
      kind: t(locale, `courses:kind.${block.kind}`),
      href: `${base}/parts/${module.folder}/${block.id}`,
      toMend: count(`${module.folder}/module.yaml`, block.id),
    })),
  }));
  return {
    modules,
    headHref: `${base}/parts/course/${HEAD}`,
    headToMend: count('course.yaml'),
    testHref: document?.test ? `${base}/parts/${TEST}/${HEAD}` : undefined,
    testToMend: count('test.yaml'),
    kinds: NEW_BLOCKS.map((value) => ({
      value,
      label: t(locale, `courses:kind.${value}`),
    })),
    unread: document ? undefined : findings.map((finding) => presentFinding(finding, locale)),
  };
}

/** Where a finding is mended. */
export function hrefOfFinding(
  course: { slug: string },
  { file, part }: DraftFinding,
  locale: Locale,
): string {
  const base = `/${locale}/staff/courses/${course.slug}`;
  if (file === 'course.yaml' || file === 'test.yaml') return `${base}/parts/${file.slice(0, -5)}/${HEAD}`;
  const folder = /^([^/]+)\/module\.yaml$/.exec(file)?.[1];
  return folder
    ? `${base}/parts/${folder}/${part}`
    : file.endsWith('.yaml')
      ? `${base}/source?file=${file}`
      : base;
}
