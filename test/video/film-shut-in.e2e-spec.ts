import { execFile } from 'node:child_process';
import { chmod, chown, link, mkdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureServiceUser } from '../../src/shared/database/embedded/service-user.js';
import { type FilmOutcome, filmUser, runFilmProgram } from '../../src/video/film-process.js';
import { handOver, makeFolders, makeScratch, sweepScratch } from '../../src/video/film-scratch.js';
import { takeBack } from '../../src/video/film-takeback.js';
import { givenStage, type Stage } from './films.js';

const run = promisify(execFile);
const HOUR_MS = 3600 * 1000;
const NAMES = ['240p', 'audio'];

describe('what ffmpeg is shut in', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await givenStage();
  });
  afterAll(() => stage.clear());

  /** A scratch folder as ffmpeg leaves it. */
  async function givenMade(): Promise<{ folder: string; hls: string }> {
    const folder = await makeScratch();
    await makeFolders(folder, ['made', 'made/hls', ...NAMES.map((name) => `made/hls/${name}`)]);
    const hls = join(folder, 'made/hls');
    const files = NAMES.flatMap((name) =>
      ['init.mp4', 'index.m3u8', '000.m4s'].map((file) => join(hls, name, file)),
    );
    for (const file of [...files, join(folder, 'made/poster.jpg')]) {
      await writeFile(file, 'made');
      await handOver(file);
    }
    return { folder, hls };
  }

  it('does not open the database: its user is another than that of PostgreSQL', async () => {
    const postgres = await ensureServiceUser(() => undefined);
    expect((await filmUser())?.uid).not.toBe(postgres.uid);
    const data = join(stage.folder, 'var/postgres/data');
    await mkdir(data, { recursive: true });
    const secret = join(data, 'pg_hba.conf');
    await writeFile(secret, 'local all all scram-sha-256', { mode: 0o600 });
    for (const path of [data, secret]) await chown(path, postgres.uid, postgres.gid);
    await chmod(data, 0o700);
    const read = await run('cat', [secret], { uid: postgres.uid, gid: postgres.gid });
    expect(read.stdout).toContain('scram');

    const folder = await makeScratch();
    const own = join(folder, 'own');
    await writeFile(own, 'a file of its own', { mode: 0o600 });
    await handOver(own);
    const look = (path: string): Promise<FilmOutcome> =>
      runFilmProgram({
        ...{ program: 'ffprobe', folder, limitMs: 30_000, signal: new AbortController().signal },
        args: ['-loglevel', 'error', '-f', 'data', '-show_entries', 'format=size', `file:${path}`],
      });
    expect(await look(own)).toMatchObject({ code: 0, stdout: expect.stringContaining('size=17') });
    const refused = await look(secret);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('Permission denied');
    await rm(folder, { recursive: true });
  });

  it('is taken back: nothing in it belongs to ffmpeg’s user afterwards', async () => {
    const { folder, hls } = await givenMade();
    await takeBack(folder, NAMES);
    for (const path of [folder, hls, join(hls, 'audio'), join(hls, 'audio/000.m4s')]) {
      const { uid, mode } = await stat(path);
      expect([path, uid, mode & 0o077]).toEqual([path, process.geteuid?.(), 0]);
    }
    await rm(folder, { recursive: true });
  });

  it.each<[string, (hls: string) => Promise<void>]>([
    ['a link in place of a file', (hls) => replaced(join(hls, 'audio/000.m4s'))],
    ['a link in place of a folder', (hls) => replaced(join(hls, '240p'))],
    ['a link in place of the poster', (hls) => replaced(join(hls, '../poster.jpg'))],
    ['a playlist that is ours to write', (hls) => symlink('/etc/hostname', join(hls, 'master.m3u8'))],
    ['a name of something else', (hls) => writeFile(join(hls, 'audio/page.html'), '')],
    ['a second name of a file', (hls) => link(join(hls, 'audio/init.mp4'), join(hls, 'audio/001.m4s'))],
    ['a pipe', (hls) => run('mkfifo', [join(hls, 'audio/001.m4s')]).then(() => undefined)],
  ])('is refused with %s', async (_, spoil) => {
    const { folder, hls } = await givenMade();
    await spoil(hls);
    await expect(takeBack(folder, NAMES)).rejects.toMatchObject({ code: 'film-damaged' });
    await rm(folder, { recursive: true });
  });

  it('goes after a day when it is of another boot or container, and not before', async () => {
    const [old, young] = ['qafila-film-1-anotherboot-1-1-old', 'qafila-film-1-anotherboot-1-1-young'];
    const ages = [
      [old, 25],
      [young, 23],
    ] as const;
    for (const [name, hours] of ages) {
      await mkdir(join(stage.folder, name, 'made'), { recursive: true });
      const then = new Date(Date.now() - hours * HOUR_MS);
      await utimes(join(stage.folder, name), then, then);
    }
    const living = await makeScratch();
    await sweepScratch();
    expect((await stage.scratch()).map((name) => join(stage.folder, name)).sort()).toEqual(
      [join(stage.folder, young), living].sort(),
    );
  });
});

async function replaced(path: string): Promise<void> {
  await rm(path, { recursive: true });
  await symlink('/etc', path);
}
