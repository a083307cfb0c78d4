import { Injectable } from '@nestjs/common';
import { NotFound } from '../../shared/errors/domain-error.js';
import { type AuthoredCourse, CourseAuthorQuery } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { CourseDraftStore, type Draft } from './course-draft.store.js';

/** How often a draft may be closed under our hands before we give up. */
const OPENINGS = 5;

/** Opens drafts for what took long to make: the one that it was made for may be closed by now. */
@Injectable()
export class DraftOpening {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly drafts: CourseDraftService,
    private readonly store: CourseDraftStore,
  ) {}

  /**
   * The open draft, its row locked until the end of the transaction that is open; whoever closes it meanwhile, by
   * publishing, leaves us another to open.
   *
   * @throws NotFound of `course` when it is gone
   */
  async locked(accountId: string, courseId: string): Promise<{ course: AuthoredCourse; draft: Draft }> {
    for (let tries = 1; ; tries += 1) {
      const course = await this.courses.forOperator(courseId);
      if (!course) throw new NotFound('course');
      await this.drafts.open({ kind: 'staff', accountId }, course);
      try {
        return { course, draft: await this.store.lock(course.id) };
      } catch (error) {
        if (!(error instanceof NotFound) || tries === OPENINGS) throw error;
      }
    }
  }
}
