import type { Actor } from '../../shared/access/actor.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { inLanguage, mayReadPlan } from '../../campaigns/public.js';
import { seatsLeft, type SessionRow, type UnitRow } from '../session.row.js';
import type { SessionDetailDto, SessionDto, UnitDto, VenueDto } from './session.dto.js';

function presentUnit({ id, n, localDate, localStart, localEnd, zone, startsAt, endsAt }: UnitRow): UnitDto {
  const instants = { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(endsAt).toISOString() };
  return { id, n, localDate, localStart, localEnd, zone, ...instants };
}

/** Where a session is: its venue, or the text of an ad-hoc place. */
export function presentVenue({ venue, venueNote }: SessionRow, locale: Locale): VenueDto | null {
  if (venue) {
    const { id, wheelchair } = venue;
    const landmark = [inLanguage(venue.landmark, locale), venueNote].filter(Boolean).join(' · ');
    return { id, name: inLanguage(venue.name, locale), landmark, wheelchair };
  }
  return venueNote ? { id: null, name: venueNote, landmark: '', wheelchair: null } : null;
}

/** A session as its public JSON. */
export function presentSession(row: SessionRow, locale: Locale): SessionDto {
  const units = row.units.map(presentUnit);
  return {
    id: row.id,
    campaign: { id: row.campaignId, slug: row.campaignSlug, name: inLanguage(row.campaignName, locale) },
    tourId: row.tourId,
    stopId: row.stopId,
    city: { slug: row.citySlug, name: inLanguage(row.cityName, locale) },
    venue: presentVenue(row, locale),
    remote: row.isRemote,
    course: { id: row.course.id, slug: row.course.slug, title: inLanguage(row.course.title, locale) },
    language: row.language,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    localDate: units[0]?.localDate ?? '',
    localStart: units[0]?.localStart ?? '',
    localEnd: units.at(-1)?.localEnd ?? '',
    zone: units[0]?.zone ?? '',
    units,
    capacity: row.capacity,
    booked: row.booked,
    waiting: row.waiting,
    seatsLeft: seatsLeft(row),
    status: row.status,
  };
}

/** True for those who plan the session and for its own trainers. */
export function seesPlan(actor: Actor | undefined, row: SessionRow): boolean {
  if (actor?.kind !== 'staff') return false;
  const isTrainer = row.units.some((unit) => unit.trainers.some(({ id }) => id === actor.accountId));
  return isTrainer || mayReadPlan(actor.grants, row);
}

/** The name of the place, that there is none because one stays at home, or that it is not known yet. */
export function placeWords(row: SessionRow, locale: Locale): string {
  if (row.isRemote) return t(locale, 'tours:session.remote');
  return presentVenue(row, locale)?.name ?? t(locale, 'tours:session.placeLater');
}

/**
 * One session, with its plan for its staff.
 *
 * @param remoteUrl as `RemoteLinkQuery.forStaff` gives it to this reader
 */
export function presentDetail(
  row: SessionRow,
  { locale, actor, remoteUrl }: { locale: Locale; actor: Actor | undefined; remoteUrl: string | undefined },
): SessionDetailDto {
  const session = presentSession(row, locale);
  if (!seesPlan(actor, row)) return session;
  const units = row.units.map((unit) => ({
    ...presentUnit(unit),
    roomId: unit.roomId,
    trainers: unit.trainers,
    kitIds: unit.kitIds,
  }));
  const { revision, teamId, overbookPercent, softReasons: reasons, cancelReason } = row;
  const link = remoteUrl === undefined ? {} : { remoteUrl };
  return { ...session, plan: { revision, teamId, overbookPercent, reasons, cancelReason, ...link, units } };
}
