import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { CourseText } from '../course-file/course-text.js';
import { isReservedSlug } from '../course-file/reserved-slugs.js';
import { CourseSources } from '../course-source.service.js';
import { PartNeeded } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService, type DraftEdit } from './course-draft.service.js';
import { DraftMedia } from './draft-media.js';
import { namesIn, OUTLINE } from './draft-part.js';
import {
  checkNew,
  freeName,
  type NewBlock,
  newBlock,
  newModule,
  newTest,
  textOf,
  type Titles,
} from './new-parts.js';

/** Where an outline is changed; `module` is the folder of the module whose blocks it is, unset for the course's modules. */
export interface OutlineAt {
  readonly revision: number;
  readonly module?: string;
}

/** What there is and in which order: new modules and blocks, moves, and what goes. */
@Injectable()
export class DraftOutline {
  constructor(
    private readonly drafts: CourseDraftService,
    private readonly sources: CourseSources,
    private readonly media: DraftMedia,
  ) {}

  /** Adds an empty module at the end. @throws InvalidFields */
  async addModule(
    actor: StaffActor,
    course: AuthoredCourse,
    at: OutlineAt,
    slug: string,
    title: Titles,
  ): Promise<void> {
    checkNew(slug, title);
    if (isReservedSlug(slug))
      throw new InvalidFields([{ pointer: '/slug', code: 'course-reserved', params: { name: slug } }]);
    const { files } = await this.drafts.open(actor, course);
    const folders = Object.keys(files).flatMap((path) => /^((\d\d)-([^/]+))\/module\.yaml$/.exec(path) ?? []);
    if (folders.includes(slug))
      throw new InvalidFields([{ pointer: '/slug', code: 'course-duplicate', params: { name: slug } }]);
    const numbers = Object.keys(files).map((path) => Number(/^(\d\d)-/.exec(path)?.[1] ?? 0));
    const folder = `${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}-${slug}`;
    const more = { [`${folder}/module.yaml`]: await this.sources.keep(textOf(newModule(slug, title))) };
    await this.change(actor, course, at, (text) => text.insert(['modules'], 99, folder), more);
  }

  /** Takes a module out with all its files. @throws PartNeeded for the last one */
  async removeModule(
    actor: StaffActor,
    course: AuthoredCourse,
    at: OutlineAt,
    folder: string,
  ): Promise<void> {
    const { files } = await this.drafts.open(actor, course);
    const gone = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
    const more = Object.fromEntries(gone.map((path) => [path, null]));
    await this.change(actor, course, at, (text) => this.remove(text, 'modules', folder, 1), more);
  }

  /** Begins the test asked before and after the course, or takes it out. */
  async setTest(
    actor: StaffActor,
    course: AuthoredCourse,
    at: OutlineAt,
    title: Titles | null,
  ): Promise<void> {
    const { files } = await this.drafts.open(actor, course);
    if ((title === null) === !('test.yaml' in files)) return;
    const more = { 'test.yaml': title && (await this.sources.keep(textOf(newTest(title)))) };
    await this.change(actor, course, { revision: at.revision }, () => undefined, more);
  }

  async addBlock(actor: StaffActor, course: AuthoredCourse, at: OutlineAt, kind: NewBlock): Promise<string> {
    let id = '';
    await this.change(actor, course, at, (text) => {
      id = freeName(
        {
          card: 'carte',
          image: 'image',
          video: 'video',
          audio: 'audio',
          file: 'document',
          quiz: 'quiz',
          exercise: 'exercice',
        }[kind],
        namesIn(text),
      );
      text.insert(['blocks'], 999, newBlock(kind, id));
    });
    return id;
  }

  async removeBlock(actor: StaffActor, course: AuthoredCourse, at: OutlineAt, id: string): Promise<void> {
    const { module } = at;
    const more: DraftEdit['more'] = (files) =>
      module === undefined ? Promise.resolve({}) : this.media.withoutFilm(files, module, id);
    await this.change(actor, course, at, (text) => this.remove(text, 'blocks', id, 0), more);
  }

  /** Moves a module or block by so many places; at the ends it stays. */
  async move(
    actor: StaffActor,
    course: AuthoredCourse,
    at: OutlineAt,
    name: string,
    by: number,
  ): Promise<void> {
    await this.change(actor, course, at, (text) => {
      const from = namesIn(text).indexOf(name);
      if (from < 0 || !Number.isInteger(by)) throw new NotFound('part');
      text.move([at.module === undefined ? 'modules' : 'blocks'], from, by);
    });
  }

  private remove(text: CourseText, list: string, name: string, least: number): void {
    const names = namesIn(text);
    const index = names.indexOf(name);
    if (index < 0) throw new NotFound('part');
    if (names.length <= least) throw new PartNeeded(name);
    text.delete([list, String(index)]);
  }

  private change(
    actor: StaffActor,
    course: AuthoredCourse,
    { revision, module }: OutlineAt,
    apply: (text: CourseText) => void,
    more?: DraftEdit['more'],
  ): Promise<number> {
    const file = module === undefined ? 'course.yaml' : `${module}/module.yaml`;
    return this.drafts.edit(actor, course, {
      file,
      part: OUTLINE,
      revision,
      apply,
      ...(more ? { more } : {}),
    });
  }
}
