import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { type CourseFileError, CourseFilesInvalid, CourseLoader } from '../courses/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import type { Scenario } from './engine/scenario.js';
import { PICTURES } from './pictures.js';
import { readScenario } from './scenario-file/scenario.reader.js';

const KEEP = `
  INSERT INTO practice_scenario (digest, slug, document, loaded_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`;
const FIND = `SELECT document FROM practice_scenario WHERE digest = $1`;

/** A scenario and the digest under which it is kept. */
export interface KeptScenario {
  readonly digest: string;
  readonly scenario: Scenario;
}

/** The scenarios: those of the files, and every one that a shop still plays. */
@Injectable()
export class ScenarioShelf {
  private current: readonly KeptScenario[] = [];
  private readonly kept = new Map<string, Scenario>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly loader: CourseLoader,
  ) {}

  /** Scenarios that one may begin, in the order of their courses. */
  all(): readonly KeptScenario[] {
    return this.current;
  }

  /** The scenario of the files by its slug. */
  find(slug: string): KeptScenario | undefined {
    return this.current.find(({ scenario }) => scenario.slug === slug);
  }

  /** A scenario as it was when a shop was opened. */
  async byDigest(digest: string): Promise<Scenario> {
    const known = this.kept.get(digest);
    if (known) return known;
    const row = await this.db.readOne<{ document: Scenario }>('practice.scenario', FIND, [digest]);
    if (!row) throw new Error(`No practice scenario ${digest}`);
    this.kept.set(digest, row.document);
    return row.document;
  }

  /**
   * Reads `practice/` of the course files; loading twice changes nothing.
   *
   * @throws CourseFilesInvalid with every error and its place
   */
  async load(): Promise<void> {
    const folder = join(this.loader.folder, 'practice');
    const names = existsSync(folder)
      ? (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
      : [];
    const errors: CourseFileError[] = [];
    const scenarios: Scenario[] = [];
    for (const name of names) {
      const reading = await readScenario(join(folder, name), PICTURES);
      errors.push(...reading.errors);
      if (reading.scenario) scenarios.push(reading.scenario);
    }
    if (errors.length > 0) throw new CourseFilesInvalid(errors);
    scenarios.sort((a, b) => a.order - b.order || (a.slug < b.slug ? -1 : 1));
    this.current = scenarios.map((scenario) => ({ scenario, digest: digestOf(scenario) }));
    for (const { digest, scenario } of this.current) {
      this.kept.set(digest, scenario);
      await this.db.write('practice.keepScenario', KEEP, [
        digest,
        scenario.slug,
        JSON.stringify(scenario),
        this.clock.now(),
      ]);
    }
  }
}

function digestOf(scenario: Scenario): string {
  return createHash('sha256').update(JSON.stringify(scenario)).digest('hex');
}
