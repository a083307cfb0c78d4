import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ScenarioReading } from '../../../src/practice/scenario-file/scenario.reader.js';

const KEPT = process.env['MUTATION_KEPT'];

/**
 * A scenario as the reader gave it at the first run, before anything was changed: the YAML library takes longer to load
 * than most tests to run, and what a changed rule does to the reading of files is not what is asked here.
 */
export async function readScenario(path: string, pictures: ReadonlySet<string>): Promise<ScenarioReading> {
  if (!KEPT) throw new Error('MUTATION_KEPT names the folder of this run');
  const kept = join(KEPT, `${basename(path)}.json`);
  try {
    return JSON.parse(readFileSync(kept, 'utf8')) as ScenarioReading;
  } catch {
    const reader = await import('../../../src/practice/scenario-file/scenario.reader');
    const reading = await reader.readScenario(path, pictures);
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(kept, JSON.stringify(reading));
    return reading;
  }
}
