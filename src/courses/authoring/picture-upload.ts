import sharp from 'sharp';
import { MAX_PIXELS, PHOTO_BYTES, PHOTO_SIDE } from '../course-file/photo.js';
import { PictureRefused } from './authoring.errors.js';

/** Bytes of an upload; a phone's photo has up to 12 MB. */
export const UPLOAD_BYTES = 15 * 1024 * 1024;
/** Longest side of what is taken at all; larger ones are made to harm. */
const MAX_SIDE = 16_000;
const TAKEN = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'tiff']);
/** Tried one after the other until the picture is small enough. */
const QUALITIES = [80, 65, 50, 35];

/**
 * Makes a photo of ours from whatever somebody chose: decoded and encoded anew, upright, at most 1600 pixels, without
 * place, camera or anything else that stood beside the picture.
 *
 * @throws PictureRefused for what is no picture, a drawing with markup, or too much of either
 */
export async function photoOf(upload: Buffer): Promise<Buffer> {
  if (upload.length > UPLOAD_BYTES) throw new PictureRefused('picture-too-large', { limit: '15 MB' });
  if (
    /^\s*(<\?xml|<!--|<!doctype|<svg)/i.test(
      upload
        .subarray(0, 400)
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
    )
  )
    throw new PictureRefused('picture-svg');
  const { format, width, height } = await metadataOf(upload);
  if (format === 'svg') throw new PictureRefused('picture-svg');
  if (!TAKEN.has(format)) throw new PictureRefused('picture-not-one');
  if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS)
    throw new PictureRefused('picture-too-many-pixels', { width, height, max: MAX_SIDE });
  return encode(upload);
}

async function metadataOf(upload: Buffer): Promise<{ format: string; width: number; height: number }> {
  try {
    const { format, width, height } = await sharp(upload, { limitInputPixels: false }).metadata();
    return { format: format ?? '', width, height };
  } catch {
    throw new PictureRefused('picture-not-one');
  }
}

async function encode(upload: Buffer): Promise<Buffer> {
  try {
    for (const quality of QUALITIES) {
      const photo = await sharp(upload, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
        .rotate()
        .resize({ width: PHOTO_SIDE, height: PHOTO_SIDE, fit: 'inside', withoutEnlargement: true })
        .webp({ quality })
        .toBuffer();
      if (photo.length <= PHOTO_BYTES) return photo;
    }
  } catch {
    throw new PictureRefused('picture-not-one');
  }
  throw new PictureRefused('picture-too-large', { limit: '300 kB' });
}
