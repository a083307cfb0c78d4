import { createHash } from 'node:crypto';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { FileStore } from '../shared/files/file-store.js';
import { makeFolder } from '../shared/files/make-folder.js';
import { relativeFiles } from './course-folder.js';
import { CourseFolderNotEmpty, CourseSourceMissing } from './course.errors.js';

/** One file of a course as it was written: its digest and size in bytes. */
export interface SourceFile {
  readonly sha256: string;
  readonly bytes: number;
}

/** Every file of a course by its path below the course's folder, in the order of the paths. */
export type SourceFiles = Readonly<Record<string, SourceFile>>;

const KEEP = `
  INSERT INTO course_file (sha256, content)
  SELECT f.sha256, f.content FROM unnest($1::text[], $2::bytea[]) AS f(sha256, content)
  ON CONFLICT DO NOTHING`;
const FIND = `SELECT sha256, content FROM course_file WHERE sha256 = ANY ($1::text[])`;
/** Rendered media, which the shelf keeps; their list is a file like any other. */
const MEDIA = /(^|\/)media\/(?!manifest\.json$)/;

/** What blocks hand out: sent by authors, looked into when it came. */
const ATTACHMENT = /(^|\/)(files|sounds)\//;

/** Is this path one of the rendered media? */
export function isMedia(path: string): boolean {
  return MEDIA.test(path);
}

/** Is this path a file that a block hands out or plays: a document, a recording? */
export function isAttachment(path: string): boolean {
  return ATTACHMENT.test(path);
}

/** Captions are media that are read as well: kept in both places. */
function isCaptions(path: string): boolean {
  return isMedia(path) && path.endsWith('.vtt');
}

/** Large files lie in the file store, apart from texts and drawings. */
function isLarge(path: string): boolean {
  return isMedia(path) || isAttachment(path);
}

/** The files that versions and drafts are made of: kept by content, given back byte for byte. */
@Injectable()
export class CourseSources {
  constructor(
    private readonly db: Database,
    private readonly files: FileStore,
  ) {}

  /** Keeps every file of a course's folder. */
  async keepFolder(folder: string): Promise<SourceFiles> {
    const kept: Record<string, SourceFile> = {};
    const texts: Buffer[] = [];
    for (const path of await relativeFiles(folder)) {
      const content = await readFile(join(folder, path));
      kept[path] = describe(content);
      if (!isLarge(path) || isCaptions(path)) texts.push(content);
      if (isLarge(path) && !(await this.files.stat(kept[path].sha256))) await this.files.put(content);
    }
    await this.keepAll(texts);
    return kept;
  }

  /** Keeps one text or drawing. */
  async keep(content: Buffer): Promise<SourceFile> {
    await this.keepAll([content]);
    return describe(content);
  }

  /** Keeps captions: players are given them, and readers read them. */
  async keepCaptions(content: Buffer): Promise<SourceFile> {
    await this.keep(content);
    return this.keepMedia(content);
  }

  /** Keeps one rendered, recorded or handed-out file where the shelf keeps its own. */
  async keepMedia(content: Buffer): Promise<SourceFile> {
    await this.files.put(content);
    return describe(content);
  }

  /** @throws CourseSourceMissing when nothing of this content was kept */
  async read({ sha256 }: { readonly sha256: string }): Promise<Buffer> {
    const row = await this.db.readOne<{ content: Buffer }>('courseFile.find', FIND, [[sha256]]);
    if (row) return row.content;
    if (!(await this.files.stat(sha256))) throw new CourseSourceMissing(sha256);
    const chunks: Buffer[] = [];
    for await (const chunk of await this.files.read(sha256)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  /**
   * Writes a course's folder. A folder that holds a course becomes exactly these files; another must be empty.
   *
   * @throws CourseFolderNotEmpty
   */
  async export(files: SourceFiles, folder: string): Promise<void> {
    const present = await relativeFiles(folder);
    if (present.length > 0 && !present.includes('course.yaml')) throw new CourseFolderNotEmpty(folder);
    for (const path of present) if (!(path in files)) await rm(join(folder, path));
    for (const [path, file] of Object.entries(files)) await write(join(folder, path), await this.read(file));
  }

  /** As {@link export}, for reading only: media and what blocks hand out are empty files of the right size,
   * which is all a reader looks at when it is told to trust them. */
  async sketch(files: SourceFiles, folder: string): Promise<void> {
    const texts = Object.entries(files).filter(([path]) => !isLarge(path) || isCaptions(path));
    const digests = [...new Set(texts.map(([, { sha256 }]) => sha256))];
    const rows = await this.db.read<{ sha256: string; content: Buffer }>('courseFile.findAll', FIND, [
      digests,
    ]);
    const contents = new Map(rows.map(({ sha256, content }) => [sha256, content]));
    for (const [path, { sha256, bytes }] of Object.entries(files)) {
      const content = contents.get(sha256);
      if (content) await write(join(folder, path), content);
      else if (isLarge(path)) await writeHollow(join(folder, path), bytes);
      else throw new CourseSourceMissing(sha256);
    }
  }

  private async keepAll(contents: readonly Buffer[]): Promise<void> {
    if (contents.length === 0) return;
    const digests = contents.map((content) => describe(content).sha256);
    await this.db.write('courseFile.keep', KEEP, [digests, contents]);
  }
}

/** One digest of all the files of a course. */
export function sourceDigest(files: SourceFiles): string {
  const lines = Object.keys(files)
    .sort()
    .map((path) => `${files[path]?.sha256}  ${path}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

function describe(content: Buffer): SourceFile {
  return { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length };
}

async function write(path: string, content: Buffer): Promise<void> {
  await makeFolder(dirname(path));
  await writeFile(path, content);
}

async function writeHollow(path: string, bytes: number): Promise<void> {
  await makeFolder(dirname(path));
  const handle = await open(path, 'w');
  try {
    await handle.truncate(bytes);
  } finally {
    await handle.close();
  }
}
