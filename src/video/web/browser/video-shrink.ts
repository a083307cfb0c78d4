/** Makes a video smaller on the phone, by the coders that the browser has: 480 lines, 30 pictures a second. */
import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  Conversion,
  getFirstEncodableAudioCodec,
  getFirstEncodableVideoCodec,
  Input,
  type InputVideoTrack,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny';

/** Lines of the shorter side. */
const LINES = 480;
const FRAMES = 30;
const VIDEO_BITS = 900_000;
const AUDIO_BITS = 64_000;
/** A file that loses less is not worth the time and the battery. */
const WORTH = 0.8;

interface Plan {
  /** About how many bytes are left. */
  readonly bytes: number;
}

interface Coders {
  readonly video: 'avc' | 'vp9' | 'vp8';
  readonly audio: 'aac' | 'opus' | null;
}

/** @returns undefined when this browser cannot, or it is not worth it */
export async function plan(file: File): Promise<Plan | undefined> {
  const input = open(file);
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track || !(await track.canDecode()) || !(await codersFor(track))) return undefined;
    const bits = VIDEO_BITS + ((await input.getPrimaryAudioTrack()) ? AUDIO_BITS : 0);
    const bytes = Math.round(((await input.computeDuration()) * bits) / 8);
    return bytes < file.size * WORTH ? { bytes } : undefined;
  } finally {
    input.dispose();
  }
}

/**
 * @param progress is told how much is done, 0 to 1
 * @returns an MP4, or a WebM where the browser has no coder for the former
 * @throws when it cannot be done, or `signal` says so
 */
export async function shrink(
  file: File,
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<File> {
  const input = open(file);
  try {
    return await converted(file, input, progress, signal);
  } finally {
    input.dispose();
  }
}

async function converted(
  file: File,
  input: Input,
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<File> {
  const track = await input.getPrimaryVideoTrack();
  const coders = track && (await codersFor(track));
  if (!track || !coders) throw new Error('No coder');
  const isMp4 = coders.video === 'avc';
  const target = new BufferTarget();
  const output = new Output({ format: isMp4 ? new Mp4OutputFormat() : new WebMOutputFormat(), target });
  const conversion = await Conversion.init({
    ...{ input, output, showWarnings: false },
    video: { ...(await sizeOf(track)), codec: coders.video, bitrate: VIDEO_BITS, frameRate: FRAMES },
    audio: coders.audio ? { codec: coders.audio, bitrate: AUDIO_BITS } : { discard: true },
  });
  if (!conversion.isValid || !conversion.utilizedTracks.some((each) => each.isVideoTrack()))
    throw new Error('Cannot be converted');
  // A sound that is there is not lost for the sake of the size.
  if (conversion.discardedTracks.some((each) => each.track.isAudioTrack()))
    throw new Error('The sound would be lost');
  conversion.onProgress = progress;
  const stop = (): void => void conversion.cancel();
  signal.addEventListener('abort', stop);
  try {
    await conversion.execute();
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (!target.buffer) throw new Error('Nothing was made');
  const type = isMp4 ? 'mp4' : 'webm';
  return new File([target.buffer], `${file.name.replace(/\.\w+$/, '')}-480p.${type}`, {
    type: `video/${type}`,
  });
}

function open(file: File): Input {
  return new Input({ source: new BlobSource(file), formats: ALL_FORMATS });
}

/** The shorter side, and what is smaller already stays as it is. */
async function sizeOf(track: InputVideoTrack): Promise<{ width?: number; height?: number }> {
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  if (Math.min(width, height) <= LINES) return {};
  return width < height ? { width: LINES } : { height: LINES };
}

/** H.264 with AAC where the browser writes both, which more programs read; else VP9 or VP8 with Opus. */
async function codersFor(track: InputVideoTrack): Promise<Coders | undefined> {
  const { width = await track.getDisplayWidth(), height = await track.getDisplayHeight() } =
    await sizeOf(track);
  const size = { width, height, bitrate: VIDEO_BITS };
  const sound = { bitrate: AUDIO_BITS };
  const hasAvc = (await getFirstEncodableVideoCodec(['avc'], size)) !== null;
  if (hasAvc && (await getFirstEncodableAudioCodec(['aac'], sound)) !== null)
    return { video: 'avc', audio: 'aac' };
  const video = await getFirstEncodableVideoCodec(['vp9', 'vp8'], size);
  if (video !== 'vp9' && video !== 'vp8') return undefined;
  return { video, audio: (await getFirstEncodableAudioCodec(['opus'], sound)) === null ? null : 'opus' };
}
