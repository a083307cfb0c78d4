import { type Locale, t } from '../../shared/i18n/i18n.js';
import { pickText } from '../../shared/web/handlebars/format.js';
import { seatsLeft } from '../../tours/public.js';
import { isLive } from '../enrolment-status.js';
import type { EnrolmentWithSession } from '../my-enrolments.query.js';
import { LINK_OPENS_MINUTES } from '../open-link.query.js';
import { mayTakeFree } from '../offer-deadline.js';
import { hoursOf, leftWords, momentWords, seatWords } from './seat-words.js';

type Badge = { kind: 'good' | 'warn' | 'bad' | 'info' | 'neutral'; text: string };

/** One stop on the person's road: a seat with what can be done about it. */
export interface SeatCard {
  id: string;
  title: string;
  state: 'done' | 'current' | 'next' | 'cancelled';
  sentence: string;
  badge: Badge;
  details: Array<{ term: string; text: string }>;
  href: string;
  /** A seat at a distance: the address while it is open, else when it will be. */
  remote?: { href: string } | { later: string };
  /** An offer that waits for an answer. */
  offer?: { until: string };
  /** A seat that the person may take from the queue, close to the start. */
  canTakeFree?: true;
  /** Words of the link that gives the seat, or the place in the queue, back. */
  leave?: string;
}

export interface MySessionsView {
  /** Offers that wait for an answer: said above everything else. */
  asks: Array<{ text: string; href: string }>;
  upcoming: SeatCard[];
  past: SeatCard[];
}

/** For whom and when the page is made. */
interface Shown {
  locale: Locale;
  now: Date;
  /** Links of sessions at a distance that are open now, by enrolment. */
  open: ReadonlyMap<string, string>;
}

type Situation =
  | 'booked'
  | 'offered'
  | 'waiting'
  | 'calledOff'
  | 'postponed'
  | 'attendedPast'
  | 'waitedPast'
  | 'cancelled'
  | 'movedOn'
  | 'declined'
  | 'expired';

const BADGES: Readonly<Record<Situation, Badge['kind']>> = {
  booked: 'good',
  offered: 'warn',
  waiting: 'info',
  calledOff: 'bad',
  postponed: 'warn',
  attendedPast: 'neutral',
  waitedPast: 'neutral',
  cancelled: 'neutral',
  movedOn: 'neutral',
  declined: 'neutral',
  expired: 'neutral',
};

function situationOf(row: EnrolmentWithSession, now: Date): Situation {
  const { enrolmentStatus: status } = row;
  if (row.isMovedOn) return 'movedOn';
  if (status === 'cancelled' || status === 'declined' || status === 'expired') return status;
  if (row.status === 'cancelled') return 'calledOff';
  if (row.status === 'postponed') return 'postponed';
  const isOver = row.status === 'closed' || (row.endsAt ?? now) <= now;
  if (isOver) return status === 'booked' ? 'attendedPast' : 'waitedPast';
  return status;
}

/** Its days are none to come to. */
const hasNoDate = (situation: Situation): boolean => situation === 'calledOff' || situation === 'postponed';

/** A postponed session lies ahead, whatever its days were. */
const isToCome = ({ status, endsAt }: EnrolmentWithSession, now: Date): boolean =>
  status === 'postponed' || endsAt > now;

function leaveWords({ enrolmentStatus }: EnrolmentWithSession, locale: Locale): string {
  return t(locale, enrolmentStatus === 'booked' ? 'enrolment:leave.seat' : 'enrolment:leave.queue');
}

function detailsOf(row: EnrolmentWithSession, locale: Locale): SeatCard['details'] {
  const place = row.venue
    ? [pickText(row.venue.name, locale).text, pickText(row.venue.landmark, locale).text, row.venueNote]
    : [
        row.isRemote
          ? t(locale, 'enrolment:placeRemote')
          : (row.venueNote ?? t(locale, 'enrolment:placeToCome')),
      ];
  return [
    { term: t(locale, 'enrolment:detail.course'), text: pickText(row.course.title, locale).text },
    ...hoursOf(row, locale).map((text) => ({ term: t(locale, 'enrolment:detail.hours'), text })),
    { term: t(locale, 'enrolment:detail.place'), text: place.filter(Boolean).join(' · ') },
  ];
}

