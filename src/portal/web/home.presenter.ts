import type { Catalogue, PublishedCourse } from '../../courses/public.js';
import { formatDay, formatDayShort } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { Home, HomeStop } from '../home.query.js';

interface StopView {
  city: string;
  when: string;
  seatsLeft: number;
  href: string;
  state: 'done' | 'current' | 'next' | 'cancelled' | 'postponed';
}

export interface HomeView {
  campaign: { name: string; dates: string; cities: number };
  stops: StopView[];
  courses: Array<{ title: string; summary: string; modules: number; href: string }>;
  coursesHref: string;
  bookHref: string;
  partners: string[];
}

function stateOf(stop: HomeStop, today: string): StopView['state'] {
  if (stop.status === 'cancelled' || stop.status === 'postponed') return stop.status;
  if (stop.localDate === today) return 'current';
  return stop.localDate < today || stop.status === 'closed' ? 'done' : 'next';
}

function presentStop(stop: HomeStop, today: string, locale: Locale): StopView {
  const href =
    stop.sessions === 1
      ? `/${locale}/sessions/${stop.sessionId}`
      : `/${locale}/sessions?city=${stop.citySlug}`;
  return {
    city: stop.city[locale],
    when: formatDayShort(stop.localDate, locale),
    seatsLeft: stop.seatsLeft,
    href,
    state: stateOf(stop, today),
  };
}

function presentCourse(course: PublishedCourse | undefined, locale: Locale): HomeView['courses'] {
  if (!course) return [];
  const { title, summary } = course.document;
  return [
    {
      title: title[locale] ?? title.fr,
      summary: summary[locale] ?? summary.fr,
      modules: course.modules.length,
      href: `/${locale}/courses/${course.slug}`,
    },
  ];
}

/** The home page in one language. Without a campaign it says who we are and that dates will come. */
export function presentHome(
  { campaign, stops, courses, today }: Home,
  catalogue: Catalogue,
  locale: Locale,
): HomeView {
  const partners = campaign?.partners.map((partner) => (locale === 'ar' ? partner.ar : partner.fr)) ?? [];
  // The days in the cities, where they are planned: a campaign begins before its first and ends after its last.
  const dates = campaign
    ? t(locale, 'portal:home.dates', {
        from: formatDay(stops[0]?.localDate ?? campaign.startsOn, locale),
        to: formatDay(stops.at(-1)?.localDate ?? campaign.endsOn, locale),
      })
    : t(locale, 'portal:home.none');
  return {
    campaign: {
      name: campaign?.name[locale] ?? t(locale, 'web:name'),
      dates,
      cities: new Set(stops.map(({ citySlug }) => citySlug)).size,
    },
    stops: stops.map((stop) => presentStop(stop, today, locale)),
    courses: courses.flatMap((slug) => presentCourse(catalogue.course(slug), locale)),
    coursesHref: `/${locale}/courses`,
    bookHref: `/${locale}/sessions`,
    partners,
  };
}
