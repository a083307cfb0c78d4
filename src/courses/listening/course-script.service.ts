import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import type { ListeningLanguage } from '../../shared/listening/listening-language.js';
import { CatalogueService } from '../catalogue.service.js';
import { CourseDraftStore } from '../authoring/course-draft.store.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { DraftReader } from '../authoring/draft-reading.service.js';
import type { CourseDocument } from '../course-file/course-document.js';
import {
  readsIn,
  type Spoken,
  type SpokenLine,
  type SpokenUnit,
  spokenUnits,
  wordsDigest,
} from './spoken-line.js';

/** What authors record: the lines as they are to be read now, and every wording that a recording may be of. */
export interface CourseScript {
  readonly units: readonly SpokenUnit[];
  /** True when the words are those of an open draft. */
  readonly isDraft: boolean;
  /** Is a reading of the course's own files there? */
  has(line: SpokenLine, lang: ListeningLanguage): boolean;
  /** Is this how the line reads in the draft, or in what is published? */
  reads(line: string, lang: ListeningLanguage, words: string): boolean;
  /**
   * Is this how a line reads in any version there was so far? Older ones are read on by those who stay on them. Asked in
   * a transaction that has locked the course: a publication has come before it, or comes after it.
   */
  isPublished(spoken: Spoken): Promise<boolean>;
}

// The newest first: most of what is recorded is how it reads now.
const VERSIONS = `SELECT id FROM course_version WHERE course_id = $1 ORDER BY number DESC`;
const DOCUMENT = `SELECT document->'course' AS course FROM course_version WHERE id = $1`;

interface Reading {
  readonly document: CourseDocument;
  /** Paths of the media that are there. */
  readonly media: ReadonlySet<string>;
}

/** Reads what of a course is to be recorded: the draft where one is open, else what is published. */
@Injectable()
export class CourseScripts {
  constructor(
    private readonly db: Database,
    private readonly drafts: CourseDraftStore,
    private readonly reader: DraftReader,
    private readonly catalogue: CatalogueService,
  ) {}

  async of(course: AuthoredCourse): Promise<CourseScript> {
    const [draft, published] = [await this.draft(course), await this.published(course)];
    const shown = draft ?? published;
    const units = shown ? spokenUnits(shown.document) : [];
    const others = draft && published ? spokenUnits(published.document) : [];
    const lines = [...units, ...others].flatMap((unit) => unit.lines);
    const folders = new Map(
      units.flatMap(({ folder, lines: own }) => own.map((line) => [line.id, folder] as const)),
    );
    return {
      units,
      isDraft: draft !== undefined,
      has: (line, lang) => shown?.media.has(`${folders.get(line.id)}/${line.own[lang]?.file}`) ?? false,
      isPublished: (spoken) => this.isPublished(course.id, spoken),
      reads: (id, lang, words) => lines.some((line) => line.id === id && wordsDigest(line, lang) === words),
    };
  }

  private async isPublished(courseId: string, spoken: Spoken): Promise<boolean> {
    const versions = await this.db.read<{ id: string }>('courseScript.versions', VERSIONS, [courseId]);
    for (const { id } of versions) {
      // Not by the catalogue, which would remember every old version for good.
      const row = await this.db.readOne<{ course: CourseDocument }>('courseScript.document', DOCUMENT, [id]);
      if (row && readsIn(row.course)(spoken)) return true;
    }
    return false;
  }

  private async draft(course: AuthoredCourse): Promise<Reading | undefined> {
    const draft = await this.drafts.find(course.id);
    if (!draft) return undefined;
    const files = await this.drafts.files(draft);
    const { document } = await this.reader.read(course.slug, files);
    return document && { document, media: new Set(Object.keys(files)) };
  }

  private async published(course: AuthoredCourse): Promise<Reading | undefined> {
    const document = course.published && (await this.catalogue.version(course.published.id))?.document;
    if (!document) return undefined;
    const paths = document.modules.flatMap(({ folder, media }) =>
      (media?.audio ?? []).map(({ file }) => `${folder}/media/${file}`),
    );
    return { document, media: new Set(paths) };
  }
}