function remoteOf(
  row: EnrolmentWithSession,
  situation: Situation,
  { open, locale }: Shown,
): Pick<SeatCard, 'remote'> {
  const href = open.get(row.enrolmentId);
  if (href !== undefined) return { remote: { href } };
  if (!row.isRemote || situation !== 'booked') return {};
  return { remote: { later: t(locale, 'enrolment:remote.later', { minutes: LINK_OPENS_MINUTES }) } };
}

function cardOf(row: EnrolmentWithSession, shown: Shown): SeatCard {
  const { locale, now } = shown;
  const situation = situationOf(row, now);
  const words = seatWords(row, locale, now);
  const zone = row.units[0]?.zone ?? '';
  const isAhead = row.startsAt > now && row.status === 'planned';
  const { offerExpiresAt } = row;
  const card: SeatCard = {
    id: row.enrolmentId,
    title: words.city,
    state: situation === 'calledOff' ? 'cancelled' : isToCome(row, now) ? 'next' : 'done',
    sentence: t(locale, SENTENCES[situation], { ...words, position: row.position }),
    badge: { kind: BADGES[situation], text: t(locale, STATES[situation]) },
    details: isLive(row.enrolmentStatus) && !hasNoDate(situation) ? detailsOf(row, locale) : [],
    href: `/${locale}/sessions/${row.id}`,
    ...remoteOf(row, situation, shown),
  };
  if (situation === 'postponed') return { ...card, leave: leaveWords(row, locale) };
  if (!isAhead) return card;
  if (situation === 'offered' && offerExpiresAt) {
    const params = {
      moment: momentWords(offerExpiresAt, zone, locale),
      left: leftWords(offerExpiresAt, now, locale),
    };
    return { ...card, offer: { until: t(locale, 'enrolment:offer.until', params) } };
  }
  if (situation === 'booked') return { ...card, leave: t(locale, 'enrolment:leave.seat') };
  if (situation !== 'waiting') return card;
  const free = seatsLeft(row) > 0 && mayTakeFree(now, row.startsAt, zone);
  return { ...card, leave: t(locale, 'enrolment:leave.queue'), ...(free ? { canTakeFree: true } : {}) };
}

const SENTENCES: Readonly<Record<Situation, string>> = {
  booked: 'enrolment:sentence.booked',
  offered: 'enrolment:sentence.offered',
  waiting: 'enrolment:sentence.waiting',
  calledOff: 'enrolment:sentence.calledOff',
  postponed: 'enrolment:sentence.postponed',
  attendedPast: 'enrolment:sentence.attendedPast',
  waitedPast: 'enrolment:sentence.waitedPast',
  cancelled: 'enrolment:sentence.cancelled',
  movedOn: 'enrolment:sentence.movedOn',
  declined: 'enrolment:sentence.declined',
  expired: 'enrolment:sentence.expired',
};

const STATES: Readonly<Record<Situation, string>> = {
  booked: 'enrolment:state.booked',
  offered: 'enrolment:state.offered',
  waiting: 'enrolment:state.waiting',
  calledOff: 'enrolment:state.calledOff',
  postponed: 'enrolment:state.postponed',
  attendedPast: 'enrolment:state.over',
  waitedPast: 'enrolment:state.over',
  cancelled: 'enrolment:state.cancelled',
  movedOn: 'enrolment:state.movedOn',
  declined: 'enrolment:state.declined',
  expired: 'enrolment:state.expired',
};

/** The person's road: what is ahead in the order of time, then what is over, the latest first. */
export function mySessionsView(rows: readonly EnrolmentWithSession[], view: Shown): MySessionsView {
  const { now } = view;
  const live = new Set(rows.filter((row) => isLive(row.enrolmentStatus)).map((row) => row.id));
  const shown = rows.filter((row) => isLive(row.enrolmentStatus) || !live.has(row.id));
  const isAhead = (row: EnrolmentWithSession): boolean =>
    isLive(row.enrolmentStatus) && isToCome(row, now) && row.status !== 'closed';
  const inTime = [...shown].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const upcoming = inTime.filter(isAhead).map((row) => cardOf(row, view));
  const next = upcoming.find(({ state }) => state === 'next');
  if (next) next.state = 'current';
  const past = inTime.filter((row) => !isAhead(row)).reverse();
  const asks = upcoming
    .filter(({ offer }) => offer)
    .map(({ id, sentence }) => ({ text: sentence, href: `#seat-${id}` }));
  return { asks, upcoming, past: past.map((row) => cardOf(row, view)) };
}
