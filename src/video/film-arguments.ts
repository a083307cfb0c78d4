import { join } from 'node:path';
import { aac, BT709, hls, REPEATABLE } from '../shared/film/hls-output.js';
import { MOST_GAIN_DB, SILENCE_LUFS } from '../shared/listening/sound-arguments.js';
import { type Rate, type Rendition } from './film-ladder.js';
import { AUDIO_DECODERS, FILM_LUFS, MOST_PIXELS, VIDEO_DECODERS } from './film-limits.js';
import { type Container, type Plan } from './film-probe.js';
import { WARM_UP } from './track-cut.js';

/** A film to be made: what of, how long, in which sizes, how much louder. */
export interface Recipe {
  readonly container: Container;
  readonly plan: Plan;
  /** Milliseconds from the first to the last of picture and sound. */
  readonly durationMs: number;
  readonly renditions: readonly Rendition[];
  /** Rate of the largest. */
  readonly rate: Rate;
  readonly gainDb: number;
}

const DECODERS = [...Object.values(VIDEO_DECODERS), ...Object.values(AUDIO_DECODERS)].flat().join(',');
/** ffprobe opens every stream, also covers and subtitles, of which nothing is made. */
const LOOKED_AT = [DECODERS, 'png', 'mov_text', 'subrip', 'srt', 'ass', 'ssa', 'webvtt', 'text'].join(',');
/** The same number on every machine: x264 cuts its work by it, and a repetition gives the same bytes. */
const THREADS = '4';

/** What may be opened, and how: this file by this reader, these decoders, and no other address that the file may name. */
function guards(container: Container, decoders = DECODERS): string[] {
  return [
    ...['-protocol_whitelist', 'file', '-codec_whitelist', decoders],
    ...(container === 'mov' ? ['-enable_drefs', '0', '-use_absolute_path', '0'] : []),
    ...['-f', container],
  ];
}

/** Of ffprobe: streams and format as JSON. */
export function probeArguments(file: string, container: Container): string[] {
  return [
    ...['-hide_banner', '-loglevel', 'level+error', ...guards(container, LOOKED_AT)],
    ...['-show_format', '-show_streams', '-of', 'json', '-i', `file:${file}`],
  ];
}

/** Of ffprobe: a line for each packet, `index,pts,duration,flags`, in seconds. Nothing is decoded. */
export function packetArguments(file: string, container: Container): string[] {
  return [
    ...['-hide_banner', '-loglevel', 'level+error', ...guards(container, LOOKED_AT)],
    ...['-show_entries', 'packet=stream_index,pts_time,duration_time,flags', '-of', 'csv=p=0'],
    ...['-i', `file:${file}`],
  ];
}

function input(file: string, container: Container): string[] {
  return [
    ...['-hide_banner', '-loglevel', 'level+error', '-nostdin', '-y'],
    ...['-threads', THREADS, '-max_pixels', String(MOST_PIXELS), ...guards(container)],
    ...['-i', `file:${file}`],
  ];
}

/** Deep rumble costs loudness and says nothing. */
const VOICE_BAND = 'aresample=24000,aformat=channel_layouts=mono,highpass=f=70';

/** Of ffmpeg: decodes the sound to its end and says how loud it is. */
export function loudnessArguments(file: string, container: Container, stream: number): string[] {
  const sum = ['-map', `0:${stream}`, '-vn', '-sn', '-dn', '-af', `${VOICE_BAND},ebur128=framelog=verbose`];
  // The sum is said at the level of information, after everything else.
  const args = input(file, container).map((each) => (each === 'level+error' ? 'level+info' : each));
  return [...args, '-nostats', ...sum, '-f', 'null', '-'];
}

/** Decibels that bring a film to the common loudness; what is silent stays so. */
export function filmGain(lufs: number | undefined): number {
  if (lufs === undefined || lufs < SILENCE_LUFS) return 0;
  return Math.min(MOST_GAIN_DB, FILM_LUFS - lufs);
}

/** Seconds of the film: whole pictures of the largest rendition, at least two so that there is a length. */
export function filmSeconds({ durationMs, rate }: Pick<Recipe, 'durationMs' | 'rate'>): number {
  const frames = Math.max(2, Math.round((durationMs / 1000) * (rate.num / rate.den)));
  return (frames * rate.den) / rate.num;
}

/** Of ffmpeg: every rendition and the sound in one decode, into the folders `hls/<name>` and `hls/audio`. */
export function filmArguments(file: string, folder: string, recipe: Recipe): string[] {
  const seconds = filmSeconds(recipe).toFixed(6);
  const { num, den } = recipe.rate;
  // A thousandth less than from key frame to key frame: the segment ends at the key frame and not at the one after.
  const segment = ((recipe.renditions.at(-1)?.gop ?? num) * den) / num - 0.001;
  const start = ['-output_ts_offset', startSeconds(recipe.renditions).toFixed(6)];
  const { audio } = recipe.plan;
  return [
    ...input(file, recipe.container),
    ...(audio ? [] : ['-f', 'lavfi', '-i', 'anullsrc=r=24000:cl=mono']),
    // A few broken pictures are left out; where more are, the file is damaged.
    ...['-max_error_rate', '0.05', '-filter_complex', graph(recipe)],
    ...recipe.renditions.flatMap((rendition, index) => [
      ...['-map', `[out${index}]`, '-t', seconds, ...x264(rendition), ...start],
      ...hls(join(folder, 'hls', rendition.name), segment),
    ]),
    ...['-map', '[sound]', '-t', seconds, ...aac(), '-threads', '1', ...start],
    ...hls(join(folder, 'hls', 'audio'), segment),
    ...['-progress', 'pipe:1', '-stats_period', '0.5', '-nostats'],
  ];
}

