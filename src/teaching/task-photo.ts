import sharp from 'sharp';
import { NotAPhoto, PhotoTooLarge, PhotoUnusable } from './task.errors.js';

/** Bytes of a photo as it is sent. */
export const PHOTO_BYTES = 5 * 1024 * 1024;
/** Longest side of what is kept, in pixels. */
export const PHOTO_SIDE = 1600;
/** Longest side that is decoded at all; phones make up to 12 000. */
const MAX_SIDE = 12_000;
/** Pixels that are decoded at all: 50 megapixels and a margin. */
const MAX_PIXELS = 60_000_000;
const QUALITY = 80;
/** What a kept photo is, whatever was sent. */
export const PHOTO_TYPE = 'image/webp';

/** By the first bytes: a name and a declared type say nothing. */
function isPhoto(content: Buffer): boolean {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => content[at] === byte);
  const isWebp = content.toString('latin1', 0, 4) === 'RIFF' && content.toString('latin1', 8, 12) === 'WEBP';
  return isWebp || starts(0xff, 0xd8, 0xff) || starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
}

/**
 * Makes a photo of ours from what was sent: decoded and encoded anew, upright, at most 1600 pixels, without place,
 * camera or anything else that stood beside the picture.
 *
 * @throws PhotoTooLarge, NotAPhoto, PhotoUnusable
 */
export async function keepablePhoto(content: Buffer): Promise<Buffer> {
  if (content.length > PHOTO_BYTES) throw new PhotoTooLarge(PHOTO_BYTES);
  if (!isPhoto(content)) throw new NotAPhoto();
  const { width, height } = await sizeOf(content);
  if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS)
    throw new PhotoUnusable('photo-too-many-pixels', { width, height, max: MAX_SIDE });
  try {
    return await sharp(content, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: PHOTO_SIDE, height: PHOTO_SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: QUALITY })
      .toBuffer();
  } catch {
    throw new PhotoUnusable('photo-broken');
  }
}

async function sizeOf(content: Buffer): Promise<{ width: number; height: number }> {
  try {
    const { width, height } = await sharp(content, { limitInputPixels: false }).metadata();
    return { width, height };
  } catch {
    throw new PhotoUnusable('photo-broken');
  }
}
