import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Database } from '../../shared/database/database.js';
import { CatalogueService } from '../catalogue.service.js';
import type { CourseDocument } from '../course-file/course-document.js';
import type { CourseFileError } from '../course-file/course-file.error.js';
import { readDraft } from '../course-file/course.reader.js';
import { videoOf } from '../course-file/video-of.js';
import { coursesOf, knownCourses, unreachable } from '../course-file/reachable-links.js';
import { CourseSources, isMedia, type SourceFiles } from '../course-source.service.js';
import { LinkCheckStore } from '../outside-links/link-check.store.js';
import { linksOf } from '../outside-links/outside-links.js';
import { type OutdatedRecording, OutdatedRecordings } from '../listening/outdated-recordings.query.js';
import { TEST_UNIT } from '../listening/spoken-line.js';
import { type DraftFinding, findingOf } from './draft-finding.js';
import { WHOLE } from './draft-part.js';

/** A draft as it reads now: the document, placeholders where something is wrong, and everything that is. */
export interface DraftReading {
  readonly document?: CourseDocument;
  readonly findings: readonly DraftFinding[];
  readonly warnings: readonly DraftFinding[];
}

const TAKEN = `
  SELECT m.slug
    FROM module m
    JOIN course_version v ON v.id = m.version_id AND v.status = 'published'
    JOIN course c ON c.id = m.course_id
   WHERE m.slug = ANY ($1::text[]) AND c.slug <> $2`;

/** Reads drafts with the very readers that read the files: what they refuse in git they refuse here. */
@Injectable()
export class DraftReader {
  constructor(
    private readonly db: Database,
    private readonly sources: CourseSources,
    private readonly recordings: OutdatedRecordings,
    private readonly catalogue: CatalogueService,
    private readonly links: LinkCheckStore,
  ) {}

  /** @param media asks that all media are there and of the right size, as publishing does */
  read(slug: string, files: SourceFiles, media = false): Promise<DraftReading> {
    return this.onDisk(slug, media ? files : withoutMedia(files), (folder) =>
      this.readFolder(folder, files, media),
    );
  }

  /** Writes a draft into a folder of its own and removes it afterwards. */
  async onDisk<T>(slug: string, files: SourceFiles, work: (folder: string) => Promise<T>): Promise<T> {
    const scratch = await mkdtemp(join(tmpdir(), 'qafila-draft-'));
    try {
      const folder = join(scratch, slug);
      await this.sources.sketch(files, folder);
      return await work(folder);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  private async readFolder(folder: string, files: SourceFiles, media: boolean): Promise<DraftReading> {
    const reading = await readDraft(folder, {
      media: media ? 'required' : 'ignore',
      // What is handed out was looked into when it came; here lie files of its size alone.
      attachments: 'trust',
    });
    const { document } = reading;
    const known = coursesOf(document ? [document] : [], knownCourses(await this.catalogue.current()));
    const errors = [...reading.errors, ...unreachable(reading.links, known)];
    const taken = document ? await this.takenSlugs(document) : [];
    const outdated = media && document ? await this.recordings.of(document) : [];
    const gone = media && document ? await this.goneLinks(document) : [];
    const texts = new Map<string, string>();
    for (const { file } of [...errors, ...reading.warnings]) {
      const path = file.slice(folder.length + 1);
      const source = files[path];
      if (source && path.endsWith('.yaml') && !texts.has(path))
        texts.set(path, (await this.sources.read(source)).toString('utf8'));
    }
    const find = (error: CourseFileError): DraftFinding =>
      findingOf(error, folder, texts.get(error.file.slice(folder.length + 1)));
    return {
      ...(document ? { document } : {}),
      findings: [
        ...errors.map(find),
        ...taken.map((module) => duplicate(module.folder, module.slug)),
        ...(media && document ? captionGaps(document) : []),
      ],
      warnings: [...gone, ...outdated.map(staleRecording), ...reading.warnings.map(find)],
    };
  }

  /** Links that led nowhere when an author last had them asked; nobody is asked here. */
  private async goneLinks(document: CourseDocument): Promise<DraftFinding[]> {
    const links = linksOf(document);
    const checked = links.length === 0 ? undefined : await this.links.ofSlug(document.slug);
    return links
      .filter(({ url }) => checked?.get(url)?.outcome === 'gone')
      .flatMap(({ url, places }) => places.map(({ folder, block }) => goneLink(url, folder, block)));
  }

  /** Modules whose slug another course has: the address of a lesson is one over all of them. */
  private async takenSlugs({ slug, modules }: CourseDocument): Promise<CourseDocument['modules'][number][]> {
    const rows = await this.db.read<{ slug: string }>('draft.takenSlugs', TAKEN, [
      modules.map((module) => module.slug),
      slug,
    ]);
    return modules.filter((module) => rows.some((row) => row.slug === module.slug));
  }
}

function duplicate(folder: string, name: string): DraftFinding {
  const place = { file: `${folder}/module.yaml`, part: 'head', pointer: '/slug', line: 1 };
  return { ...place, code: 'duplicate', params: { name }, isGap: false };
}

/** A video without captions in a language that every text has is not published. */
function captionGaps(document: CourseDocument): DraftFinding[] {
  return document.modules.flatMap(({ folder, media, blocks }) => {
    const video = blocks.find((block) => block.kind === 'video');
    const made = video && videoOf(video, media);
    if (!made) return [];
    const { captions } = made;
    const missing = ['fr', 'ar'].filter((lang) => !captions.some((caption) => caption.lang === lang));
    const place = { file: `${folder}/module.yaml`, part: video.id, pointer: '', line: 1 };
    return missing.map((lang) => ({ ...place, code: 'captions', params: { lang }, isGap: true }));
  });
}

function goneLink(url: string, folder: string, part: string): DraftFinding {
  const place = { file: `${folder}/module.yaml`, part, pointer: '', line: 1 };
  return { ...place, code: 'link-gone', params: { name: url }, isGap: true };
}

/** Somebody has read this aloud, in other words than it has now: learners would not hear it any more. */
function staleRecording({ unit, line, lang }: OutdatedRecording): DraftFinding {
  const isTest = unit.id === TEST_UNIT;
  const part = isTest ? WHOLE : (line.part.split('.')[0] ?? line.part);
  const place = { file: isTest ? 'test.yaml' : `${unit.folder}/module.yaml`, part, pointer: '', line: 1 };
  return { ...place, code: `stale-recording-${lang}`, params: { name: line.part }, isGap: true };
}

/** The files without rendered media, of which there are hundreds. @param except the folder of a module whose own stay */
export function withoutMedia(files: SourceFiles, except?: string): SourceFiles {
  const stays = (path: string): boolean =>
    (!isMedia(path) && !path.endsWith('media/manifest.json')) ||
    (except !== undefined && path.startsWith(`${except}/`));
  return Object.fromEntries(Object.entries(files).filter(([path]) => stays(path)));
}
