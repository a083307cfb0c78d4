import { type Rate } from './film-ladder.js';
import {
  AUDIO_DECODERS,
  FILM_MINUTES,
  FILM_MS,
  GRACE_MS,
  LONGEST_SIDE,
  MOST_PIXELS,
  MOST_STREAMS,
  MOST_STRETCHED,
  SHORTEST_SIDE,
  VIDEO_DECODERS,
} from './film-limits.js';
import { LARGEST_BYTES } from './upload.js';
import { type FilmParams, type RefusedFilm } from './film.errors.js';

/** What the first bytes say a file is: the reader of ffmpeg that alone may open it. */
export type Container = 'mov' | 'matroska';

/** Kinds of the first box of an MP4 or QuickTime file that has pictures which move. */
const BOXES: ReadonlySet<string> = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip']);
/** Brands of still pictures in the same box. */
const NO_FILM = /^(avi[fs]|hei[cfmsx]|hev[cmsx]|mif1|msf1|crx )/;

/** Tells a video by its first 16 bytes; names and types that came with it say nothing. */
export function containerOf(head: Uint8Array): Container | undefined {
  const text = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));
  if (text(0, 4) === '\x1aE\xdf\xa3') return 'matroska';
  if (!BOXES.has(text(4, 8))) return undefined;
  return text(4, 8) === 'ftyp' && NO_FILM.test(text(8, 12)) ? undefined : 'mov';
}

/** What ffprobe says of a file, as far as it is read; everything may be missing. */
export interface Probe {
  readonly format?: {
    readonly format_name?: string;
    readonly duration?: string;
    readonly nb_streams?: number;
  };
  readonly streams?: readonly ProbedStream[];
}

