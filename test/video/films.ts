import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppConfig } from '../../src/config/app-config.js';
import { CourseDraftStore } from '../../src/courses/authoring/course-draft.store.js';
import { CourseSources } from '../../src/courses/course-source.service.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { newId } from '../../src/shared/new-id.js';
import { Database } from '../../src/shared/database/database.js';
import type { Film } from '../../src/video/film.js';
import { type FilmState, Films } from '../../src/video/films.service.js';
import { givenAuthor, type Author } from '../courses/author.js';

const run = promisify(execFile);

/** What the manifest of a module says of its film. */
export type FilmVideo = Film['video'] & { readonly block: string };

/** Module of the course of the tests that has no video yet. */
export const FILMED = '02-la-vente';

/** A folder for what a test films, and for the scratch of the films; gone at the end. */
export interface Stage {
  folder: string;
  /** Runs ffmpeg in the folder. */
  shoot(name: string, ...args: string[]): Promise<string>;
  /** Scratch folders that are there now. */
  scratch(): Promise<string[]>;
  clear(): Promise<void>;
}

/** Everything temporary of this process goes below one folder, so that what is left can be seen. */
export async function givenStage(): Promise<Stage> {
  const before = process.env['TMPDIR'];
  const folder = await mkdtemp(join(tmpdir(), 'qafila-stage-'));
  await chmod(folder, 0o755);
  process.env['TMPDIR'] = folder;
  return {
    folder,
    shoot: async (name, ...args) => {
      const file = join(folder, name);
      await run('ffmpeg', ['-loglevel', 'error', '-y', ...args, file]);
      return file;
    },
    scratch: async () => (await readdir(folder)).filter((name) => name.startsWith('qafila-film-')),
    clear: async () => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Pictures and a tone, as `lavfi` makes them. */
export const pictures = (size: string, seconds: number, rate = 30): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`],
];
export const tone = (seconds: number): string[] => ['-f', 'lavfi', '-i', `sine=440:d=${seconds}`];
export const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'];

/** An author whose course has a block for a film. */
export interface FilmSet {
  a: Author;
  accountId: string;
  courseId: string;
  part: string;
  /** A file as if somebody had sent it for the block, with its film begun. @returns id of the upload */
  send(file: string, spoken?: string): Promise<string>;
  state(uploadId: string): Promise<FilmState>;
  /** Sends a file, makes its film, and says how it ended. */
  film(file: string, spoken?: string): Promise<FilmState>;
  /** Digests of everything in the file store. */
  stored(): Promise<string[]>;
  /** Writes what the draft has of the film into a folder. @returns its manifest */
  fetchFilm(folder: string): Promise<FilmVideo>;
  revisions(): Promise<number>;
  close(): Promise<void>;
}

export async function givenFilmSet(): Promise<FilmSet> {
  const a = await givenAuthor();
  const { t } = a;
  const { revision } = await a.draft();
  const begun = await a.post('/fr/staff/courses/tissage', [
    ['op', 'add-block'],
    ['kind', 'video'],
    ['module', FILMED],
    ['revision', String(revision)],
  ]);
  const part = String(begun.headers.location).split('/').at(-1)?.split('#')[0]?.split('?')[0] ?? '';
  const course = await t.db.readOne<{ id: string }>(
    'test.filmCourse',
    `SELECT id FROM course WHERE slug = 'tissage'`,
  );
  const owner = await t.db.readOne<{ id: string }>('test.filmOwner', `SELECT id FROM account LIMIT 1`);
  const [courseId, accountId] = [course?.id ?? '', owner?.id ?? ''];
  const state: FilmSet['state'] = async (uploadId) => {
    const found = (await t.app.get(Films).states([uploadId])).get(uploadId);
    if (!found) throw new Error('no film');
    return found;
  };
  const send: FilmSet['send'] = async (file, spoken = 'ary') => {
    const { hash, bytes } = await t.app.get(FileStore).put(createReadStream(file));
    const uploadId = newId();
    await t.app.get(Database).transaction(async () => {
      await t.db.write('test.upload', UPLOAD, [
        ...[uploadId, accountId, courseId, FILMED, part],
        ...[spoken, 'film.mp4', bytes, hash, t.clock.now()],
      ]);
      await t.app.get(Films).begin(uploadId, accountId);
    });
    return uploadId;
  };
  return {
    ...{ a, accountId, courseId, part, send, state },
    film: async (file, spoken) => {
      const uploadId = await send(file, spoken);
      await t.runJobs();
      return state(uploadId);
    },
    stored: async () => {
      const root = t.app.get(AppConfig).storageDir;
      const names = await readdir(root, { recursive: true, withFileTypes: true });
      return names
        .filter((each) => each.isFile())
        .map((each) => each.name)
        .sort();
    },
    fetchFilm: (folder) => fetchFilm(a, courseId, folder),
    revisions: async () => (await a.draft()).revision,
    close: () => a.close(),
  };
}

const UPLOAD = `
  INSERT INTO video_upload (id, account_id, course_id, module, part, spoken, file_name, bytes, state, sha256, created_at, touched_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'received', $9, $10, $10)`;
/** The film as the draft has it: its manifest, and all its files written below `folder`. */
async function fetchFilm({ t }: Author, courseId: string, folder: string): Promise<FilmVideo> {
  const drafts = t.app.get(CourseDraftStore);
  const draft = await drafts.find(courseId);
  if (!draft) throw new Error('no draft');
  for (const [path, { sha256 }] of Object.entries(await drafts.files(draft))) {
    const inside = path.split(`${FILMED}/media/`)[1];
    if (inside === undefined) continue;
    await mkdir(dirname(join(folder, inside)), { recursive: true });
    await writeFile(join(folder, inside), await t.app.get(CourseSources).read({ sha256 }));
  }
  const text = await readFile(join(folder, 'manifest.json'), 'utf8');
  return (JSON.parse(text) as { video: FilmVideo }).video;
}

/** Times of the packets of a playlist, as ffprobe reads them. */
export async function packetTimes(playlist: string): Promise<string[]> {
  const show = ['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', playlist];
  const { stdout } = await run('ffprobe', show, { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim().split('\n');
}

/** How loud a playlist is, in LUFS, or a piece of it. */
export async function lufsOf(playlist: string, from = 0, seconds?: number): Promise<number> {
  const until = seconds === undefined ? '' : `:duration=${seconds}`;
  const filter = `atrim=start=${from}${until},ebur128`;
  const { stderr } = await run('ffmpeg', ['-i', playlist, '-af', filter, '-f', 'null', '-']);
  return Number([...stderr.matchAll(/I:\s+(-?[\d.]+) LUFS/g)].at(-1)?.[1] ?? -70);
}
