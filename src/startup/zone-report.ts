import type { INestApplicationContext } from '@nestjs/common';
import { checkZoneData } from '../shared/clock/zone-check.js';
import { DataSources } from '../shared/database/data-sources.js';

/** Says which of Node, PostgreSQL and the bundled zone data disagree; nothing but the bundled data is ever used. */
export async function reportZones(
  app: INestApplicationContext,
  say: (line: string) => void,
): Promise<boolean> {
  const source = app.get(DataSources).get('reports');
  const report = await checkZoneData((sql, params) => source.query(sql, params));
  for (const opinion of report.opinions.filter(
    ({ disagreements, knowsZone }) => disagreements.length > 0 || !knowsZone,
  ))
    say(opinion.line);
  return report.ok;
}