export interface ProbedStream {
  readonly index: number;
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly sample_aspect_ratio?: string;
  readonly avg_frame_rate?: string;
  readonly r_frame_rate?: string;
  readonly duration?: string;
  readonly start_time?: string;
  readonly color_transfer?: string;
  readonly channels?: number;
  readonly disposition?: { readonly attached_pic?: number; readonly default?: number };
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

/** What a film is made of. */
export interface Plan {
  readonly video: {
    readonly index: number;
    /** Pixels as they are seen: turned, and stretched where they are not square. */
    readonly width: number;
    readonly height: number;
    readonly average: Rate | undefined;
    readonly base: Rate | undefined;
    /** More light than a telephone of ours shows: it is brought down. */
    readonly isHdr: boolean;
  };
  /** Undefined where there is no sound. */
  readonly audio: { readonly index: number } | undefined;
  /** Milliseconds that the head promises; undefined where it does not say, as browsers' recordings. */
  readonly promisedMs: number | undefined;
}

export type Judgement =
  | { readonly plan: Plan; readonly refused?: undefined }
  | {
      readonly plan?: undefined;
      readonly refused: { readonly code: RefusedFilm; readonly params: FilmParams };
    };

const HDR: ReadonlySet<string> = new Set(['smpte2084', 'arib-std-b67']);

/**
 * Judges a file by what ffprobe says of it.
 *
 * @param container as the first bytes say
 * @param bytes of the whole file
 */
export function judge(
  probe: Probe,
  { container, bytes }: { container: Container; bytes: number },
): Judgement {
  if (bytes > LARGEST_BYTES) return refused('too-large', { megabytes: LARGEST_BYTES / 1024 / 1024 });
  const streams = probe.streams ?? [];
  if (!(probe.format?.format_name ?? '').split(',').includes(container)) return refused('not-video');
  if (streams.length === 0 || streams.length > MOST_STREAMS) return refused('not-video');
  const video = preferred(streams.filter((each) => each.codec_type === 'video' && !isCover(each)));
  if (!video) return refused('no-picture');
  const audio = preferred(streams.filter((each) => each.codec_type === 'audio' && (each.channels ?? 0) > 0));
  const unknown = unreadable(video, VIDEO_DECODERS) ?? (audio && unreadable(audio, AUDIO_DECODERS));
  if (unknown !== undefined) return refused('codec', { codec: unknown });
  const size = seenSize(video);
  const wrong = sizeFault(video, size);
  if (wrong) return wrong;
  const promised = Math.max(...[probe.format?.duration, video.duration, audio?.duration].map(seconds));
  if (promised * 1000 > FILM_MS + GRACE_MS) return tooLong(promised * 1000);
  return {
    plan: {
      video: {
        ...{ index: video.index, ...size },
        average: rateOf(video.avg_frame_rate),
        base: rateOf(video.r_frame_rate),
        isHdr: HDR.has(video.color_transfer ?? ''),
      },
      audio: audio && { index: audio.index },
      promisedMs: promised > 0 ? Math.round(promised * 1000) : undefined,
    },
  };
}

/** What was really there to read, in milliseconds from the start of the film; pictures are counted. */
export interface Lengths {
  readonly pictures: number;
  readonly videoMs: number;
  readonly audioMs: number;
}

/** Where a head may be wrong about the end: so many milliseconds, or this share of the whole. */
const TOLERATED = { ms: 1000, share: 0.03 };

/** Judges what was read of a file to its end. @returns undefined when a film can be made of it */
export function judgeLengths(plan: Plan, { pictures, videoMs, audioMs }: Lengths): Judgement | undefined {
  if (pictures === 0) return refused('no-picture');
  const readMs = Math.max(videoMs, audioMs);
  if (readMs > FILM_MS + GRACE_MS) return tooLong(readMs);
  const { promisedMs } = plan;
  if (promisedMs !== undefined && promisedMs - readMs > Math.max(TOLERATED.ms, TOLERATED.share * promisedMs))
    return refused('cut', { at: clockTime(readMs), of: clockTime(promisedMs) });
  return undefined;
}

/** `1:10`, or `1:02:03`; the same in all our languages. */
export function clockTime(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A cover is one still picture that stands for a sound. */
function isCover({ disposition }: ProbedStream): boolean {
  return disposition?.attached_pic === 1;
}

function preferred(streams: readonly ProbedStream[]): ProbedStream | undefined {
  return streams.find(({ disposition }) => disposition?.default === 1) ?? streams[0];
}

function unreadable(
  { codec_name: name = '' }: ProbedStream,
  known: Readonly<Record<string, unknown>>,
): string | undefined {
  if (Object.hasOwn(known, name)) return undefined;
  return name.replaceAll(/[^\w.-]/g, '').slice(0, 20) || '?';
}

/** As it is seen: with pixels made square, then turned. */
function seenSize(stream: ProbedStream): { width: number; height: number } {
  const { width = 0, height = 0, sample_aspect_ratio: ratio = '' } = stream;
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  const stretch = across > 0 && down > 0 ? across / down : 1;
  const square = { width: Math.round(width * stretch), height };
  const turned = (stream.side_data_list ?? []).find(({ rotation }) => rotation !== undefined)?.rotation ?? 0;
  const isOnItsSide = Math.abs((Math.abs(turned) % 180) - 90) < 1;
  return isOnItsSide ? { width: square.height, height: square.width } : square;
}

function sizeFault(
  { width = 0, height = 0 }: ProbedStream,
  seen: { width: number; height: number },
): Judgement | undefined {
  const [low, high] = [Math.min(seen.width, seen.height), Math.max(seen.width, seen.height)];
  const most = Math.max(high, width, height);
  if (most > LONGEST_SIDE || width * height > MOST_PIXELS)
    return refused('too-many-pixels', { width, height, most: LONGEST_SIDE });
  if (!(Math.min(low, width, height) >= SHORTEST_SIDE))
    return refused('too-small', { width, height, least: SHORTEST_SIDE });
  if (high / low > MOST_STRETCHED) return refused('stretched', { ...seen, most: MOST_STRETCHED });
  return undefined;
}

function rateOf(text: string | undefined): Rate | undefined {
  const [num = 0, den = 0] = (text ?? '').split('/').map(Number);
  return num > 0 && den > 0 && Number.isFinite(num / den) ? { num, den } : undefined;
}

function seconds(text: string | undefined): number {
  const value = Number(text);
  return text !== undefined && Number.isFinite(value) && value > 0 ? value : 0;
}

function tooLong(ms: number): Judgement {
  return refused('too-long', { length: clockTime(ms), minutes: FILM_MINUTES });
}

function refused(code: RefusedFilm, params: FilmParams = {}): Judgement {
  return { refused: { code, params } };
}
