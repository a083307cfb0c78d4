import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { CourseText } from '../course-file/course-text.js';
import { CourseSources, type SourceFiles } from '../course-source.service.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { CourseDraftStore } from './course-draft.store.js';
import { fileOfPlace, pathOfPart, TEST } from './draft-part.js';

/** Pictures, the still picture of a video, and what blocks hand out. */
const SHOWN = /\/(images\/[a-z0-9-]+\.(svg|webp)|media\/[a-z0-9.-]+\.jpg|(files|sounds)\/[a-z0-9.-]+)$/;
/** Digits of a photo's digest in its name: enough that no other is called so. */
const NAME_DIGITS = 12;

/** The own picture of a card or an image, that of a question, or that of an answer. */
const TARGET = /^(\/items\/#[a-z0-9-]+(\/choices\/#[a-z0-9-]+)?)?\/image$/;

/** Where a picture is to stand: the place and part of the draft, and the path inside it. */
interface PicturePlace {
  readonly module: string;
  readonly part: string;
  readonly target: string;
}

/** Pictures of drafts: given to cards and questions, and shown to authors before anybody else sees them. */
@Injectable()
export class DraftPictures {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly store: CourseDraftStore,
    private readonly sources: CourseSources,
  ) {}

  /**
   * Keeps a photo beside a module and names it in a card, a question or an answer.
   *
   * @param photo as made by `photoOf`
   * @throws NotFound where no picture stands
   */
  async give(
    actor: StaffActor,
    course: AuthoredCourse,
    place: PicturePlace,
    photo: Buffer,
    revision: number,
  ): Promise<void> {
    const { module, part, target } = place;
    const steps = TARGET.test(target) ? [...pathOfPart(part), ...target.slice(1).split('/')] : undefined;
    if (!steps) throw new NotFound('picture');
    const { files } = await this.drafts.open(actor, course);
    const folder = module === TEST ? await this.folderOf(files, steps) : module;
    const name = `images/photo-${createHash('sha256').update(photo).digest('hex').slice(0, NAME_DIGITS)}.webp`;
    const more = { [`${folder}/${name}`]: await this.sources.keep(photo) };
    await this.drafts.edit(actor, course, {
      ...{ file: fileOfPlace(module), part, revision, more },
      apply: (text) => {
        const owner = text.get(steps.slice(0, -1));
        if (
          typeof owner !== 'object' ||
          owner === null ||
          (target === '/image' && !('kind' in owner && (owner.kind === 'card' || owner.kind === 'image')))
        )
          throw new NotFound('picture');
        text.set([...steps, 'file'], module === TEST ? `${folder}/${name}` : name);
      },
    });
  }

  /** The folder of the module that a question of the test checks; the first one where that is not said yet. */
  private async folderOf(files: SourceFiles, steps: readonly string[]): Promise<string> {
    const file = files['test.yaml'];
    const folders = Object.keys(files).flatMap(
      (path) => /^(\d\d-[^/]+)\/module\.yaml$/.exec(path)?.[1] ?? [],
    );
    if (!file) throw new NotFound('file');
    const slug = CourseText.parse((await this.sources.read(file)).toString('utf8')).get([
      ...steps.slice(0, 2),
      'module',
    ]);
    const [first = ''] = folders;
    return folders.find((folder) => folder.slice(3) === slug) ?? first;
  }

  /** A picture, or what a block hands out, of the open draft. @throws NotFound */
  async read(course: AuthoredCourse, path: string): Promise<Buffer> {
    const draft = await this.store.find(course.id);
    const file = draft && SHOWN.test(path) ? (await this.store.files(draft))[path] : undefined;
    if (!file) throw new NotFound('picture');
    return this.sources.read(file);
  }
}
