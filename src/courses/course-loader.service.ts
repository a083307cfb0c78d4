import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { CatalogueService } from './catalogue.service.js';
import type { CourseFileError } from './course-file/course-file.error.js';
import type { CourseDocument } from './course-file/course-document.js';
import { readCourses } from './course-file/course.reader.js';
import { knownCourses } from './course-file/reachable-links.js';
import { folderDigest, projectCourses } from './course-folder.js';
import { CoursePublisher } from './course-publisher.service.js';
import { CourseSources, sourceDigest, type SourceFiles } from './course-source.service.js';
import { CourseFilesInvalid } from './course.errors.js';

// Raised when a load keeps more than it did, so that an installation loads once again.
const LOAD = 'courses-2';
const COURSE_LOAD = (slug: string): string => `course:${slug}`;
const LAST = `SELECT digest FROM reference_load WHERE name = $1`;
const REMEMBER = `
  INSERT INTO reference_load (name, digest, loaded_at) VALUES ($1, $2, $3)
  ON CONFLICT (name) DO UPDATE SET digest = EXCLUDED.digest, loaded_at = EXCLUDED.loaded_at`;

const FROM_BROWSER = `
  SELECT v.course_id AS "courseId", v.files
    FROM course_version v JOIN course c ON c.id = v.course_id
   WHERE c.slug = $1 AND v.status = 'published' AND v.origin = 'browser'`;
const PUT_ASIDE = `
  INSERT INTO course_pending (course_id, files, arrived_at) VALUES ($1, $2, $3)
  ON CONFLICT (course_id) DO UPDATE SET files = EXCLUDED.files, arrived_at = EXCLUDED.arrived_at`;
const SETTLED = `DELETE FROM course_pending p USING course c WHERE c.id = p.course_id AND c.slug = $1`;

/** What a load did; slugs of courses. */
export interface CoursesLoaded {
  readonly published: readonly string[];
  readonly unchanged: readonly string[];
  /** Changed in the folder while the published version came from the browser: put aside for the authors to decide. */
  readonly waiting: readonly string[];
  readonly warnings: readonly CourseFileError[];
}

type Outcome = 'published' | 'unchanged' | 'waiting';

interface Browser {
  courseId: string;
  files: SourceFiles;
}

/** Brings the database up to date with a folder of course files; loading twice changes nothing. */
@Injectable()
export class CourseLoader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly sources: CourseSources,
    private readonly publisher: CoursePublisher,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Folder of the course files: QAFILA_COURSES, else the project's own. */
  get folder(): string {
    return this.config.QAFILA_COURSES ?? projectCourses();
  }

  /** At each start: loads when a file has changed since the last load; undefined when none has. */
  async loadIfChanged(): Promise<CoursesLoaded | undefined> {
    const digest = await folderDigest(this.folder);
    const last = await this.db.readOne<{ digest: string }>('courses.lastLoad', LAST, [LOAD]);
    return last?.digest === digest ? undefined : this.load(this.folder, { digest });
  }

  /**
   * Reads every course, puts its media on the shelf and publishes what has changed: all of it or nothing. What somebody
   * published in the browser is not overwritten: the files then wait until an author opens or drops them.
   *
   * @param options digest of the folder where it is known; `replace` publishes over what came from the browser
   * @throws CourseFilesInvalid with every error and its place
   */
  async load(
    folder = this.folder,
    options: { digest?: string; replace?: boolean } = {},
  ): Promise<CoursesLoaded> {
    const { documents, errors, warnings } = existsSync(folder)
      ? await readCourses(folder, {}, knownCourses(await this.catalogue.current()))
      : { documents: [], errors: [], warnings: [] };
    if (errors.length > 0) throw new CourseFilesInvalid(errors);
    let outcomes = new Map<string, Outcome>();
    await this.db.transaction(async () => {
      outcomes = new Map();
      for (const document of documents)
        outcomes.set(document.slug, await this.loadOne(document, folder, options.replace ?? false));
      if (folder === this.folder) await this.remember(LOAD, options.digest ?? (await folderDigest(folder)));
      this.db.afterCommit(() => this.catalogue.forget());
    });
    const of = (wanted: Outcome): string[] =>
      [...outcomes].filter(([, outcome]) => outcome === wanted).map(([slug]) => slug);
    return { published: of('published'), unchanged: of('unchanged'), waiting: of('waiting'), warnings };
  }

  private async loadOne(document: CourseDocument, folder: string, replace: boolean): Promise<Outcome> {
    const { slug } = document;
    const own = join(folder, slug);
    const files = await this.sources.keepFolder(own);
    const digest = sourceDigest(files);
    const browser = await this.db.readOne<Browser>('courses.fromBrowser', FROM_BROWSER, [slug]);
    const last = await this.db.readOne<{ digest: string }>('courses.lastLoad', LAST, [COURSE_LOAD(slug)]);
    await this.remember(COURSE_LOAD(slug), digest);
    if (browser && sourceDigest(browser.files) === digest) {
      await this.db.write('courses.settled', SETTLED, [slug]);
      return 'unchanged';
    }
    if (browser && !replace) {
      // The same files as last time say nothing new: what the browser made of them since stands.
      if (last?.digest === digest) return 'unchanged';
      const values = [browser.courseId, JSON.stringify(files), this.clock.now()];
      await this.db.write('courses.putAside', PUT_ASIDE, values);
      return 'waiting';
    }
    const isNew = await this.publisher.publish(document, own, { kind: 'files', files });
    await this.db.write('courses.settled', SETTLED, [slug]);
    return isNew ? 'published' : 'unchanged';
  }

  private async remember(name: string, digest: string): Promise<void> {
    await this.db.write('courses.remember', REMEMBER, [name, digest, this.clock.now()]);
  }
}
