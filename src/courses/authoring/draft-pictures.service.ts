import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { CourseSources } from '../course-source.service.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { CourseDraftStore } from './course-draft.store.js';
import { pathOfPart } from './draft-part.js';

/** Digits of a photo's digest in its name: enough that no other is called so. */
const NAME_DIGITS = 12;

/** Pictures of drafts: given to a card, and shown to authors before anybody else sees them. */
@Injectable()
export class DraftPictures {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly store: CourseDraftStore,
    private readonly sources: CourseSources,
  ) {}

  /** Keeps a photo beside the module and names it in the card. @param photo as made by `photoOf` */
  async give(
    actor: StaffActor,
    course: AuthoredCourse,
    { module, part }: { module: string; part: string },
    photo: Buffer,
    revision: number,
  ): Promise<void> {
    const name = `images/photo-${createHash('sha256').update(photo).digest('hex').slice(0, NAME_DIGITS)}.webp`;
    const more = { [`${module}/${name}`]: await this.sources.keep(photo) };
    const edit = { file: `${module}/module.yaml`, part, revision, more };
    await this.drafts.edit(actor, course, {
      ...edit,
      apply: (text) => {
        if (text.get([...pathOfPart(part), 'kind']) !== 'card') throw new NotFound('card');
        text.set([...pathOfPart(part), 'image', 'file'], name);
      },
    });
  }

  /** A picture of the open draft. @throws NotFound */
  async read(course: AuthoredCourse, path: string): Promise<Buffer> {
    const draft = await this.store.find(course.id);
    const file = draft && /\/images\/[a-z0-9-]+\.(svg|webp)$/.test(path) ? (await this.store.files(draft))[path] : undefined;
    if (!file) throw new NotFound('picture');
    return this.sources.read(file);
  }
}