/** Below so many pictures a second there are no B-frames: the one that they wait for would be a hole at the beginning. */
const B_FRAMES_FROM = 10;

/**
 * When picture and sound begin in every playlist: late by the one picture that B-frames without a pyramid need, and the
 * same in all, so that a player changes from one to the other without a jump.
 */
function startSeconds(renditions: readonly Rendition[]): number {
  return Math.max(WARM_UP, ...renditions.map(({ rate }) => (hasBFrames(rate) ? rate.den / rate.num : 0)));
}

function hasBFrames({ num, den }: Rate): boolean {
  return num / den >= B_FRAMES_FROM;
}

function graph(recipe: Recipe): string {
  const { plan, renditions, rate, durationMs, gainDb } = recipe;
  const largest = renditions.at(-1);
  if (!largest) throw new Error('A film without a size');
  const scale = ({ width, height }: Rendition): string => `scale=${width}:${height}:flags=bicubic`;
  const square = 'setsar=1';
  // Light first in numbers that hold it, brought down, then as any film; at the small size, where it costs little.
  const light = plan.video.isHdr
    ? 'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,'
    : '';
  const first = [
    `[0:${plan.video.index}]fps=fps=${rate.num}/${rate.den}:start_time=0`,
    `tpad=stop_mode=clone:stop_duration=${(durationMs / 1000 + 1).toFixed(3)}`,
    `${scale(largest)}${plan.video.isHdr ? '' : ':out_color_matrix=bt709:out_range=tv'}`,
    `${light}format=yuv420p`,
    `split=${renditions.length}${renditions.map((_, index) => `[in${index}]`).join('')}`,
  ].join(',');
  const sizes = renditions.map((rendition, index) => {
    const less =
      rendition.rate.den === rate.den && rendition.rate.num === rate.num ? [] : [halved(rendition)];
    const steps = [...less, ...(rendition === largest ? [] : [scale(rendition)]), square];
    return `[in${index}]${steps.join(',')}[out${index}]`;
  });
  return [first, ...sizes, sound(plan, gainDb)].join(';');
}

/** The first of every two pictures: key frames of all sizes keep their times. */
function halved({ rate }: Rendition): string {
  return `fps=fps=${rate.num}/${rate.den}:start_time=0`;
}

function sound({ audio }: Plan, gainDb: number): string {
  if (!audio) return '[1:a]anull[sound]';
  // Holes in the sound are filled and its start is that of the pictures; it lasts as long as they do.
  const steps = ['aresample=24000:async=1:first_pts=0', 'aformat=channel_layouts=mono', 'highpass=f=70'];
  const loud = [`volume=${gainDb.toFixed(1)}dB`, 'alimiter=limit=0.84:level=false', 'apad'];
  return `[0:${audio.index}]${[...steps, ...loud].join(',')}[sound]`;
}

function x264({ rate, gop, maxBitrate, crf }: Rendition): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'fast', '-crf', String(crf)],
    ...['-maxrate', String(maxBitrate), '-bufsize', String(2 * maxBitrate)],
    ...[
      '-profile:v',
      'main',
      '-bf',
      hasBFrames(rate) ? '3' : '0',
      '-x264-params',
      'b-pyramid=none:open-gop=0',
    ],
    ...['-g', String(gop), '-keyint_min', String(gop), '-sc_threshold', '0'],
    ...BT709,
    ...REPEATABLE,
    ...['-threads', THREADS],
  ];
}

/** Pictures a second that the poster is chosen from, and from how many. */
const POSTER = { rate: 2, of: 60 };

/** Of ffmpeg: the most telling picture of the first half minute of our own largest rendition, or the first where all are black. */
export function posterArguments(
  playlist: string,
  out: string,
  { evenBlack }: { evenBlack: boolean },
): string[] {
  const bright =
    'blackframe=amount=0:threshold=40,metadata=select:key=lavfi.blackframe.pblack:value=85:function=less,';
  const filter = `fps=${POSTER.rate}:round=up,${evenBlack ? '' : bright}thumbnail=${POSTER.of}`;
  return [
    ...['-hide_banner', '-loglevel', 'level+error', '-nostdin', '-y', '-protocol_whitelist', 'file'],
    ...['-f', 'hls', '-t', String(POSTER.of / POSTER.rate), '-i', `file:${playlist}`, '-vf', filter],
    ...['-frames:v', '1', '-q:v', '5', ...REPEATABLE, '-f', 'image2', '-update', '1', out],
  ];
}
