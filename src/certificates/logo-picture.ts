import sharp from 'sharp';
import { LogoRefused } from './certificate.errors.js';

/** Bytes of a logo as it is sent. */
export const LOGO_BYTES = 2 * 1024 * 1024;
/** Bytes of a form with a logo: one that is a little too large is still told its own limit. */
export const LOGO_FORM_BYTES = 4 * 1024 * 1024;
/** What a kept logo is, whatever was sent: nothing is lost at the edges, and white is not forced behind it. */
export const LOGO_TYPE = 'image/png';
/** For the file field of a form. */
export const LOGO_ACCEPT = 'image/png,image/jpeg';

/** Longest side and most pixels that are decoded at all. */
const MAX_SIDE = 6000;
const MAX_PIXELS = 16_000_000;
/** Fewer on its longest side are blurred on paper. */
const MIN_SIDE = 120;
/** A logo longer than so many times its width is a line on paper. */
const MAX_RATIO = 8;
/** Pixels that are kept: 300 dots an inch at the size at which the sheet prints the largest. */
const KEPT = { width: 760, height: 300 };

/** A logo that can be printed. */
export interface LogoPicture {
  png: Buffer;
  /** Pixels. */
  width: number;
  height: number;
}

/** What a file is by its first bytes: a name and a declared type say nothing. */
function kindOf(content: Buffer): 'png' | 'jpeg' | 'svg' | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, at) => content[at] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (starts(0xff, 0xd8, 0xff)) return 'jpeg';
  const head = content
    .subarray(0, 400)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  return /^\s*(<\?xml|<!--|<!doctype svg|<svg)/i.test(head) ? 'svg' : undefined;
}

/**
 * Makes a logo of ours from what was sent: decoded and encoded anew as PNG in sRGB, upright, at most 760 × 300 pixels,
 * without anything that stood beside the picture.
 *
 * @throws LogoRefused
 */
export async function printableLogo(content: Buffer): Promise<LogoPicture> {
  if (content.length > LOGO_BYTES)
    throw new LogoRefused('logo-too-large', { megabytes: LOGO_BYTES / 1024 / 1024 });
  const kind = kindOf(content);
  // A drawing may hold scripts, and name files of elsewhere: a picture of points holds neither.
  if (kind === 'svg') throw new LogoRefused('logo-svg');
  if (!kind) throw new LogoRefused('logo-wrong-type');
  assertSize(await sizeOf(content));
  try {
    const { data, info } = await sharp(content, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .rotate()
      .toColourspace('srgb')
      .resize({ ...KEPT, fit: 'inside', withoutEnlargement: true })
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true });
    return { png: data, width: info.width, height: info.height };
  } catch {
    throw new LogoRefused('logo-broken');
  }
}

/** From the head of the file alone: nothing is decoded that is too large. */
async function sizeOf(content: Buffer): Promise<{ width: number; height: number }> {
  try {
    const { width, height } = await sharp(content, { limitInputPixels: false }).metadata();
    return { width, height };
  } catch {
    throw new LogoRefused('logo-broken');
  }
}

function assertSize({ width, height }: { width: number; height: number }): void {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  if (longer > MAX_SIDE || width * height > MAX_PIXELS)
    throw new LogoRefused('logo-too-many-pixels', { width, height, max: MAX_SIDE });
  if (longer < MIN_SIDE) throw new LogoRefused('logo-too-small', { width, height, min: MIN_SIDE });
  if (longer > shorter * MAX_RATIO)
    throw new LogoRefused('logo-too-narrow', { width, height, max: MAX_RATIO });
}
