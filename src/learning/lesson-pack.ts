import { posix } from 'node:path';
import {
  linesOf,
  type PublishedModule,
  type PublishedVideo,
  type QuizBlock,
  spokenUnits,
  videoSounds,
} from '../courses/public.js';

/** Lines of the picture that a stored lesson is seen in. */
const STORED_LINES = 240;

/** What a file of a pack is for; `video` and `player`, the script that plays it, are left out of a pack without video. */
export type PackPart = 'page' | 'app' | 'lesson' | 'video' | 'player';

/** A file of a pack: its address from the root of the site, and its bytes as the phone keeps it. */
export interface PackFile {
  readonly url: string;
  readonly bytes: number;
  readonly part: PackPart;
}

/** The pictures of a module's cards and questions, by their names inside its folder. */
export function picturesOf({ document }: PublishedModule): string[] {
  const files = document.blocks.flatMap((block) => {
    if (block.kind === 'card' || block.kind === 'image') return [block.image.file];
    return block.kind === 'quiz' ? picturesOfItems(block.items) : [];
  });
  return [...new Set(files)];
}

/** The pictures of questions. */
export function picturesOfItems(items: QuizBlock['items']): string[] {
  return items.flatMap((item) => [
    ...(item.image ? [item.image.file] : []),
    ...(item.kind === 'picture' ? item.choices.map(({ image }) => image.file) : []),
  ]);
}

/** What a module's blocks hand out and play: documents and recordings, by their names inside its folder. */
export function attachmentsOf({ document }: PublishedModule): string[] {
  return document.blocks.flatMap((block) => {
    if (block.kind === 'file') return Object.values(block.files).map(({ file }) => file);
    if (block.kind === 'audio') return Object.values(block.audio).map(({ file }) => file);
    return [];
  });
}

/** Ids of what a voice reads in a module. */
export function spokenOf({ document }: PublishedModule): string[] {
  return spokenUnits({ modules: [document] }).flatMap(({ lines }) => lines.map(({ id }) => id));
}

/** The size of the picture and the sound that are stored, of all that a video has. */
export function storedChoice(video: PublishedVideo): { height: number; sound: string; languages: number } {
  const sorted = [...video.renditions].sort((a, b) => a.height - b.height);
  const rendition = sorted.find((each) => linesOf(each) >= STORED_LINES) ?? sorted.at(-1);
  const sounds = videoSounds(video);
  return {
    height: rendition?.height ?? STORED_LINES,
    sound: sounds[0]?.lang ?? 'none',
    languages: sounds.length,
  };
}

/** The files that a playlist names, as paths inside its bundle. */
export function filesOfPlaylist(path: string, text: string): string[] {
  const named = text.split('\n').flatMap((line) => {
    if (!line.startsWith('#')) return line.trim() === '' ? [] : [line.trim()];
    const uri = /\bURI="([^"]+)"/.exec(line)?.[1];
    return uri === undefined ? [] : [uri];
  });
  return [...new Set(named)].map((file) => posix.join(posix.dirname(path), file));
}
