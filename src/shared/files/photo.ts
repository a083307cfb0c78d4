import sharp from 'sharp';
import { NotAPhoto, PhotoTooLarge, PhotoUnusable } from './photo.errors.js';

/** Bytes of a photo as it is sent. */
export const PHOTO_BYTES = 5 * 1024 * 1024;
/** Bytes of a form with a photo: a photo that is a little too large is still told its own limit. */
export const PHOTO_FORM_BYTES = 8 * 1024 * 1024;
/** Longest side that is decoded at all; phones make up to 12 000. */
const MAX_SIDE = 12_000;
/** Pixels that are decoded at all: 50 megapixels and a margin. */
const MAX_PIXELS = 60_000_000;
const QUALITY = 80;
/** What a kept photo is, whatever was sent. */
export const PHOTO_TYPE = 'image/webp';

type Kind = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic';
/** Brands of HEIF files, by what is inside: AV1 is read everywhere, HEVC is not. */
const BRANDS: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(['avif', 'avis'].map((brand) => [brand, 'avif' as const])),
  ...Object.fromEntries(
    ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].map((brand) => [brand, 'heic' as const]),
  ),
};

/** What a file is by its first bytes: a name and a declared type say nothing. */
function kindOf(content: Buffer): Kind | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => content[at] === byte);
  const text = (from: number, to: number): string => content.toString('latin1', from, to);
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (text(4, 8) !== 'ftyp') return undefined;
  // A general brand may still say among the others that AV1 is inside.
  const brands = text(8, Math.min(content.length, 64));
  return brands.includes('avif') ? 'avif' : BRANDS[text(8, 12)];
}

/**
 * Makes a photo of ours from what was sent: decoded and encoded anew, upright, without place, camera or anything else
 * that stood beside the picture.
 *
 * @param side longest side of what is kept, in pixels
 * @throws PhotoTooLarge, NotAPhoto, PhotoUnusable
 */
export async function keepablePhoto(content: Buffer, side: number): Promise<Buffer> {
  if (content.length > PHOTO_BYTES) throw new PhotoTooLarge(PHOTO_BYTES);
  const kind = kindOf(content);
  if (!kind) throw new NotAPhoto();
  if (kind === 'heic') throw new PhotoUnusable('photo-heic');
  const { width, height } = await sizeOf(content);
  if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS)
    throw new PhotoUnusable('photo-too-many-pixels', { width, height, max: MAX_SIDE });
  try {
    return await sharp(content, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
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
