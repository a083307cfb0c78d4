import { deriveUnit } from '../shared/clock/wall-time.js';
import { weekdayOf } from '../shared/clock/local-date.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { demoId } from './demo-id.js';
import type { DemoWriter, Row } from './demo-writer.js';
import { CRI, roomId, venueId } from './organisations.demo.js';
import { TRAINERS } from './staff.demo.js';

const FRIDAY = 5;
const HOURS = [
  ['09:00', '12:30'],
  ['14:00', '17:00'],
] as const;
/** Fridays leave 12:00 to 14:30 free. */
const FRIDAY_HOURS = [
  ['09:00', '12:00'],
  ['14:30', '17:30'],
] as const;

/** One stop with its session. */
export interface DemoStop {
  /** 0 or 1 */
  team: 0 | 1;
  city: string;
  localDate: string;
  courseId: string;
  capacity: number;
  language: 'ar' | 'fr';
}

export interface DemoTour {
  campaign: string;
  campaignId: string;
  name_fr: string;
  name_ar: string;
  createdAt: string;
  stops: readonly DemoStop[];
  /** Columns of every session besides those of its plan. */
  session: (stop: DemoStop, endsAt: Date) => Row;
}

export const sessionId = (campaign: string, city: string): string => demoId(`session ${campaign} ${city}`);
export const unitId = (campaign: string, city: string, n: number): string =>
  demoId(`unit ${campaign} ${city} ${n}`);
const teamId = (campaign: string, team: 0 | 1): string => demoId(`team ${campaign} ${team}`);

/** The half-days of a stop with their instants, derived by the clock as for any session. */
export function unitsOf({ localDate }: Pick<DemoStop, 'localDate'>): Array<{
  localStart: string;
  localEnd: string;
  startsAt: Date;
  endsAt: Date;
}> {
  const hours = weekdayOf(localDate) === FRIDAY ? FRIDAY_HOURS : HOURS;
  return hours.map(([localStart, localEnd]) => ({
    localStart,
    localEnd,
    ...deriveUnit({ localDate, localStart, localEnd, zone: DEFAULT_ZONE }),
  }));
}

/** A range as PostgreSQL reads it, without its end. */
export function range({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): string {
  return `[${startsAt.toISOString()},${endsAt.toISOString()})`;
}

/** All half-days of a stop as PostgreSQL reads them. */
export function multirange(stop: Pick<DemoStop, 'localDate'>): string {
  return `{${unitsOf(stop).map(range).join(',')}}`;
}

/** Writes a tour with two teams, its stops, sessions, units and what these need. */
export async function putTour(demo: DemoWriter, tour: DemoTour): Promise<void> {
  const { campaign, campaignId, stops } = tour;
  const tourId = demoId(`tour ${campaign}`);
  const stopId = (city: string): string => demoId(`stop ${campaign} ${city}`);
  const teams = [0, 1] as const;
  await demo.put('tour', [
    {
      id: tourId,
      organisation_id: CRI,
      campaign_id: campaignId,
      name_fr: tour.name_fr,
      name_ar: tour.name_ar,
    },
  ]);
  await demo.put(
    'team',
    teams.map((team) => ({
      id: teamId(campaign, team),
      tour_id: tourId,
      name: team === 0 ? 'A' : 'B',
      home_city: team === 0 ? 'tanger' : 'tetouan',
    })),
  );
  await demo.put(
    'team_trainer',
    teams.map((team) => ({ team_id: teamId(campaign, team), account_id: TRAINERS[team] })),
  );
  await demo.put(
    'stop',
    stops.map(({ team, city, localDate }) => ({
      id: stopId(city),
      tour_id: tourId,
      team_id: teamId(campaign, team),
      city_slug: city,
      local_date: localDate,
    })),
  );
  await demo.put(
    'session',
    stops.map((stop) => ({
      id: sessionId(campaign, stop.city),
      organisation_id: CRI,
      campaign_id: campaignId,
      stop_id: stopId(stop.city),
      course_id: stop.courseId,
      venue_id: venueId(stop.city),
      language: stop.language,
      during: multirange(stop),
      capacity: stop.capacity,
      seats_ceiling: stop.capacity,
      soft_clash_reasons: {},
      revision: 0,
      created_at: tour.createdAt,
      changed_at: tour.createdAt,
      ...tour.session(stop, unitsOf(stop).at(-1)?.endsAt ?? new Date(0)),
    })),
  );
  await putUnits(demo, tour);
}

async function putUnits(demo: DemoWriter, { campaign, stops }: DemoTour): Promise<void> {
  const units = stops.flatMap((stop) =>
    unitsOf(stop).map((unit, i) => ({
      stop,
      id: unitId(campaign, stop.city, i + 1),
      n: i + 1,
      unit,
      during: range(unit),
    })),
  );
  await demo.put(
    'unit',
    units.map(({ stop, id, n, unit, during }) => ({
      id,
      session_id: sessionId(campaign, stop.city),
      n,
      local_date: stop.localDate,
      local_start: unit.localStart,
      local_end: unit.localEnd,
      zone: DEFAULT_ZONE,
      during,
      room_id: roomId(stop.city, 0),
      live: true,
    })),
  );
  await demo.put(
    'unit_resource',
    units.flatMap(({ stop, id, during }) => [
      { unit_id: id, resource_id: TRAINERS[stop.team], resource_kind: 'trainer', during, live: true },
      { unit_id: id, resource_id: roomId(stop.city, 0), resource_kind: 'room', during, live: true },
      { unit_id: id, resource_id: teamId(campaign, stop.team), resource_kind: 'kit', during, live: true },
    ]),
  );
}
