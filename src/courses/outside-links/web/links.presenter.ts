import { formatInstant } from '../../../shared/clock/format-date.js';
import { type Locale, t } from '../../../shared/i18n/i18n.js';
import { formatNumber, pickText } from '../../../shared/web/handlebars/format.js';
import type { AuthoredCourse } from '../../authoring/course-author.query.js';
import { presentAuthored, ZONE } from '../../web/outline.presenter.js';
import type { CheckedLink } from '../link-check.store.js';
import type { LinksState, LinkState } from '../link-checks.service.js';

const BADGES = { ok: 'good', moved: 'info', gone: 'bad', unreachable: 'warn' } as const;
/** What asks for something stands first. */
const ORDER = ['gone', 'unreachable', 'moved', undefined, 'ok'];

/** The links of a course, those first that ask for something, and how far a check is. */
export function presentLinks(
  course: AuthoredCourse,
  { links, job, hasFailed }: LinksState,
  locale: Locale,
): object {
  const place = ({ checked }: LinkState): number => ORDER.indexOf(checked?.outcome);
  const sorted = [...links].sort((a, b) => place(a) - place(b));
  const base = `/${locale}/staff/courses/${course.slug}`;
  return {
    course: presentAuthored(course, locale),
    action: `${base}/links`,
    hasFailed,
    links: sorted.map((link) => presentLink(link, course, locale)),
    ...(job ? { running: presentProgress(job, locale) } : {}),
  };
}

function presentLink({ url, places, checked }: LinkState, course: AuthoredCourse, locale: Locale) {
  const base = `/${locale}/staff/courses/${course.slug}/parts`;
  return {
    url,
    badge: checked
      ? { kind: BADGES[checked.outcome], text: t(locale, `courses:links.outcome.${checked.outcome}`) }
      : { kind: 'neutral', text: t(locale, 'courses:links.outcome.unchecked') },
    ...(checked ? { why: whyOf(checked, locale), movedTo: checked.movedTo } : {}),
    ...(checked
      ? { when: t(locale, 'courses:links.when', { date: formatInstant(checked.checkedAt, ZONE, locale) }) }
      : {}),
    places: places.map(({ folder, block, title }) => ({
      href: `${base}/${folder}/${block}`,
      title: pickText(title, locale).text || block,
    })),
  };
}

function whyOf({ outcome, reason, status }: CheckedLink, locale: Locale): string {
  if (outcome !== 'unreachable') return t(locale, `courses:links.does.${outcome}`);
  return t(locale, `courses:links.reason.${reason ?? 'network'}`, { status: status ?? 0 });
}

function presentProgress({ done, total }: NonNullable<LinksState['job']>, locale: Locale) {
  const params = { done: formatNumber(done, locale), total: formatNumber(total ?? 0, locale) };
  return {
    percent: total ? Math.round((done / total) * 100) : 0,
    text: total === null ? t(locale, 'courses:links.waiting') : t(locale, 'courses:links.progress', params),
  };
}
