import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import { bundleOf, MediaShelf } from '../shared/files/media-shelf.service.js';
import { courseChanges } from './course-changes.js';
import type { CourseDocument, MediaManifest, ModuleDocument } from './course-file/course-document.js';
import { videoOf } from './course-file/video-of.js';
import { attachmentsOf, itemPictures, picturesOf } from './course-file/pictures-of.js';
import { CourseSources, sourceDigest, type SourceFiles } from './course-source.service.js';
import { CourseSourceMissing } from './course.errors.js';
import { RecordingStore } from './listening/recording.store.js';
import { readsIn } from './listening/spoken-line.js';
import { blockOf, type PublishedDocument } from './published-course.js';
import { VersionHooks } from './version-hooks.js';

const COURSE = `
  INSERT INTO course (id, slug, position, title_fr, title_ar, title_en) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (slug) DO UPDATE SET position = EXCLUDED.position, title_fr = EXCLUDED.title_fr,
    title_ar = EXCLUDED.title_ar, title_en = EXCLUDED.title_en
  RETURNING id`;
const PUBLISHED = `SELECT id, digest, document FROM course_version WHERE course_id = $1 AND status = 'published'`;
const RETIRE = `UPDATE course_version SET status = 'retired' WHERE course_id = $1 AND status = 'published'`;
const VERSION = `
  INSERT INTO course_version (id, course_id, number, status, digest, document, published_at, files, origin, published_by)
  SELECT $1, $2, coalesce(max(number), 0) + 1, 'published', $3, $4, $5, $6, $7, $8 FROM course_version WHERE course_id = $2`;
// A module that comes back under its old slug is the same module, whatever the course.
const MODULE = `
  INSERT INTO module (id, course_id, slug, position, version_id, video_id, watched_percent, has_quiz)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (slug) DO UPDATE SET course_id = EXCLUDED.course_id, position = EXCLUDED.position,
    version_id = EXCLUDED.version_id, video_id = EXCLUDED.video_id, watched_percent = EXCLUDED.watched_percent,
    has_quiz = EXCLUDED.has_quiz`;
const VIDEO = `
  INSERT INTO video (id, hash, duration_ms, bundle, master, poster, renditions, audio_only, audio_tracks, captions, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (hash) DO UPDATE SET bundle = EXCLUDED.bundle, master = EXCLUDED.master, poster = EXCLUDED.poster,
    renditions = EXCLUDED.renditions, audio_only = EXCLUDED.audio_only, audio_tracks = EXCLUDED.audio_tracks,
    captions = EXCLUDED.captions
  RETURNING id`;

/** Where a version comes from: the files of a folder, or somebody's draft in the browser. */
export interface VersionOrigin {
  readonly kind: 'files' | 'browser';
  /** What the version was written as; kept so that an export gives it back byte for byte. */
  readonly files: SourceFiles;
  /** Account of whoever published it; unset for a folder. */
  readonly by?: string;
}

interface Current {
  id: string;
  digest: string;
  document: PublishedDocument;
}

