import type { NoVideo } from './upload.errors.js';

/** Bytes at the beginning of a file that say what it is; of a shorter file, all of them. */
export const HEAD_BYTES = 4096;
/** Fewer say too little, while others are still to come. */
export const ENOUGH_BYTES = 64;

export type VideoType = 'mp4' | 'mov' | 'webm' | 'mkv';

/** Families of the ISO container that hold no moving picture, by the first three letters of the brand. */
const STILL_BRANDS = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avif|avis|crx )/;
const SOUND_BRANDS = /^(M4A |M4B |M4P |aax )/;
/** Boxes that old QuickTime files begin with, which have no brand. */
const QUICKTIME_BOXES = new Set(['moov', 'mdat', 'wide', 'pnot', 'skip', 'free']);

const PICTURES = ['\x89PNG', '\xff\xd8\xff', 'GIF8', 'BM', 'II*\0', 'MM\0*', '8BPS'];
const SOUNDS = ['ID3', 'OggS', 'fLaC', '\xff\xfb', '\xff\xf3', '\xff\xf1', '\xff\xf9', '#!AMR'];
const ARCHIVES = ['PK\x03\x04', 'PK\x05\x06', '\x1f\x8b', 'Rar!', '7z\xbc\xaf', '%PDF'];

/**
 * What a file is by its first bytes: a video of the kinds we take, or what else.
 *
 * @param head the first {@link HEAD_BYTES}, or the whole of a shorter file
 */
export function videoType(head: Buffer): { readonly type: VideoType } | { readonly not: NoVideo } {
  if (head.length === 0) return { not: 'empty' };
  const text = head.toString('latin1');
  const box = text.slice(4, 8);
  if (box === 'ftyp') return branded(text.slice(8, 12));
  if (QUICKTIME_BOXES.has(box)) return { type: 'mov' };
  if (text.startsWith('\x1aE\xdf\xa3')) return matroska(text);
  return { not: otherKind(text) };
}

function branded(brand: string): { type: VideoType } | { not: NoVideo } {
  if (STILL_BRANDS.test(brand)) return { not: 'picture' };
  if (SOUND_BRANDS.test(brand)) return { not: 'sound' };
  return { type: brand === 'qt  ' ? 'mov' : 'mp4' };
}

/** EBML: the type of the document stands within its header, which is some forty bytes long. */
function matroska(text: string): { type: VideoType } | { not: NoVideo } {
  const [, type] = /\x42\x82.(webm|matroska)/s.exec(text) ?? [];
  if (type === undefined) return { not: 'other' };
  return { type: type === 'webm' ? 'webm' : 'mkv' };
}

function otherKind(text: string): NoVideo {
  const begins = (marks: readonly string[]): boolean => marks.some((mark) => text.startsWith(mark));
  if (/^(\xef\xbb\xbf)?\s*(#EXTM3U|ffconcat|\[playlist\]|<\?xml[^>]*>\s*<(MPD|playlist|asx))/i.test(text))
    return 'playlist';
  if (
    begins(PICTURES) ||
    /^RIFF....WEBP/s.test(text) ||
    /^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?<svg/i.test(text)
  )
    return 'picture';
  if (begins(SOUNDS) || /^RIFF....WAVE/s.test(text)) return 'sound';
  if (begins(ARCHIVES)) return 'archive';
  return looksLikeText(text) ? 'text' : 'other';
}

/** No byte that no text holds. */
function looksLikeText(text: string): boolean {
  return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text);
}
