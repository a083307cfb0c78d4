import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { violates } from '../../shared/database/database.errors.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import { newId } from '../../shared/new-id.js';
import { CourseSources, type SourceFile } from '../course-source.service.js';
import { CourseDraftStore } from './course-draft.store.js';
import { checkNew, newCourse, newModule, textOf, type Titles } from './new-parts.js';

const COURSE = `
  INSERT INTO course (id, organisation_id, slug, position, title_fr, title_ar)
  SELECT $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5 FROM course RETURNING position`;

/** Courses that are begun in the browser. */
@Injectable()
export class NewCourses {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly store: CourseDraftStore,
    private readonly sources: CourseSources,
    private readonly audit: AuditLog,
  ) {}

  /** Begins a course with one empty module. @throws InvalidFields */
  async begin(actor: StaffActor, slug: string, title: Titles): Promise<void> {
    checkNew(slug, title);
    const id = newId();
    try {
      await this.db.transaction(async () => {
        const values = [id, actor.organisationId, slug, title.fr, title.ar];
        const row = await this.db.readOne<{ position: number }>('draft.newCourse', COURSE, values);
        const draft = await this.store.open(id, null, actor.accountId);
        const folder = '01-introduction';
        const texts: [string, object][] = [
          ['course.yaml', newCourse(slug, row?.position ?? 1, title, folder)],
          [`${folder}/module.yaml`, newModule('introduction', { fr: 'Introduction', ar: 'تقديم' })],
        ];
        const files: Record<string, SourceFile> = {};
        for (const [path, content] of texts) files[path] = await this.sources.keep(textOf(content));
        await this.store.save(draft, files, { kind: 'open', accountId: actor.accountId });
        const subject = { subjectKind: 'course', subjectId: id, organisationId: actor.organisationId };
        await this.audit.record(actor, {
          action: 'courses.course.create',
          ...subject,
          facts: { slug, at: this.clock.now().toISOString() },
        });
      });
    } catch (error) {
      if (violates(error, 'course_slug_key'))
        throw new InvalidFields([{ pointer: '/slug', code: 'course-duplicate', params: { name: slug } }]);
      throw error;
    }
  }
}
