import type { INestApplicationContext } from '@nestjs/common';
import { checkZoneData } from '../shared/clock/zone-check.js';
import { DataSources } from '../shared/database/data-sources.js';

/** Where the lines go: what is wrong apart from what is only news. */
interface ZoneLog {
  error(line: string): void;
  warn(line: string): void;
}

/**
 * Says which of Node and PostgreSQL disagree with the bundled zone data, which is harmless, and, as an error, that the
 * bundled data themselves are too old: nothing else is ever used, so that every hour would be wrong.
 */
export async function reportZones(app: INestApplicationContext, log: ZoneLog): Promise<void> {
  const source = app.get(DataSources).get('reports');
  const { ok, opinions } = await checkZoneData((sql, params) => source.query(sql, params));
  for (const { component, disagreements, knowsZone, line } of opinions) {
    if (component === 'bundled' && !ok) log.error(line);
    else if (disagreements.length > 0 || !knowsZone) log.warn(line);
  }
}