/** Turns one course document into what is published: its files on the shelf, and a new version when anything changed. */
@Injectable()
export class CoursePublisher {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly shelf: MediaShelf,
    private readonly sources: CourseSources,
    private readonly hooks: VersionHooks,
    private readonly recordings: RecordingStore,
  ) {}

  /**
   * @param folder the course's own folder, which holds its modules' files
   * @param origin unset: the folder itself
   * @returns true when a new version was published, false when the published one says the same
   */
  async publish(document: CourseDocument, folder: string, origin?: VersionOrigin): Promise<boolean> {
    const from = origin ?? { kind: 'files' as const, files: await this.sources.keepFolder(folder) };
    const pictures: Record<string, string> = {};
    const attachments: Record<string, string> = {};
    for (const module of document.modules) {
      pictures[module.slug] = await this.shelve(module, join(folder, module.folder));
      const bundle = await this.shelveAttachments(module, folder, from.files);
      if (bundle !== undefined) attachments[module.slug] = bundle;
    }
    const { test } = document;
    const testPictures = test && (await this.shelvePictures(folder, test.items.flatMap(itemPictures)));
    const published: PublishedDocument = {
      course: document,
      pictures,
      ...(testPictures ? { testPictures } : {}),
      // Left out where there are none: what such a version says stays what it said before there were any.
      ...(Object.keys(attachments).length > 0 ? { attachments } : {}),
    };
    return this.db.transaction(async () => {
      const text = JSON.stringify(published);
      const digest = createHash('sha256').update(text).update(sourceDigest(from.files)).digest('hex');
      const { order, title, slug } = document;
      const names = [title.fr, title.ar, title.en ?? null];
      const course = await this.db.readOne<{ id: string }>('course.upsert', COURSE, [
        newId(),
        slug,
        order,
        ...names,
      ]);
      if (!course) throw new Error(`No course for ${slug}`);
      // What a version shows is everyone's with it, and so is what was recorded for its words while they were a draft's;
      // what was recorded for the words of a draft that is still open stays its authors'.
      const voices = (await this.recordings.spoken(course.id)).filter(readsIn(document));
      await this.shelf.publish([...bundlesOf(published), ...voices.map(({ bundle }) => bundle)]);
      const current = await this.db.readOne<Current>('courseVersion.published', PUBLISHED, [course.id]);
      if (current?.digest === digest) return false;
      // Where nothing that is learned has changed, nobody has to be asked.
      if (current && courseChanges(current.document.course, document).length > 0)
        await this.hooks.replaced(course.id, current.id);
      await this.db.write('courseVersion.retire', RETIRE, [course.id]);
      const versionId = newId();
      await this.db.write('courseVersion.insert', VERSION, [
        ...[versionId, course.id, digest, text, this.clock.now()],
        ...[JSON.stringify(from.files), from.kind, from.by ?? null],
      ]);
      for (const [index, module] of document.modules.entries())
        await this.publishModule(module, index + 1, { courseId: course.id, versionId });
      return true;
    });
  }

  /** @returns the bundle of the module's pictures */
  private async shelve(module: ModuleDocument, folder: string): Promise<string> {
    const { media } = module;
    if (media) await this.shelf.put(media.hash, join(folder, 'media'), media.files);
    return this.shelvePictures(folder, module.blocks.flatMap(picturesOf));
  }

  /** @returns the bundle of what the module's blocks hand out; undefined for nothing */
  private async shelveAttachments(
    module: ModuleDocument,
    folder: string,
    files: SourceFiles,
  ): Promise<string | undefined> {
    const paths = [...new Set(module.blocks.flatMap(attachmentsOf))].sort();
    if (paths.length === 0) return undefined;
    const kept = paths.map((path) => {
      const source = files[`${module.folder}/${path}`];
      if (!source) throw new CourseSourceMissing(`${module.folder}/${path}`);
      return { path, ...source };
    });
    const bundle = bundleOf(kept);
    // The bytes are in the store: whoever kept the files put them there.
    await this.shelf.put(bundle, join(folder, module.folder), kept);
    return bundle;
  }

  /** @returns the bundle of these pictures */
  private async shelvePictures(folder: string, paths: readonly string[]): Promise<string> {
    const pictures = await this.shelf.describe(folder, paths);
    await this.shelf.put(pictures.bundle, folder, pictures.files);
    return pictures.bundle;
  }

  private async publishModule(
    module: ModuleDocument,
    position: number,
    owner: { courseId: string; versionId: string },
  ): Promise<void> {
    const block = blockOf(module, 'video');
    const hasVideo = block !== undefined && videoOf(block, module.media) !== undefined;
    const video = hasVideo && module.media ? await this.publishVideo(module.media) : null;
    const hasQuiz = blockOf(module, 'quiz') !== undefined;
    const values = [
      owner.courseId,
      module.slug,
      position,
      owner.versionId,
      video,
      module.completion.watched,
      hasQuiz,
    ];
    await this.db.write('module.upsert', MODULE, [newId(), ...values]);
  }

  private async publishVideo({ hash, video }: MediaManifest): Promise<string | null> {
    if (!video) return null;
    const parts = [video.poster, video.renditions, video.audioOnly, video.audioTracks, video.captions];
    const row = await this.db.readOne<{ id: string }>('video.upsert', VIDEO, [
      ...[newId(), video.hash, video.durationMs, hash, video.master],
      ...parts.map((part) => JSON.stringify(part)),
      this.clock.now(),
    ]);
    return row?.id ?? null;
  }
}

/** Bundles of the media, pictures and documents that a version shows. */
function bundlesOf({ course, pictures, testPictures, attachments = {} }: PublishedDocument): string[] {
  const media = course.modules.flatMap(({ media: own }) => (own ? [own.hash] : []));
  const test = testPictures === undefined ? [] : [testPictures];
  return [...media, ...Object.values(pictures), ...test, ...Object.values(attachments)];
}
