import { offsetMinutes } from './wall-time.js';
import { ZONE_DATA_VERSION } from './zone-data.js';

/** Runs one SQL statement and gives its rows, keyed by column. */
export type Query = (sql: string, params: unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** One keeper of zone data on this machine. */
export interface ZoneReader {
  readonly name: 'bundled' | 'node' | 'postgres';
  /** What to call it, with its version, in a line of the log: `Node (tz 2025c)`. */
  label(): Promise<string>;
  /** Minutes ahead of UTC at each instant, or undefined when the zone is not known to it. */
  offsets(zone: string, at: readonly Date[]): Promise<readonly number[] | undefined>;
}

/** The package whose data every wall time comes from. */
export const bundledReader: ZoneReader = {
  name: 'bundled',
  label: async () => `Bundled zone data (tz ${ZONE_DATA_VERSION})`,
  offsets: async (zone, at) => at.map((instant) => offsetMinutes(instant, zone)),
};

/** Node's ICU. Read here to be compared, and nowhere else. */
export const nodeReader: ZoneReader = {
  name: 'node',
  label: async () => `Node (tz ${process.versions['tz'] ?? 'unknown'})`,
  offsets: async (zone, at) => {
    try {
      const format = intlFormat(zone);
      return at.map((instant) => (intlWallMs(format, instant) - instant.getTime()) / 60_000);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  },
};

const OFFSETS_SQL = `
  SELECT (extract(epoch FROM (p.at AT TIME ZONE $2) - (p.at AT TIME ZONE 'UTC')) / 60)::int AS minutes
    FROM unnest($1::timestamptz[]) WITH ORDINALITY AS p (at, n)
   ORDER BY p.n`;

/** PostgreSQL's own zone data, or the system's. It tells no version of them, so its label has the server's. */
export function postgresReader(query: Query): ZoneReader {
  return {
    name: 'postgres',
    label: async () => {
      const [row] = await query(`SELECT current_setting('server_version') AS version`, []);
      return `PostgreSQL (${String(row?.['version'] ?? 'unknown').split(' ')[0]})`;
    },
    offsets: async (zone, at) => {
      try {
        const rows = await query(OFFSETS_SQL, [at.map((instant) => instant.toISOString()), zone]);
        return rows.map((row) => Number(row['minutes']));
      } catch (error) {
        if (sqlState(error) === '22023') return undefined;
        throw error;
      }
    },
  };
}

/** The SQLSTATE, also when a driver's error is wrapped by the ORM. */
function sqlState(error: unknown): unknown {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return driverError?.code ?? code;
}

function intlFormat(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

function intlWallMs(format: Intl.DateTimeFormat, instant: Date): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}
