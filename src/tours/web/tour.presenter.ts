import type { Locale } from '../../shared/i18n/i18n.js';
import { inLanguage } from '../../campaigns/public.js';
import type { SessionRow } from '../session.row.js';
import type { StopRow, TeamRow, TourRow, VenueRow } from '../tour.query.js';
import { presentSession } from './session.presenter.js';
import type { StopDto, TourDto, TourRefDto, VenueWithRoomsDto } from './tour.dto.js';

export function presentTourRef(row: TourRow, locale: Locale): TourRefDto {
  const campaign = { id: row.campaignId, slug: row.campaignSlug, name: inLanguage(row.campaignName, locale) };
  return { id: row.id, name: inLanguage(row.name, locale), campaign };
}

export function presentStop(
  { id, tourId, teamId, citySlug, cityName, localDate }: StopRow,
  locale: Locale,
): StopDto {
  return { id, tourId, teamId, city: { slug: citySlug, name: inLanguage(cityName, locale) }, localDate };
}

/** A tour with its teams and, stop by stop, its sessions. */
export function presentTour(
  row: TourRow,
  parts: { teams: TeamRow[]; stops: StopRow[]; sessions: SessionRow[] },
  locale: Locale,
): TourDto {
  const stops = parts.stops.map((stop) => ({
    ...presentStop(stop, locale),
    sessions: parts.sessions
      .filter(({ stopId }) => stopId === stop.id)
      .map((session) => presentSession(session, locale)),
  }));
  return { ...presentTourRef(row, locale), teams: parts.teams, stops };
}

export function presentVenueRooms(
  { id, citySlug, name, landmark, wheelchair, rooms }: VenueRow,
  locale: Locale,
): VenueWithRoomsDto {
  return {
    id,
    city: citySlug,
    name: inLanguage(name, locale),
    landmark: inLanguage(landmark, locale),
    wheelchair,
    rooms: rooms.map((room) => ({
      id: room.id,
      name: inLanguage(room.name, locale),
      capacity: room.capacity,
    })),
  };
}
