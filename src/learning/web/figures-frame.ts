import type { PublishedCourse } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';

type View = 'items' | 'test' | 'videos';

/** A row of a table. */
export function cells(...texts: string[]): { cells: { readonly text: string }[] } {
  return { cells: texts.map((text) => ({ text })) };
}

/** Columns of a table of figures, by their keys; all but the first and the words are numbers. */
export function columns(locale: Locale, ...keys: string[]): object[] {
  return keys.map((key, index) => ({
    label: t(locale, `learning:figures.${key}`),
    ...(index > 0 && key !== 'wrong' ? { kind: 'number' } : {}),
  }));
}

/** The way back and the views of one course's figures. */
export function frame(
  course: PublishedCourse,
  locale: Locale,
  current: View,
): { backHref: string; tabs: object[] } {
  const base = `/${locale}/staff/learning`;
  const own = `${base}/${course.slug}`;
  const tab = (view: View, href: string): object => ({
    label: t(locale, `learning:figures.${view}`),
    href,
    current: view === current,
  });
  const tabs = [tab('items', own), tab('videos', `${own}/videos`), tab('test', `${own}/test`)];
  return { backHref: base, tabs };
}
