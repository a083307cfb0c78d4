import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What a media playlist weighs; bandwidths in bits a second. */
export interface PlaylistFigures {
  /** Of its fastest segment. */
  readonly peak: number;
  readonly average: number;
  /** Of the playlist, its initialisation and its segments. */
  readonly bytes: number;
  readonly durationSeconds: number;
}

/** Weighs a playlist by its own segments. */
export async function playlistFigures(path: string): Promise<PlaylistFigures> {
  const text = await readFile(path, 'utf8');
  const segments = [...text.matchAll(/#EXTINF:([\d.]+),\s*\n([^#\n]+)/g)];
  const sizes = await Promise.all(segments.map(([, , name = '']) => size(join(dirname(path), name.trim()))));
  const seconds = segments.map(([, duration]) => Number(duration));
  const durationSeconds = seconds.reduce((sum, each) => sum + each, 0);
  const bytes = sizes.reduce((sum, each) => sum + each, 0);
  // A last segment of a fraction of a second says nothing about the rate; RFC 8216 asks for the peak over a target duration.
  const peaks = sizes.map((each, index) => (each * 8) / Math.max(1, seconds[index] ?? 1));
  return {
    peak: Math.ceil(Math.max(...peaks)),
    average: Math.ceil((bytes * 8) / durationSeconds),
    bytes: bytes + (await size(path)) + (await size(join(dirname(path), 'init.mp4'))),
    durationSeconds,
  };
}

/** The RFC 6381 name of the H.264 stream an initialisation segment announces, such as `avc1.4D401E`. */
export async function videoCodec(initPath: string): Promise<string> {
  const bytes = await readFile(initPath);
  const at = bytes.indexOf('avcC');
  if (at === -1) throw new Error(`${initPath} announces no H.264 stream`);
  return `avc1.${bytes
    .subarray(at + 5, at + 8)
    .toString('hex')
    .toUpperCase()}`;
}

async function size(path: string): Promise<number> {
  return (await stat(path)).size;
}
