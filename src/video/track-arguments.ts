import { aac, hls } from '../shared/film/hls-output.js';
import { type SoundFormat } from '../shared/listening/sound-arguments.js';
import { AUDIO_DECODERS } from './film-limits.js';
import { type SoundCut } from './track-cut.js';

const DECODERS = Object.values(AUDIO_DECODERS).flat().join(',');

/** As it will be heard; in one format of samples, as others are brought to one channel at another loudness. */
const VOICE = ['aformat=sample_fmts=fltp:channel_layouts=mono', 'highpass=f=70'];

/** This file by this reader, the decoders of sound alone, and no other address that the file may name. */
function input(file: string, format: SoundFormat, level: 'error' | 'info'): string[] {
  return [
    ...['-hide_banner', '-loglevel', `level+${level}`, '-nostdin', '-y'],
    ...['-protocol_whitelist', 'file', '-codec_whitelist', DECODERS],
    ...(format === 'mov' ? ['-enable_drefs', '0', '-use_absolute_path', '0'] : []),
    ...['-f', format, '-i', `file:${file}`, '-map', '0:a:0', '-vn', '-sn', '-dn'],
  ];
}

/** Of ffmpeg: reads a sound, no further than is taken and a second more, and says how loud and how long it is. */
export function trackLoudness(file: string, format: SoundFormat, longestMs: number): string[] {
  const until = ['-t', seconds(longestMs + 1000)];
  const sum = ['-af', `aresample=24000,${VOICE.join(',')},ebur128=framelog=verbose`, '-f', 'null', '-'];
  return [...input(file, format, 'info'), ...until, ...sum];
}

/** What is made of a sound: as long as the film, cut as its own sound, as loud as all films. */
export interface TrackRecipe {
  readonly durationMs: number;
  readonly gainDb: number;
  /** When in the film the sound begins. */
  readonly offsetMs: number;
  readonly cut: SoundCut;
}

/** Of ffmpeg: one playlist of a sound in `folder`, which exists; silence before and after it fills the film. */
export function trackArguments(
  file: string,
  format: SoundFormat,
  folder: string,
  { durationMs, gainDb, offsetMs, cut }: TrackRecipe,
): string[] {
  const filter = [
    // Holes in what a browser records are filled, and its first moment is that of the recording.
    ...['aresample=24000:async=1:first_pts=0', ...VOICE],
    ...[`volume=${gainDb.toFixed(1)}dB`, 'alimiter=limit=0.84:level=false'],
    ...(offsetMs > 0 ? [`adelay=${offsetMs}`] : []),
    'apad',
  ];
  return [
    ...input(file, format, 'error'),
    ...['-af', filter.join(','), '-t', seconds(durationMs), ...aac(), '-threads', '1'],
    ...['-output_ts_offset', cut.startSeconds.toFixed(6), ...hls(folder, cut.segmentSeconds), '-nostats'],
  ];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
