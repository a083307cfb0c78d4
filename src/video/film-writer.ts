import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NAMES_IN_THEMSELVES } from '../shared/film/language-names.js';
import { filesBelow, folderHash } from '../shared/film/media-files.js';
import { masterPlaylist, type MasterVideo, renditionOf, soundAlone } from '../shared/film/master-playlist.js';
import { playlistFigures, videoCodec } from '../shared/film/playlist-figures.js';
import { type Recipe } from './film-arguments.js';
import { type Film } from './film.js';
import { type Spoken } from './upload.js';

export const POSTER = 'poster.jpg';

/** Milliseconds that a rendition really lasts: of all, the longest, which is what a player shows. */
const lengthMs = (seconds: number): number => Math.round(seconds * 1000);

/**
 * Weighs what was encoded below `folder` (`hls/…`, `poster.jpg`), writes the master playlist and lists the whole.
 *
 * @param spoken language of the sound; without a sound there is a silent track in none
 */
export async function writeFilm(
  folder: string,
  recipe: Recipe,
  { spoken, sourceDigest }: { spoken: Spoken; sourceDigest: string },
): Promise<Film> {
  const hls = join(folder, 'hls');
  const audio = await playlistFigures(join(hls, 'audio/index.m3u8'));
  const videos: MasterVideo[] = [];
  for (const { name, width, height, rate } of recipe.renditions) {
    const playlist = `${name}/index.m3u8`;
    const codecs = await videoCodec(join(hls, name, 'init.mp4'));
    const figures = await playlistFigures(join(hls, playlist));
    videos.push({ playlist, width, height, frameRate: rate.num / rate.den, codecs, figures });
  }
  const language = recipe.plan.audio && spoken !== 'none' ? spoken : undefined;
  const name = NAMES_IN_THEMSELVES[language ?? 'none'];
  const sound = { group: 'sound', name, figures: audio, ...(language ? { language } : {}) };
  await writeFile(join(hls, 'master.m3u8'), masterPlaylist(videos, sound), { flag: 'wx' });
  const largest = videos.at(-1);
  if (!largest) throw new Error('A film without a size');
  return {
    video: {
      ...{ hash: folderHash(await filesBelow(hls)), sourceDigest },
      durationMs: lengthMs(largest.figures.durationSeconds),
      master: 'hls/master.m3u8',
      poster: { file: POSTER, width: largest.width, height: largest.height, bytes: await bytesOf(folder) },
      renditions: videos.map((video) => renditionOf(video, audio)),
      audioOnly: soundAlone(audio),
      audioTracks: language ? [{ lang: language, synthetic: false }] : [],
    },
    files: await filesBelow(folder),
  };
}

/**
 * Is a playlist there to its end, with every byte of its segments? On a full disk ffmpeg ends well and without a word,
 * and leaves pieces of files.
 */
export async function isWhole(playlist: string): Promise<boolean> {
  const text = await readFile(playlist, 'utf8').catch(() => '');
  const names = [...text.matchAll(/^#EXTINF:.*\n(.+)$/gm)].map(([, name = '']) => name);
  // A name that leads elsewhere is none of ours.
  if (names.some((name) => !/^\d+\.m4s$/.test(name))) return false;
  if (names.length === 0 || !text.includes('#EXT-X-ENDLIST')) return false;
  for (const name of ['init.mp4', ...names])
    if (!endsWithABox(await readFile(join(dirname(playlist), name)))) return false;
  return true;
}

/** Boxes of an MP4 say how long they are: the last ends where the file does. */
function endsWithABox(file: Buffer): boolean {
  let at = 0;
  while (at + 8 <= file.length) {
    const size = file.readUInt32BE(at);
    if (size < 8) return false;
    at += size;
  }
  return file.length > 0 && at === file.length;
}

async function bytesOf(folder: string): Promise<number> {
  return (await stat(join(folder, POSTER))).size;
}
