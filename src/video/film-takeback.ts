import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isRoot } from '../shared/database/embedded/service-user.js';
import { POSTER } from './film-writer.js';
import { FilmRefused } from './film.errors.js';

const OF_RENDITION = /^(?:init\.mp4|index\.m3u8|\d{3,}\.m4s)$/;

/**
 * Takes a scratch folder back from ffmpeg's user, who could have been led to leave anything there: from here on only we
 * change it, and what we read and write below `made` is what it seems to be. ffmpeg has ended.
 *
 * @param names folders of `made/hls`; `poster`: a still picture lies beside it
 * @throws FilmRefused where a link, or a name that ffmpeg was not told to write, lies there
 */
export async function takeBack(
  folder: string,
  names: readonly string[],
  { poster = true }: { poster?: boolean } = {},
): Promise<void> {
  const made = join(folder, 'made');
  const hls = join(made, 'hls');
  // From the top down: nothing can be put in place of what lies in a folder that is ours already.
  await takeFolder(folder, undefined);
  await takeFolder(made, (name) => name === 'hls' || (poster && name === POSTER));
  await takeFolder(hls, (name) => names.includes(name));
  if (poster) await takeFile(join(made, POSTER));
  for (const name of names) {
    const files = await takeFolder(join(hls, name), (file) => OF_RENDITION.test(file));
    for (const file of files) await takeFile(join(hls, name, file));
  }
}

async function takeFolder(
  path: string,
  isExpected: ((name: string) => boolean) | undefined,
): Promise<string[]> {
  await take(path, constants.O_DIRECTORY, 0o700);
  const names = await readdir(path);
  const other = isExpected && names.find((name) => !isExpected(name));
  if (other !== undefined) throw unexpected(other);
  return names;
}

async function takeFile(path: string): Promise<void> {
  await take(path, 0, 0o600, async (handle) => {
    const found = await handle.stat();
    // Another name of the same bytes would stay in other hands.
    if (!found.isFile() || found.nlink !== 1) throw unexpected(path);
  });
}

/** By a handle: a path could be another thing a moment later. A pipe that nobody writes to does not keep us. */
async function take(
  path: string,
  flag: number,
  mode: number,
  look?: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | flag;
  const handle = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ELOOP' || error.code === 'ENOTDIR' ? unexpected(path) : error;
  });
  try {
    await look?.(handle);
    if (!isRoot()) return;
    await handle.chown(process.geteuid?.() ?? 0, process.getegid?.() ?? 0);
    await handle.chmod(mode);
  } finally {
    await handle.close();
  }
}

function unexpected(path: string): FilmRefused {
  return new FilmRefused('damaged', { why: `${path.split('/').slice(-3).join('/')} is not of a film` });
}
