import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { PrivateMedia } from '../../shared/files/private-media.service.js';
import { type PublishedCourse, publishedVideo, type PublishedModule } from '../published-course.js';
import { CourseAuthorQuery } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { DraftReader, withoutMedia } from './draft-reading.service.js';

/** No version's id: a draft has none yet. */
const NO_VERSION = '00000000-0000-0000-0000-000000000000';

/** Drafts in the shape of what is published, so that the learners' own pages show them. */
@Injectable()
export class DraftPreview {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly drafts: CourseDraftService,
    private readonly reader: DraftReader,
    private readonly media: PrivateMedia,
  ) {}

  /** @param folder of the module. @throws NotFound */
  async module(
    actor: StaffActor,
    key: string,
    folder: string,
    locale: string,
  ): Promise<{ course: PublishedCourse; module: PublishedModule }> {
    const author = await this.courses.get(actor, key);
    const { files } = await this.drafts.open(actor, author);
    const { document } = await this.reader.read(author.slug, withoutMedia(files, folder), true);
    if (!document) throw new NotFound('draft');
    const own = { courseId: author.id, courseSlug: author.slug, versionId: NO_VERSION };
    const modules = document.modules.map((each, index): PublishedModule => {
      const base = `/${locale}/staff/courses/${author.slug}/draft-files/${each.folder}`;
      const place = {
        id: `${NO_VERSION.slice(0, -2)}${String(index).padStart(2, '0')}`,
        slug: each.slug,
        position: index + 1,
      };
      const video = publishedVideo(NO_VERSION, each);
      return {
        ...own,
        ...place,
        ...(video && each.media ? { video: { ...video, base: this.media.folder(each.media.hash) } } : {}),
        document: each,
        isDraft: true,
        watchedPercent: each.completion.watched,
        picturesBase: base,
        mediaBase: base,
        attachmentsBase: base,
      };
    });
    const module = modules.find((each) => each.document.folder === folder);
    if (!module) throw new NotFound('module');
    const course = {
      id: author.id,
      slug: author.slug,
      versionId: NO_VERSION,
      number: 0,
      document,
      modules,
      testBase: '',
    };
    return { course, module };
  }
}
