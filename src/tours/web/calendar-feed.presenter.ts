import { formatDay } from '../../shared/clock/format-date.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { inLanguage } from '../../campaigns/public.js';
import { calendarName } from '../calendar/calendar-file.js';
import type { FeedRow } from '../calendar/feed.query.js';
import type { FeedChoice } from '../calendar/feed.service.js';
import type { CalendarFeedDto } from './calendar-feed.dto.js';

/** A feed as the API shows it. */
export function presentFeed(feed: FeedRow, url: string): CalendarFeedDto {
  const { id, kind, tourId, language, createdAt } = feed;
  return { id, kind, tourId, name: calendarName(feed), url, language, createdAt: createdAt.toISOString() };
}

/** One of the calendars that a member of the staff may have. */
export function presentChoice(
  { tour, feed }: FeedChoice,
  locale: Locale,
  addressOf: (feedId: string) => string,
) {
  const key = tour?.id ?? 'mine';
  const url = feed && addressOf(feed.id);
  return {
    key,
    title: tour ? inLanguage(tour.name, locale) : t(locale, 'tours:calendar.mine'),
    text: tour ? inLanguage(tour.campaignName, locale) : t(locale, 'tours:calendar.mineText'),
    feed: feed &&
      url && {
        id: feed.id,
        url,
        // Telephones open it in their calendar.
        webcal: url.replace(/^https?:/, 'webcal:'),
        since: t(locale, 'tours:calendar.since', {
          day: formatDay(wallTimeOf(feed.createdAt, DEFAULT_ZONE).localDate, locale),
        }),
      },
  };
}
