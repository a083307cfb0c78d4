import { Injectable } from '@nestjs/common';
import { CourseAuthorQuery, DraftPreview, type LocalizedText } from '../courses/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { NotFound } from '../shared/errors/domain-error.js';
import type { Locale } from '../shared/i18n/i18n.js';

/** Where a video is sent to: a video block of a course that the actor writes. */
export interface UploadPlace {
  readonly course: { readonly id: string; readonly slug: string; readonly title: LocalizedText };
  readonly module: string;
  readonly part: string;
  /** What the block is called. */
  readonly title: LocalizedText;
  /** A film stands there already; a new one takes its place. */
  readonly hasFilm: boolean;
}

/** Finds the block that a video is for. */
@Injectable()
export class UploadPlaces {
  constructor(
    private readonly courses: CourseAuthorQuery,
    private readonly drafts: DraftPreview,
  ) {}

  /** @throws NotFound for no such course, module or video block, and for a course that is none of the actor's */
  async find(
    actor: StaffActor,
    { course: key, module, part }: { course: string; module: string; part: string },
    locale: Locale,
  ): Promise<UploadPlace> {
    const course = await this.courses.get(actor, key);
    const found = await this.drafts.module(actor, course.slug, module, locale);
    const block = found.module.document.blocks.find(({ id }) => id === part);
    if (block?.kind !== 'video') throw new NotFound('video block');
    const title = { fr: course.title.fr, ar: course.title.ar, ...(course.title.en ? { en: course.title.en } : {}) };
    return { course: { id: course.id, slug: course.slug, title }, module, part, title: block.title, hasFilm: false };
  }
}
