import sharp from 'sharp';

/** Longest side of a photo in a course, in pixels; a card is 800 wide, twice that on a dense screen. */
export const PHOTO_SIDE = 1600;
/** Bytes; as much as two drawings. */
export const PHOTO_BYTES = 300 * 1024;
/** Pixels that are decoded at all; a phone's camera makes up to 108 million, what is larger is a trap. */
export const MAX_PIXELS = 120_000_000;

/** What is wrong with a photo of a course, or undefined: it must be a WebP of ours, small enough for a phone. */
export async function photoProblem(content: Buffer): Promise<string | undefined> {
  if (content.length > PHOTO_BYTES) return `is larger than ${PHOTO_BYTES / 1024} KiB`;
  try {
    const { format, width, height } = await sharp(content, { limitInputPixels: MAX_PIXELS }).metadata();
    if (format !== 'webp') return 'is not a WebP picture';
    return Math.max(width, height) > PHOTO_SIDE ? `is larger than ${PHOTO_SIDE} pixels` : undefined;
  } catch {
    return 'is not a WebP picture';
  }
}
