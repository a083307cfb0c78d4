import { inLanguage } from '../../campaigns/public.js';
import { formatDay, formatTimeRange } from '../../shared/clock/format-date.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { SessionRow, UnitRow } from '../session.row.js';

export const NEWS = ['given', 'moved', 'taken', 'postponed', 'called-off'] as const;

/** What became of a trainer's part in a session: given to them, moved, taken from them, postponed, or not held at all. */
export type News = (typeof NEWS)[number];

/** One session's news for one trainer. */
export interface TrainerNews {
  news: News;
  accountId: string;
  sessionId: string;
}

/** Who teaches a session before and after a change. */
export interface TeachingChange {
  sessionId: string;
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
  /** Day, hours or room changed. */
  isMoved: boolean;
}

/** What a change means for each of the trainers; nothing for those whose part stays as it was. */
export function newsOf({ sessionId, before, after, isMoved }: TeachingChange): TrainerNews[] {
  const of = (news: News, accountId: string): TrainerNews => ({ news, accountId, sessionId });
  return [
    ...[...after].filter((id) => !before.has(id)).map((id) => of('given', id)),
    ...[...after].filter((id) => isMoved && before.has(id)).map((id) => of('moved', id)),
    ...[...before].filter((id) => !after.has(id)).map((id) => of('taken', id)),
  ];
}

/** News that say when and where one has to be; the others say where one need not go. */
const SAYS_WHERE: ReadonlySet<News> = new Set(['given', 'moved']);

/** Some lines of an e-mail: what happened to the session, then its half-days and its page. */
export function newsLines(
  { news, accountId }: TrainerNews,
  session: SessionRow,
  { locale, origin }: { locale: Locale; origin: string },
): string {
  const [first] = session.units;
  const head = t(locale, `tours:mail.news.${news}`, {
    course: inLanguage(session.course.title, locale),
    city: inLanguage(session.cityName, locale),
    day: first ? formatDay(first.localDate, locale) : '',
  });
  if (!SAYS_WHERE.has(news)) return head;
  const mine = session.units.filter(({ trainers }) => trainers.some(({ id }) => id === accountId));
  const units = mine.map((unit) => `   ${unitLine(session, unit, locale)}`);
  return [head, ...units, `   ${origin}/${locale}/staff/sessions/${session.id}`].join('\n');
}

function unitLine({ venue, venueNote, isRemote }: SessionRow, unit: UnitRow, locale: Locale): string {
  const note = isRemote ? t(locale, 'tours:session.remote') : venueNote;
  const place = venue ? inLanguage(venue.name, locale) : note;
  const room = unit.roomName && inLanguage(unit.roomName, locale);
  const where = [place, room].filter(Boolean).join(locale === 'ar' ? '، ' : ', ');
  return t(locale, 'tours:mail.unit', {
    day: formatDay(unit.localDate, locale),
    hours: formatTimeRange(unit.localStart, unit.localEnd, locale),
    where: where || t(locale, 'tours:mail.noPlace'),
  });
}
