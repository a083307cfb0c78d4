import { bundledReader, nodeReader, postgresReader, type Query, type ZoneReader } from './zone-readers.js';
import { DEFAULT_ZONE, ZONE_DATA_VERSION } from './zone-data.js';

/** First tz release that knows Morocco left UTC+1 for good on 2026-09-20; older bundled data print wrong hours. */
export const OLDEST_USABLE_ZONE_DATA = '2026c';

/**
 * Instants at which Moroccan zone data differ between releases: the spec's dates, Ramadan switches of several years,
 * the change of 2026-09-20 to the minute, and a day that old releases predicted right by luck (2027-02-20).
 */
export const ZONE_PROBES: readonly Date[] = [
  '2021-01-15T12:00:00Z',
  '2021-04-11T02:00:00Z',
  '2021-12-13T08:00:00Z',
  '2024-03-10T02:00:00Z',
  '2025-02-22T08:00:00Z',
  '2025-02-23T02:00:00Z',
  '2025-04-06T02:00:00Z',
  '2026-02-15T02:00:00Z',
  '2026-03-22T02:00:00Z',
  '2026-09-20T00:59:00Z',
  '2026-09-20T01:00:00Z',
  '2026-12-14T09:00:00Z',
  '2027-02-20T12:00:00Z',
  '2027-06-15T12:00:00Z',
].map((at) => new Date(at));

/** An instant at which a component is not of the bundled data's opinion. */
export interface Disagreement {
  readonly at: Date;
  /** The component minus the bundled data; positive: it shows a later hour. */
  readonly minutes: number;
}

/** What one keeper of zone data says. */
export interface ZoneOpinion {
  readonly component: ZoneReader['name'];
  /** With version: `Node (tz 2025c)`. */
  readonly label: string;
  readonly knowsZone: boolean;
  readonly disagreements: readonly Disagreement[];
  /** One English line for the log and `doctor`. */
  readonly line: string;
}

/** The whole comparison; `ok` is false only when wall times themselves would be wrong. */
export interface ZoneReport {
  readonly zone: string;
  readonly ok: boolean;
  readonly opinions: readonly ZoneOpinion[];
}

/**
 * Compares this machine's keepers of zone data. Nothing but the bundled data is used, so a disagreement is news, not
 * a fault; only bundled data older than `OLDEST_USABLE_ZONE_DATA` are.
 * @param query reaches PostgreSQL; without it PostgreSQL is not asked
 */
export async function checkZoneData(query?: Query, zone = DEFAULT_ZONE): Promise<ZoneReport> {
  return compareZoneData(query ? [nodeReader, postgresReader(query)] : [nodeReader], zone);
}

/** The comparison for given readers and a given release of the bundled data. */
export async function compareZoneData(
  readers: readonly ZoneReader[],
  zone = DEFAULT_ZONE,
  bundledVersion = ZONE_DATA_VERSION,
): Promise<ZoneReport> {
  const truth = (await bundledReader.offsets(zone, ZONE_PROBES)) ?? [];
  const ok = bundledVersion >= OLDEST_USABLE_ZONE_DATA;
  const opinions = [bundledOpinion(bundledVersion, ok)];
  for (const reader of readers) opinions.push(await opinionOf(reader, zone, truth));
  return { zone, ok, opinions };
}

async function opinionOf(reader: ZoneReader, zone: string, truth: readonly number[]): Promise<ZoneOpinion> {
  const label = await reader.label();
  const offsets = await reader.offsets(zone, ZONE_PROBES);
  const disagreements = ZONE_PROBES.map((at, n) => ({
    at,
    minutes: (offsets?.[n] ?? NaN) - (truth[n] ?? NaN),
  })).filter(({ minutes }) => minutes !== 0 && !Number.isNaN(minutes));
  const knowsZone = offsets !== undefined;
  const line = knowsZone
    ? comparisonLine(label, zone, disagreements)
    : `${label} does not know ${zone}: not used, harmless.`;
  return { component: reader.name, label, knowsZone, disagreements, line };
}

function comparisonLine(label: string, zone: string, disagreements: readonly Disagreement[]): string {
  const [first, ...others] = disagreements;
  if (!first) return `${label} agrees for ${zone}.`;
  const same = others.every(({ minutes }) => minutes === first.minutes);
  const most = Math.max(...disagreements.map(({ minutes }) => Math.abs(minutes)));
  const what = same
    ? `is ${most} min ${first.minutes > 0 ? 'ahead' : 'behind'}`
    : `differs by up to ${most} min`;
  return `${label} ${what} for ${zone} from ${first.at.toISOString().slice(0, 10)}: not used, harmless.`;
}

function bundledOpinion(version: string, ok: boolean): ZoneOpinion {
  const label = `Bundled zone data (tz ${version})`;
  const line = ok
    ? `${label} are used for every wall time.`
    : `${label} are older than ${OLDEST_USABLE_ZONE_DATA} and do not know that Morocco left UTC+1 on 2026-09-20: ` +
      `hours are wrong, update moment-timezone.`;
  return { component: 'bundled', label, knowsZone: true, disagreements: [], line };
}
