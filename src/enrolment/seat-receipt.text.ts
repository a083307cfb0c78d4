import { formatDayNoYear, formatTime } from '../shared/clock/format-date.js';
import { wallTimeOf } from '../shared/clock/wall-time.js';
import type { NewMessage } from '../messages/public.js';
import type { Contact } from '../people/public.js';
import { type Locale, t } from '../shared/i18n/i18n.js';
import { pickText } from '../shared/web/handlebars/format.js';
import type { EnrolmentStatus } from './enrolment-status.js';
import type { EnrolmentWithSession } from './my-enrolments.query.js';

/**
 * What a person has not been told: the seat's own state, that the session moved, has no date for now, or will not be held, or that the
 * seat is one in another session now.
 */
export type Untold = 'status' | 'moved' | 'postponed' | 'called-off' | 'reseated';

const OF_STATUS: Readonly<Record<EnrolmentStatus, string>> = {
  booked: 'enrolment:sms.booked',
  offered: 'enrolment:sms.offered',
  waiting: 'enrolment:sms.waiting',
  cancelled: 'enrolment:sms.givenBack',
  declined: 'enrolment:sms.givenBack',
  expired: 'enrolment:sms.expired',
};

const OF_NEWS: Readonly<Record<Exclude<Untold, 'status'>, string>> = {
  moved: 'enrolment:sms.moved',
  postponed: 'enrolment:sms.postponed',
  'called-off': 'enrolment:sms.calledOff',
  reseated: 'enrolment:sms.reseated',
};

function templateOf(untold: Untold, status: EnrolmentStatus): string {
  return untold === 'status' ? OF_STATUS[status] : OF_NEWS[untold];
}

const DAY_MS = 24 * 3600 * 1000;

/** Whether something begins within 24 hours: what changes about it is told at any hour. */
export const isSoon = (startsAt: Date, now: Date): boolean => startsAt.getTime() - now.getTime() < DAY_MS;

/** Receipts of what a person just did, or had done for them while they waited. */
const RECEIPTS: readonly EnrolmentStatus[] = ['booked', 'waiting', 'cancelled', 'declined'];

/** Whether the message may not wait for the end of the quiet hours. */
function isUrgent(row: EnrolmentWithSession, { untold, wasSoon, now }: News): boolean {
  if (untold === 'status' && RECEIPTS.includes(row.enrolmentStatus)) return true;
  return wasSoon || (row.endsAt > now && isSoon(row.startsAt, now));
}

/** What is said by telephone where no SMS arrives; other news about a seat wait for whoever opens the site. */
const SPOKEN: Readonly<Partial<Record<Untold, string>>> = {
  moved: 'enrolment:call.moved',
  postponed: 'enrolment:call.postponed',
  'called-off': 'enrolment:call.calledOff',
  reseated: 'enrolment:call.reseated',
};

/** A message about a seat: its person and organisation are always known. */
export type SeatReceipt = NewMessage & Required<Pick<NewMessage, 'personId' | 'organisationId'>>;

/** What a person does not know yet. */
export interface News {
  untold: Untold;
  /** The session was to begin within 24 hours when it changed. */
  wasSoon: boolean;
  now: Date;
}

/** Whoever is still to be called about the old seat is called about the new one only. */
function aboutOf(untold: Untold, { enrolmentId, movedFrom }: EnrolmentWithSession): string {
  return untold === 'reseated' && movedFrom ? movedFrom : enrolmentId;
}

/** Each is written once: a state is reached once per row, and a session moves or is postponed once per revision. */
function dedupeKeyOf(untold: Untold, row: EnrolmentWithSession): string {
  return `seat:${row.enrolmentId}:${whatOf(untold, row)}`;
}

function whatOf(untold: Untold, { enrolmentStatus, offerExpiresAt, revision }: EnrolmentWithSession): string {
  if (untold === 'moved' || untold === 'postponed') return `${untold}:${revision}`;
  if (untold !== 'status') return untold;
  // An offer that waited while its session had no date is made anew.
  return enrolmentStatus === 'offered' ? `offered:${offerExpiresAt?.getTime() ?? ''}` : enrolmentStatus;
}

function until(row: EnrolmentWithSession, zone: string, locale: Locale): string {
  if (!row.offerExpiresAt) return '';
  const { localDate, localTime } = wallTimeOf(row.offerExpiresAt, zone);
  return t(locale, 'enrolment:dayAndTime', {
    day: formatDayNoYear(localDate, locale),
    time: formatTime(localTime, locale),
  });
}

/** Where a text about a seat leads. */
export interface SeatAddress {
  /** Address of the site, without a trailing slash. */
  origin: string;
  /** The person's own link, where the text asks for an answer; else one's list of sessions. */
  link?: string | undefined;
}

/** Whether a text asks for an answer, which its link alone must be able to give. */
export const asksBy = (untold: Untold, status: EnrolmentStatus): boolean =>
  untold === 'status' && status === 'offered';

/** What the texts about a seat say: where and when, in the reader's language. */
export function seatValues(
  row: EnrolmentWithSession,
  first: EnrolmentWithSession['units'][number],
  locale: Locale,
  { origin, link }: SeatAddress,
) {
  const venue = row.venue ? pickText(row.venue.name, locale).text : row.venueNote;
  return {
    city: pickText(row.cityName, locale).text,
    day: formatDayNoYear(first.localDate, locale),
    time: formatTime(first.localStart, locale),
    place: row.isRemote ? t(locale, 'enrolment:placeRemote') : (venue ?? t(locale, 'enrolment:placeToCome')),
    position: row.position,
    until: until(row, first.zone, locale),
    link: link ?? `${origin}/${locale}/my/sessions`,
  };
}

/** News of a session without a day, or after it, are not of that day. */
const NEWS_LAST_MS = 3 * DAY_MS;

function staleAt(row: EnrolmentWithSession, { untold, now }: News, isAsked: boolean): Date {
  if (isAsked && row.offerExpiresAt) return row.offerExpiresAt;
  const isOfThatDay = untold !== 'postponed' && row.endsAt > now;
  return isOfThatDay ? row.endsAt : new Date(now.getTime() + NEWS_LAST_MS);
}

/**
 * The SMS about a seat, in the person's language; undefined when there is nothing to come to.
 */
export function receiptFor(
  row: EnrolmentWithSession,
  news: News,
  contact: Contact,
  address: SeatAddress,
): SeatReceipt | undefined {
  const [first] = row.units;
  if (!first) return undefined;
  const { untold } = news;
  const isAsked = asksBy(untold, row.enrolmentStatus);
  const values = seatValues(row, first, contact.language, address);
  const locale = contact.language;
  const spoken = SPOKEN[untold];
  const body = spoken && t(locale, spoken, values);
  return {
    recipient: contact.e164,
    channel: 'sms',
    template: templateOf(untold, row.enrolmentStatus),
    language: locale,
    values,
    personId: contact.personId,
    organisationId: row.organisationId,
    dedupeKey: dedupeKeyOf(untold, row),
    ...(body ? { orCall: { listId: row.id, aboutId: aboutOf(untold, row), body } } : {}),
    ...(isAsked ? { secrets: ['link'] } : {}),
    sendsAgain: untold !== 'status',
    isUrgent: isUrgent(row, news),
    staleAt: staleAt(row, news, isAsked),
  };
}
