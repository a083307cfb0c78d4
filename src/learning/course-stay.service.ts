import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Catalogue,
  CatalogueService,
  type CourseChange,
  courseChanges,
  type PublishedCourse,
  VersionHooks,
  VersionWatcher,
} from '../courses/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';

/** How long another process may publish or move unnoticed; as long as the catalogue. */
const TRUSTED_MS = 2000;

const ANY = `SELECT EXISTS (SELECT 1 FROM course_stay) AS some`;
const OF_ONE = `SELECT version_id AS "versionId" FROM course_stay WHERE person_id = $1 ORDER BY course_id`;
const OF_MANY = `
  SELECT person_id AS "personId", version_id AS "versionId"
    FROM course_stay WHERE course_id = $1 AND person_id = ANY ($2::uuid[])`;
// Whoever watched or answered anything of the course; those who stay on an older version already go on staying there.
const STAY = `
  INSERT INTO course_stay (person_id, course_id, version_id, since)
  SELECT begun.person_id, $1, $2, $3
    FROM (SELECT a.person_id FROM quiz_attempt a JOIN module m ON m.id = a.module_id WHERE m.course_id = $1
           UNION
          SELECT p.person_id FROM video_progress p JOIN module m ON m.video_id = p.video_id WHERE m.course_id = $1) begun
  ON CONFLICT DO NOTHING`;
const MOVE = `DELETE FROM course_stay WHERE course_id = $1 AND person_id = ANY ($2::uuid[]) RETURNING person_id`;

/**
 * Learners stay on the version of a course that they began until they are moved; who has not begun follows what is
 * published. Progress hangs on modules and on the videos' hashes, so whatever did not change counts after a move too.
 */
@Injectable()
export class CourseStays extends VersionWatcher implements OnModuleInit {
  private known = { some: false, at: -Infinity };
  /** Catalogues of those who stay, by the versions that they stay on; they go with the catalogue they vary. */
  private readonly varied = new WeakMap<Catalogue, Map<string, Catalogue>>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly catalogue: CatalogueService,
    private readonly hooks: VersionHooks,
  ) {
    super();
  }

  onModuleInit(): void {
    this.hooks.watch(this);
  }

  override async replaced(courseId: string, versionId: string): Promise<void> {
    await this.db.write('courseStay.stay', STAY, [courseId, versionId, this.clock.now()]);
    this.db.afterCommit(() => this.forget());
  }

  /** What there is to learn for somebody: each course in the version they are on. Without a person, what is published. */
  async catalogueOf(personId: string | undefined): Promise<Catalogue> {
    const published = await this.catalogue.current();
    if (personId === undefined || !(await this.anybodyStays())) return published;
    const stays = await this.db.read<{ versionId: string }>('courseStay.ofOne', OF_ONE, [personId]);
    return this.vary(
      published,
      stays.map(({ versionId }) => versionId),
    );
  }

  /** The version of one course that each of these people is on. */
  async courseOf(
    personIds: readonly string[],
    courseKey: string,
  ): Promise<(personId: string) => PublishedCourse | undefined> {
    const published = (await this.catalogue.current()).course(courseKey);
    if (!published || !(await this.anybodyStays())) return () => published;
    const rows = await this.db.read<{ personId: string; versionId: string }>('courseStay.ofMany', OF_MANY, [
      ...[published.id, [...new Set(personIds)]],
    ]);
    const versions = new Map<string, PublishedCourse>();
    for (const { personId, versionId } of rows) {
      const course = await this.catalogue.version(versionId);
      if (course) versions.set(personId, course);
    }
    return (personId) => versions.get(personId) ?? published;
  }

  /** Is a newer version published than this one? */
  async isOlder({ id, versionId }: PublishedCourse): Promise<boolean> {
    const newest = (await this.catalogue.current()).course(id);
    return newest !== undefined && newest.versionId !== versionId;
  }

  /** What a newer version would change for somebody; undefined when they are on the newest. */
  async newerThan(
    course: PublishedCourse,
  ): Promise<{ course: PublishedCourse; changes: CourseChange[] } | undefined> {
    const newest = (await this.catalogue.current()).course(course.id);
    if (!newest || newest.versionId === course.versionId) return undefined;
    return { course: newest, changes: courseChanges(course.document, newest.document) };
  }

  /** Moves people to what is published. @returns those who were on another version */
  async move(courseId: string, personIds: readonly string[]): Promise<string[]> {
    const moved = await this.db.read<{ person_id: string }>('courseStay.move', MOVE, [
      courseId,
      [...personIds],
    ]);
    this.db.afterCommit(() => this.forget());
    return moved.map(({ person_id: id }) => id);
  }

  private forget(): void {
    this.known = { some: false, at: -Infinity };
  }

  private async anybodyStays(): Promise<boolean> {
    if (performance.now() - this.known.at >= TRUSTED_MS) {
      const at = performance.now();
      const row = await this.db.readOne<{ some: boolean }>('courseStay.any', ANY);
      this.known = { some: row?.some ?? false, at };
    }
    return this.known.some;
  }

  private async vary(published: Catalogue, versionIds: readonly string[]): Promise<Catalogue> {
    if (versionIds.length === 0) return published;
    const made = this.varied.get(published) ?? new Map<string, Catalogue>();
    this.varied.set(published, made);
    const key = versionIds.join();
    const known = made.get(key);
    if (known) return known;
    const courses = await Promise.all(versionIds.map((id) => this.catalogue.version(id)));
    const varied = published.with(courses.filter((course) => course !== undefined));
    made.set(key, varied);
    return varied;
  }
}
