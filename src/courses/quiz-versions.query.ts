import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { QuizBlock, TestDocument } from './course-file/course-document.js';
import { blockOf, type PublishedDocument } from './published-course.js';

const BY_ID = `
  SELECT v.document
    FROM course_version v
    JOIN module m ON m.course_id = v.course_id
   WHERE v.id = $1 AND m.slug = $2`;

const OF_COURSE = `SELECT document FROM course_version WHERE id = $1 AND course_id = $2`;

/** A test as one version of its course has it, and where its pictures are. */
export interface VersionedTest {
  readonly versionId: string;
  readonly test: TestDocument;
  readonly base: string;
}

/** Quizzes of any version of a course: an attempt is marked, and shown again, by the one it was made on. */
@Injectable()
export class QuizVersions {
  constructor(private readonly db: Database) {}

  /** @returns undefined when the version is not of the module's course, or had no quiz in it */
  async quizOf(versionId: string, moduleSlug: string): Promise<QuizBlock | undefined> {
    const row = await this.db.readOne<{ document: PublishedDocument }>('quizVersion.document', BY_ID, [
      versionId,
      moduleSlug,
    ]);
    const module = row?.document.course.modules.find(({ slug }) => slug === moduleSlug);
    return module && blockOf(module, 'quiz');
  }

  /** @returns undefined when the version is not of the course, or had no test in it */
  async testOf(versionId: string, courseId: string): Promise<VersionedTest | undefined> {
    const row = await this.db.readOne<{ document: PublishedDocument }>(
      'quizVersion.courseDocument',
      OF_COURSE,
      [versionId, courseId],
    );
    const test = row?.document.course.test;
    return test && { versionId, test, base: `/media/${row.document.testPictures ?? ''}` };
  }
}
