import { journeyBetween, type Road } from '../../shared/geography/road-matrix.js';
import { LEG_MARGIN_MINUTES } from '../soft-clash.js';

/** A half-day that somebody teaches; `city` is null at a distance. */
export interface TaughtUnit {
  city: string | null;
  localDate: string;
  localStart: string;
  localEnd: string;
  startsAt: Date;
  endsAt: Date;
}

/** A half-day that a trainer has already, and whether the reader may know where. */
export interface OwnUnit extends TaughtUnit {
  isOpen: boolean;
}

/** First and last local day, both included. */
export interface Days {
  from: string;
  to: string;
}

/** What is known of somebody who could step in. */
export interface Candidate {
  id: string;
  name: string;
  /** City where their road begins and ends; null when nobody said. */
  home: string | null;
  isQualified: boolean;
  daysOff: readonly Days[];
  /** Half-days from the day before to the day after those wanted. */
  units: readonly OwnUnit[];
}

/** Why somebody cannot step in. Cities are slugs, null where the reader may not know them. */
export type WhyNot =
  | { code: 'not-qualified' }
  | { code: 'day-off'; date: string }
  | { code: 'busy'; date: string; from: string; to: string }
  | { code: 'start-unknown' }
  | { code: 'road-unknown'; from: string | null; to: string | null }
  | { code: 'cannot-arrive'; from: string | null; needed: number; available: number; estimated: boolean }
  | { code: 'cannot-go-on'; to: string | null; needed: number; available: number; estimated: boolean };

/** Somebody who can step in. */
export interface Listed {
  id: string;
  name: string;
  /** Driving minutes that this adds to their road, both ways. */
  addedMinutes: number;
  estimated: boolean;
  /** Where they come from: their home, or a class that ends before; null where the reader may not know. */
  from: string | null;
  isFromHome: boolean;
}

export interface NotListed {
  id: string;
  name: string;
  why: WhyNot[];
}

export interface Judgement {
  /** The least added minutes first, then by name. */
  listed: Listed[];
  notListed: NotListed[];
}

/** A place on somebody's road: a class, or home at either end. */
type Station =
  | { kind: 'home'; city: string }
  | { kind: 'own' | 'wanted'; city: string; unit: TaughtUnit; isOpen: boolean };

const MINUTE_MS = 60_000;

/**
 * Who can step in for these half-days: qualified, free, and there in time, which is the end of the class before, the
 * road and half an hour. Whoever has no class the day before comes from home. Pure.
 *
 * @param wanted in the order of time, at least one
 */
export function judgeCandidates(
  candidates: readonly Candidate[],
  wanted: readonly TaughtUnit[],
  { roads, now }: { roads: readonly Road[]; now: Date },
): Judgement {
  const judgement: Judgement = { listed: [], notListed: [] };
  for (const candidate of candidates) {
    const { id, name } = candidate;
    const { why, ...road } = judge(candidate, wanted, roads, now);
    if (why.length > 0) judgement.notListed.push({ id, name, why });
    else judgement.listed.push({ id, name, ...road });
  }
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'fr');
  judgement.listed.sort((a, b) => a.addedMinutes - b.addedMinutes || byName(a, b));
  judgement.notListed.sort(byName);
  return judgement;
}

type Judged = Omit<Listed, 'id' | 'name'> & { why: WhyNot[] };

function judge(
  candidate: Candidate,
  wanted: readonly TaughtUnit[],
  roads: readonly Road[],
  now: Date,
): Judged {
  const why: WhyNot[] = candidate.isQualified ? [] : [{ code: 'not-qualified' }];
  const off = wanted.find(({ localDate }) => isOff(candidate.daysOff, localDate));
  if (off) why.push({ code: 'day-off', date: off.localDate });
  const busy = candidate.units.find((own) => wanted.some((unit) => overlaps(own, unit)));
  if (busy) {
    why.push({ code: 'busy', date: busy.localDate, from: busy.localStart, to: busy.localEnd });
    return { why, addedMinutes: 0, estimated: false, from: null, isFromHome: false };
  }
  const road = roadOf(candidate, wanted, roads, now);
  return { ...road, why: [...why, ...road.why] };
}

