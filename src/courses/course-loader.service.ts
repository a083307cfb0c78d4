import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { CatalogueService } from './catalogue.service.js';
import type { CourseFileError } from './course-file/course-file.error.js';
import { readCourses } from './course-file/course.reader.js';
import { folderDigest, projectCourses } from './course-folder.js';
import { CoursePublisher } from './course-publisher.service.js';
import { CourseFilesInvalid } from './course.errors.js';

const LOAD = 'courses';
const LAST = `SELECT digest FROM reference_load WHERE name = $1`;
const REMEMBER = `
  INSERT INTO reference_load (name, digest, loaded_at) VALUES ($1, $2, $3)
  ON CONFLICT (name) DO UPDATE SET digest = EXCLUDED.digest, loaded_at = EXCLUDED.loaded_at`;

/** What a load did; slugs of courses. */
export interface CoursesLoaded {
  readonly published: readonly string[];
  readonly unchanged: readonly string[];
  readonly warnings: readonly CourseFileError[];
}

/** Brings the database up to date with a folder of course files; loading twice changes nothing. */
@Injectable()
export class CourseLoader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly publisher: CoursePublisher,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Folder of the course files: QAFILA_COURSES, else the project's own. */
  get folder(): string {
    return this.config.QAFILA_COURSES ?? projectCourses();
  }

  /** At each start: loads when a file has changed since the last load. */
  async loadIfChanged(): Promise<void> {
    const digest = await folderDigest(this.folder);
    const last = await this.db.readOne<{ digest: string }>('courses.lastLoad', LAST, [LOAD]);
    if (last?.digest !== digest) await this.load(this.folder, digest);
  }

  /**
   * Reads every course, puts its media on the shelf and publishes what has changed: all of it or nothing.
   *
   * @throws CourseFilesInvalid with every error and its place
   */
  async load(folder = this.folder, digest?: string): Promise<CoursesLoaded> {
    const { documents, errors, warnings } = existsSync(folder)
      ? await readCourses(folder)
      : { documents: [], errors: [], warnings: [] };
    if (errors.length > 0) throw new CourseFilesInvalid(errors);
    const published: string[] = [];
    await this.db.transaction(async () => {
      published.length = 0;
      for (const document of documents) {
        if (await this.publisher.publish(document, join(folder, document.slug))) published.push(document.slug);
      }
      const loaded = digest ?? (await folderDigest(folder));
      await this.db.write('courses.remember', REMEMBER, [LOAD, loaded, this.clock.now()]);
      this.db.afterCommit(() => this.catalogue.forget());
    });
    const unchanged = documents.map(({ slug }) => slug).filter((slug) => !published.includes(slug));
    return { published, unchanged, warnings };
  }
}
