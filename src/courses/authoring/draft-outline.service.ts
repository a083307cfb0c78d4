import { Injectable } from '@nestjs/common';
import { stringify } from 'yaml';
import type { StaffActor } from '../../shared/access/actor.js';
import { AuditLog } from '../../shared/audit/audit-log.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { violates } from '../../shared/database/database.errors.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { newId } from '../../shared/new-id.js';
import { CourseText } from '../course-file/course-text.js';
import { isReservedSlug } from '../course-file/reserved-slugs.js';
import { CourseSources, type SourceFile } from '../course-source.service.js';
import { PartNeeded } from './authoring.errors.js';
import type { AuthoredCourse } from './course-author.query.js';
import { CourseDraftService } from './course-draft.service.js';
import { CourseDraftStore } from './course-draft.store.js';
import { namesIn, OUTLINE } from './draft-part.js';
import {
  freeName,
  type NewBlock,
  newBlock,
  newCourse,
  newModule,
  newTest,
  type Titles,
} from './new-parts.js';

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_SLUG = 60;
const COURSE = `
  INSERT INTO course (id, organisation_id, slug, position, title_fr, title_ar)
  SELECT $1, $2, $3, coalesce(max(position), 0) + 1, $4, $5 FROM course RETURNING position`;

/** Where an outline is changed; `module` is the folder of the module whose blocks it is, unset for the course's modules. */
export interface OutlineAt {
  readonly revision: number;
  readonly module?: string;
}

/** What there is and in which order: new courses, modules and blocks, moves, and what goes. */
@Injectable()
export class DraftOutline {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly drafts: CourseDraftService,
    private readonly store: CourseDraftStore,
    private readonly sources: CourseSources,
    private readonly audit: AuditLog,
  ) {}

  /** Begins a course with one empty module. @throws InvalidFields */
  async createCourse(actor: StaffActor, slug: string, title: Titles): Promise<void> {
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
        for (const [path, content] of texts) files[path] = await this.keep(content);
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
    const more = { [`${folder}/module.yaml`]: await this.keep(newModule(slug, title)) };
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
    const more = { 'test.yaml': title && (await this.keep(newTest(title))) };
    await this.change(actor, course, { revision: at.revision }, () => undefined, more);
  }

  async addBlock(actor: StaffActor, course: AuthoredCourse, at: OutlineAt, kind: NewBlock): Promise<string> {
    let id = '';
    await this.change(actor, course, at, (text) => {
      id = freeName(
        {
          card: 'carte',
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
    await this.change(actor, course, at, (text) => this.remove(text, 'blocks', id, 0));
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
    more?: Record<string, SourceFile | null>,
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

  private keep(content: object): Promise<SourceFile> {
    return this.sources.keep(
      Buffer.from(CourseText.parse(stringify(content, { aliasDuplicateObjects: false })).toString()),
    );
  }
}

function checkNew(slug: string, title: Titles): void {
  const errors = [
    ...(SLUG.test(slug) && slug.length <= MAX_SLUG ? [] : [{ pointer: '/slug', code: 'course-slug' }]),
    ...(['fr', 'ar'] as const).flatMap((lang) =>
      title[lang].trim() === '' ? [{ pointer: `/title/${lang}`, code: 'required' }] : [],
    ),
  ];
  if (errors.length > 0) throw new InvalidFields(errors);
}
