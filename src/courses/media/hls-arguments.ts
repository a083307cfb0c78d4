import { join } from 'node:path';
import { aac, BT709, hls, REPEATABLE, SEGMENT_SECONDS } from '../../shared/film/hls-output.js';
import { VOICE_RATE } from './voice.js';

/** Frames a second; enough for fades and glides of flat drawings. */
export const FRAME_RATE = 20;

/** A size the video is offered in; `crf` is x264's constant quality, lower is better and larger. */
export interface VideoSize {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly crf: number;
}

/** Seconds by which pictures begin late: the one frame that B-frames without a pyramid need. The sound waits for it; a player takes so small a hole for none. */
const START_SECONDS = 1 / FRAME_RATE;

/** From small to large; frames are drawn at the last. */
export const VIDEO_SIZES = [
  { name: '240p', width: 426, height: 240, crf: 29 },
  { name: '480p', width: 854, height: 480, crf: 30 },
] as const satisfies readonly VideoSize[];

/** The size frames are drawn at. */
export const FRAME_SIZE = VIDEO_SIZES[1];

/** Threads would cut the pictures into other slices: one, for the same bytes on every machine. */
const ONE_THREAD = ['-threads', '1'];

/** Arguments that turn raw RGB frames on standard input into one HLS playlist for each size. */
export function videoArguments(folder: string): string[] {
  const splits = VIDEO_SIZES.map((_, index) => `[in${index}]`).join('');
  const scaled = VIDEO_SIZES.map(
    ({ width, height }, index) =>
      `[in${index}]scale=${width}:${height}:flags=lanczos:out_color_matrix=bt709:out_range=tv,format=yuv420p[out${index}]`,
  );
  return [
    ...[
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgb24',
      '-s',
      `${FRAME_SIZE.width}x${FRAME_SIZE.height}`,
      '-r',
      String(FRAME_RATE),
      '-i',
      'pipe:0',
    ],
    ...['-filter_complex', [`[0:v]split=${VIDEO_SIZES.length}${splits}`, ...scaled].join(';')],
    ...VIDEO_SIZES.flatMap((size, index) => [
      '-map',
      `[out${index}]`,
      ...x264(size),
      ...hls(join(folder, size.name)),
    ]),
  ];
}

/** Arguments that turn raw samples on standard input into an audio playlist. */
export function audioArguments(folder: string): string[] {
  return [
    ...samples(),
    ...aac(),
    ...ONE_THREAD,
    '-output_ts_offset',
    String(START_SECONDS),
    ...hls(join(folder, 'audio')),
  ];
}

/** Arguments that turn raw samples on standard input into one file that plays anywhere. */
export function audioFileArguments(file: string): string[] {
  return [...samples(), ...aac(), ...ONE_THREAD, '-movflags', '+faststart', '-f', 'mp4', file];
}

function samples(): string[] {
  return ['-f', 's16le', '-ar', String(VOICE_RATE), '-ac', '1', '-i', 'pipe:0'];
}

function x264({ crf }: VideoSize): string[] {
  const everyFrames = String(FRAME_RATE * SEGMENT_SECONDS);
  return [
    ...['-c:v', 'libx264', '-preset', 'veryslow', '-tune', 'animation', '-crf', String(crf)],
    ...['-profile:v', 'main', '-level', '3.0', '-bf', '3', '-x264-params', 'b-pyramid=none'],
    ...['-g', everyFrames, '-keyint_min', everyFrames, '-sc_threshold', '0'],
    ...BT709,
    ...REPEATABLE,
    ...ONE_THREAD,
  ];
}
