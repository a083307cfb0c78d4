import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { CatalogueService } from '../catalogue.service.js';
import { videoOf } from '../course-file/video-of.js';
import type { SourceFiles } from '../course-source.service.js';
import { type AuthoredCourse, CourseAuthorQuery } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { CourseDraftStore, type Draft } from './course-draft.store.js';
import type { PartPlace } from './draft-part.js';

/** How often a draft may be closed under our hands before we give up. */
const OPENINGS = 5;

/** Opens drafts for what took long to make: the one that it was made for may be closed by now. */
@Injectable()
export class DraftOpening {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly drafts: CourseDraftService,
    private readonly store: CourseDraftStore,
    private readonly catalogue: CatalogueService,
  ) {}

  /** The open draft, for a video of it; an address of nothing opens none. @throws NotFound for no such video */
  async atVideo(
    actor: StaffActor,
    course: AuthoredCourse,
    { module, part }: PartPlace,
  ): Promise<{ files: SourceFiles }> {
    if (await this.store.find(course.id)) return this.drafts.open(actor, course);
    const version = course.published && (await this.catalogue.version(course.published.id));
    const found = version?.document.modules.find(({ folder }) => folder === module);
    const block = found?.blocks.find(({ id }) => id === part);
    if (block?.kind !== 'video' || !videoOf(block, found?.media)) throw new NotFound('video');
    return this.drafts.open(actor, course);
  }

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
