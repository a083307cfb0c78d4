import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { FRAME_RATE, FRAME_SIZE } from './hls-arguments.js';
import { pictureAt, steppedPicture, type SteppedPicture } from './picture-steps.js';
import { RHYTHM, type TimedScene, type VideoTimeline } from './video-timeline.js';

/** Draws the frames of a video; a picture that stands still is drawn once. */
export class VideoFrames {
  private readonly pictures = new Map<string, Promise<SteppedPicture>>();
  private last: { readonly svg: string; readonly pixels: Uint8Array } = { svg: '', pixels: new Uint8Array() };

  constructor(
    private readonly folder: string,
    private readonly timeline: VideoTimeline,
  ) {}

  /** Raw RGB frames of {@link FRAME_SIZE}, {@link FRAME_RATE} a second. */
  async *frames(): AsyncGenerator<Uint8Array> {
    const { scenes, durationMs } = this.timeline;
    let current = 0;
    let before: Uint8Array | undefined;
    for (let frame = 0; frame < (durationMs / 1000) * FRAME_RATE; frame += 1) {
      const ms = (frame / FRAME_RATE) * 1000;
      const scene = scenes[current];
      if (scene && ms >= scene.endMs && current < scenes.length - 1) {
        before = await this.endOf(scene);
        current += 1;
      }
      const drawn = scenes[current];
      if (!drawn) return;
      const pixels = await this.draw(drawn, ms - drawn.startMs);
      const part = (ms - drawn.startMs) / RHYTHM.crossFade;
      yield before && part < 1 ? blend(before, pixels, part) : pixels;
    }
  }

  /** The last moment of a scene. */
  async endOf(scene: TimedScene): Promise<Uint8Array> {
    return this.draw(scene, scene.endMs - scene.startMs);
  }

  private async draw(scene: TimedScene, ms: number): Promise<Uint8Array> {
    const picture = await this.picture(scene.picture);
    const starts = scene.stepStartsMs.map((start) => start - scene.startMs);
    const svg = pictureAt(picture, starts, scene.camera, ms);
    if (svg !== this.last.svg) this.last = { svg, pixels: await rasterized(svg) };
    return this.last.pixels;
  }

  private picture(file: string): Promise<SteppedPicture> {
    const found = this.pictures.get(file) ?? readFile(join(this.folder, file), 'utf8').then(steppedPicture);
    this.pictures.set(file, found);
    return found;
  }
}

/** A JPEG of raw pixels, small enough for a first look on a slow line. */
export async function stillJpeg(pixels: Uint8Array): Promise<Buffer> {
  const { width, height } = FRAME_SIZE;
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 74, mozjpeg: true })
    .toBuffer();
}

/** A drawing as raw RGB pixels of {@link FRAME_SIZE}. */
export async function rasterized(svg: string): Promise<Uint8Array> {
  const { width, height } = FRAME_SIZE;
  // Drawn larger than shown, so that edges stay smooth when scaled.
  const image = sharp(Buffer.from(svg), { density: 96 }).resize(width, height, { fit: 'fill' });
  return image.flatten({ background: '#FBF6EC' }).removeAlpha().raw().toBuffer();
}

function blend(from: Uint8Array, to: Uint8Array, part: number): Uint8Array {
  const mix = new Uint8Array(to.length);
  for (let index = 0; index < mix.length; index += 1) {
    const start = from[index] ?? 0;
    mix[index] = start + ((to[index] ?? 0) - start) * part;
  }
  return mix;
}