/** Whether a local day lies in one of the ranges. */
export function isOff(daysOff: readonly Days[], localDate: string): boolean {
  return daysOff.some(({ from, to }) => from <= localDate && localDate <= to);
}

function overlaps(a: TaughtUnit, b: TaughtUnit): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** The road of a candidate with the wanted half-days in it: what it adds, and where it breaks. */
function roadOf(
  { home, units }: Candidate,
  wanted: readonly TaughtUnit[],
  roads: readonly Road[],
  now: Date,
): Judged {
  const own = stationsOf(units, 'own');
  const wantedStations = stationsOf(wanted, 'wanted');
  const before = between(home, own);
  const after = between(home, [...own, ...wantedStations].sort(byTime));
  const at = after.findIndex(({ kind }) => kind === 'wanted');
  const origin = after[at - 1];
  const why: WhyNot[] = [];
  // At a distance one need not go anywhere.
  if (at >= 0 && !origin) why.push({ code: 'start-unknown' });
  let [added, isEstimated] = [0, false];
  for (const [a, b] of pairsOf(after)) {
    const journey = journeyBetween(roads, a.city, b.city);
    if (a.kind === 'wanted' || b.kind === 'wanted') why.push(...breakOf(a, b, journey, now));
    added += journey?.minutes ?? 0;
    isEstimated ||= journey?.estimated === true && journey.minutes > 0;
  }
  for (const [a, b] of pairsOf(before)) added -= journeyBetween(roads, a.city, b.city)?.minutes ?? 0;
  return {
    why,
    // Exact minutes to a known place would give away the place that is not to be known.
    addedMinutes: origin && !isKnown(origin) ? roundedUp(added) : added,
    estimated: isEstimated,
    from: origin && isKnown(origin) ? origin.city : null,
    isFromHome: origin?.kind === 'home',
  };
}

const COARSE_MINUTES = 15;
const roundedUp = (minutes: number): number => Math.ceil(minutes / COARSE_MINUTES) * COARSE_MINUTES;

function stationsOf(
  units: ReadonlyArray<TaughtUnit & { isOpen?: boolean }>,
  kind: 'own' | 'wanted',
): Station[] {
  return units.flatMap((unit): Station[] =>
    unit.city === null ? [] : [{ kind, city: unit.city, unit, isOpen: unit.isOpen ?? true }],
  );
}

const startOf = (station: Station): number =>
  station.kind === 'home' ? -Infinity : station.unit.startsAt.getTime();
const byTime = (a: Station, b: Station): number => startOf(a) - startOf(b);
const isKnown = (station: Station): boolean => station.kind === 'home' || station.isOpen;

function between(home: string | null, stations: readonly Station[]): Station[] {
  if (home === null || stations.length === 0) return stations.toSorted(byTime);
  const end: Station = { kind: 'home', city: home };
  return [end, ...stations.toSorted(byTime), end];
}

function pairsOf(stations: readonly Station[]): Array<readonly [Station, Station]> {
  return stations.slice(1).flatMap((b, i) => {
    const a = stations[i];
    return a ? [[a, b] as const] : [];
  });
}

/** What is wrong with going from one place to the next. */
function breakOf(
  a: Station,
  b: Station,
  journey: { minutes: number; estimated: boolean } | undefined,
  now: Date,
): WhyNot[] {
  const city = (station: Station): string | null => (isKnown(station) ? station.city : null);
  if (b.kind === 'home') return [];
  if (!journey) return [{ code: 'road-unknown', from: city(a), to: city(b) }];
  if (a.city === b.city && a.kind !== 'home') return [];
  const leaves = a.kind === 'home' ? now.getTime() : Math.max(now.getTime(), a.unit.endsAt.getTime());
  const needed = journey.minutes + LEG_MARGIN_MINUTES;
  const available = Math.floor((b.unit.startsAt.getTime() - leaves) / MINUTE_MS);
  if (available >= needed) return [];
  const times = { needed, available: Math.max(0, available), estimated: journey.estimated };
  return b.kind === 'wanted'
    ? [{ code: 'cannot-arrive', from: city(a), ...times }]
    : [{ code: 'cannot-go-on', to: city(b), ...times }];
}
