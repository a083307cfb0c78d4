import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import {
  Catalogue,
  type PublishedCourse,
  type PublishedDocument,
  type PublishedModule,
  type PublishedVideo,
  publishedVideo,
} from './published-course.js';

/** How long another process may publish unnoticed; well under the time it takes to open a second page. */
const TRUSTED_MS = 2000;

const VERSIONS = `SELECT id FROM course_version WHERE status = 'published' ORDER BY id`;

const COURSES = `
  SELECT v.id AS "versionId", v.number, v.document, c.id, c.slug
    FROM course_version v
    JOIN course c ON c.id = v.course_id
   WHERE v.status = 'published'
   ORDER BY c.position, c.slug`;

const MODULES = `
  SELECT m.id, m.slug, m.version_id AS "versionId", m.position, m.watched_percent AS "watchedPercent",
         CASE WHEN v.id IS NOT NULL THEN json_build_object('id', v.id, 'hash', v.hash, 'durationMs', v.duration_ms,
           'base', '/media/' || v.bundle, 'master', v.master, 'poster', v.poster, 'renditions', v.renditions,
           'audioOnly', v.audio_only, 'audioTracks', v.audio_tracks, 'captions', v.captions) END AS video
    FROM module m
    JOIN course_version cv ON cv.id = m.version_id AND cv.status = 'published'
    LEFT JOIN video v ON v.id = m.video_id
   ORDER BY m.position`;

const VERSION = `
  SELECT v.id AS "versionId", v.number, v.document, c.id, c.slug
    FROM course_version v
    JOIN course c ON c.id = v.course_id
   WHERE v.id = $1`;
// Modules keep their ids from version to version, videos theirs by their hash: progress on both counts in every version.
const VERSION_MODULES = `
  SELECT m.id, m.slug, v.id AS "videoId"
    FROM unnest($1::text[], $2::text[]) AS w(slug, hash)
    JOIN module m ON m.slug = w.slug
    LEFT JOIN video v ON v.hash = w.hash`;

interface VersionModuleRow {
  id: string;
  slug: string;
  videoId: string | null;
}

interface CourseRow {
  versionId: string;
  number: number;
  document: PublishedDocument;
  id: string;
  slug: string;
}

interface ModuleRow {
  id: string;
  slug: string;
  versionId: string;
  position: number;
  watchedPercent: number;
  video: PublishedVideo | null;
}

/**
 * What is published, kept in memory: versions never change, so only the question "which ones?" is asked again, at most
 * every two seconds.
 */
@Injectable()
export class CatalogueService {
  private known?: { catalogue: Catalogue; versions: string };
  private checkedAt = -Infinity;
  private readonly versions = new Map<string, Promise<PublishedCourse | undefined>>();
  private checking: Promise<Catalogue> | undefined;

  constructor(private readonly db: Database) {}

  /** @returns at once while what is known may be trusted */
  current(): Promise<Catalogue> | Catalogue {
    if (this.known && performance.now() - this.checkedAt < TRUSTED_MS) return this.known.catalogue;
    this.checking ??= this.check().finally(() => (this.checking = undefined));
    return this.checking;
  }

  /** The published version of a course, by its id or slug. @throws NotFound */
  async published(key: string): Promise<PublishedCourse> {
    const course = (await this.current()).course(key);
    if (!course) throw new NotFound('course');
    return course;
  }

  /** A course in any of its versions, as those see it who stay on it; undefined when there is no such version. */
  version(versionId: string): Promise<PublishedCourse | undefined> {
    const known = this.versions.get(versionId) ?? this.loadVersion(versionId);
    this.versions.set(versionId, known);
    known.catch(() => this.versions.delete(versionId));
    return known;
  }

  private async loadVersion(versionId: string): Promise<PublishedCourse | undefined> {
    const row = await this.db.readOne<CourseRow>('catalogue.version', VERSION, [versionId]);
    if (!row) return undefined;
    const { modules } = row.document.course;
    const found = await this.db.read<VersionModuleRow>('catalogue.versionModules', VERSION_MODULES, [
      modules.map(({ slug }) => slug),
      modules.map(({ media }) => media?.video?.hash ?? null),
    ]);
    const rows = modules.flatMap((module, index): ModuleRow[] => {
      const { id, videoId } = found.find(({ slug }) => slug === module.slug) ?? {};
      if (id === undefined) return [];
      const place = { id, slug: module.slug, versionId, position: index + 1 };
      const video = videoId ? publishedVideo(videoId, module) : null;
      return [{ ...place, watchedPercent: module.completion.watched, video }];
    });
    return publish(row, rows);
  }

  /** Called after this process has published. */
  forget(): void {
    this.checkedAt = -Infinity;
  }

  private async check(): Promise<Catalogue> {
    const asked = performance.now();
    const versions = (await this.db.read<{ id: string }>('catalogue.versions', VERSIONS))
      .map(({ id }) => id)
      .join();
    if (this.known?.versions !== versions) this.known = { catalogue: await this.load(), versions };
    this.checkedAt = asked;
    return this.known.catalogue;
  }

  private async load(): Promise<Catalogue> {
    const courses = await this.db.read<CourseRow>('catalogue.courses', COURSES);
    const modules = await this.db.read<ModuleRow>('catalogue.modules', MODULES);
    return new Catalogue(
      courses.map((course) =>
        publish(
          course,
          modules.filter(({ versionId }) => versionId === course.versionId),
        ),
      ),
    );
  }
}

function publish({ document, ...row }: CourseRow, rows: readonly ModuleRow[]): PublishedCourse {
  const documents = new Map(document.course.modules.map((module) => [module.slug, module]));
  const modules = rows.flatMap(({ video, ...module }): PublishedModule[] => {
    const content = documents.get(module.slug);
    if (!content) return [];
    return [
      {
        ...module,
        courseId: row.id,
        courseSlug: row.slug,
        document: content,
        picturesBase: `/media/${document.pictures[module.slug] ?? ''}`,
        mediaBase: `/media/${content.media?.hash ?? ''}`,
        attachmentsBase: `/media/${document.attachments?.[module.slug] ?? ''}`,
        ...(video ? { video } : {}),
      },
    ];
  });
  return { ...row, document: document.course, modules, testBase: `/media/${document.testPictures ?? ''}` };
}
