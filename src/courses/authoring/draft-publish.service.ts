import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Database } from '../../shared/database/database.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { CatalogueService } from '../catalogue.service.js';
import { type CourseChange, courseChanges } from '../course-changes.js';
import type { CardBlock, CourseDocument } from '../course-file/course-document.js';
import { CoursePublisher } from '../course-publisher.service.js';
import { DraftOutdated } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftStore } from './course-draft.store.js';
import type { DraftFinding } from './draft-finding.js';
import { DraftReader } from './draft-reading.service.js';

/** What publishing a draft would do, or what keeps it from being published. */
export interface PublishCheck {
  readonly revision: number;
  readonly document?: CourseDocument;
  /** Each of these keeps the draft from being published. */
  readonly findings: readonly DraftFinding[];
  /** Worth a look: long sentences, voices that say the earlier words. */
  readonly warnings: readonly DraftFinding[];
  readonly changes: readonly CourseChange[];
  /** Number of a version that was published since the draft was begun. */
  readonly outdatedBy?: number;
}

/** Makes versions of drafts. */
@Injectable()
export class DraftPublisher {
  constructor(
    private readonly db: Database,
    private readonly store: CourseDraftStore,
    private readonly reader: DraftReader,
    private readonly publisher: CoursePublisher,
    private readonly catalogue: CatalogueService,
    private readonly audit: AuditLog,
  ) {}

  /** Checks links, languages, keys, media, alternative texts and captions: all of it, each finding at its place. */
  async check(course: AuthoredCourse): Promise<PublishCheck> {
    const draft = await this.store.find(course.id);
    if (!draft) throw new NotFound('draft');
    const { document, findings, warnings } = await this.reader.read(
      course.slug,
      await this.store.files(draft),
      true,
    );
    const base = course.published ? await this.catalogue.version(course.published.id) : undefined;
    const isOutdated = course.published !== null && draft.baseVersionId !== course.published.id;
    return {
      revision: draft.revision,
      findings,
      warnings: [...(document && base ? staleVoices(base.document, document) : []), ...warnings],
      changes: document && base ? courseChanges(base.document, document) : [],
      ...(document ? { document } : {}),
      ...(isOutdated ? { outdatedBy: course.published.number } : {}),
    };
  }

  /**
   * Publishes the draft as the next version and closes it.
   *
   * @param over publishes also when another version came since the draft was begun
   * @throws InvalidFields with every finding; DraftOutdated
   */
  async publish(actor: StaffActor, course: AuthoredCourse, over: boolean): Promise<void> {
    const check = await this.check(course);
    if (check.outdatedBy !== undefined && !over) throw new DraftOutdated(check.outdatedBy);
    const { document, findings } = check;
    if (findings.length > 0 || !document) throw new InvalidFields(findings.map(errorOf));
    await this.db.transaction(async () => {
      const draft = await this.store.lock(course.id);
      if (draft.revision !== check.revision) throw new DraftOutdated(course.published?.number ?? 0);
      const files = await this.store.files(draft);
      await this.reader.onDisk(course.slug, files, (folder) =>
        this.publisher.publish(document, folder, { kind: 'browser', files, by: actor.accountId }),
      );
      await this.store.close(draft, 'published');
      const subject = { subjectKind: 'course', subjectId: course.id, organisationId: course.organisationId };
      await this.audit.record(actor, {
        action: 'courses.version.publish',
        ...subject,
        facts: { revision: draft.revision },
      });
      this.db.afterCommit(() => this.catalogue.forget());
    });
  }
}

/** A finding as a field error: the pointer begins with the file and the part. */
export function errorOf({ file, part, pointer, line, code, params }: DraftFinding) {
  return { pointer: `/${file}/${part}${pointer}`, code: `course-${code}`, params: { ...params, line } };
}

/** Cards whose words are not those that their synthetic voice says. */
function staleVoices(before: CourseDocument, after: CourseDocument): DraftFinding[] {
  const spoken = ({ title, text, say }: CardBlock): string => say.fr ?? `${title.fr}\n${text.fr}`;
  return after.modules.flatMap((module) => {
    const old = before.modules.find(({ slug }) => slug === module.slug);
    return module.blocks.flatMap((block): DraftFinding[] => {
      const earlier = old?.blocks.find(({ id }) => id === block.id);
      if (block.kind !== 'card' || earlier?.kind !== 'card' || !block.audio.fr?.synthetic) return [];
      const said = (media: typeof module.media): string | undefined =>
        media?.audio.find((entry) => entry.block === block.id && entry.lang === 'fr')?.sourceDigest;
      if (spoken(earlier) === spoken(block) || said(old?.media) !== said(module.media)) return [];
      const place = { file: `${module.folder}/module.yaml`, part: block.id, pointer: '/audio', line: 1 };
      return [{ ...place, code: 'stale-voice', params: {}, isGap: true }];
    });
  });
}
