/** Bytes of one recording as it is sent. */
export const SOUND_BYTES = 10 * 1024 * 1024;
/** Milliseconds of the longest and the shortest recording. */
export const LONGEST_MS = 180_000;
export const SHORTEST_MS = 500;
/** Loudness that every recording is brought to, in LUFS; speech on a phone's small loudspeaker. */
export const TARGET_LUFS = -18;
/** Below it nothing is heard but the room, in LUFS. */
export const SILENCE_LUFS = -55;
/** Decibels that are added at most: more makes hiss of a whisper. */
export const MOST_GAIN_DB = 30;
/** Bits a second, and samples a second, of what is kept. */
const BITRATE = 32_000;
const RATE = 24_000;

/** What the first bytes say a file is: the reader of ffmpeg that alone may open it. */
export type SoundFormat = 'matroska' | 'mov' | 'mp3' | 'wav' | 'ogg' | 'flac' | 'aac';

/** Tells a sound by its first bytes; names and types that came with it say nothing. */
export function soundFormat(head: Uint8Array): SoundFormat | undefined {
  const text = (from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));
  const [first = 0, second = 0] = head;
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WAVE') return 'wav';
  if (text(0, 4) === 'OggS') return 'ogg';
  if (text(0, 4) === 'fLaC') return 'flac';
  if (text(0, 4) === '\x1aE\xdf\xa3') return 'matroska';
  if (text(4, 8) === 'ftyp') return 'mov';
  if (text(0, 3) === 'ID3') return 'mp3';
  if (first !== 0xff) return undefined;
  // Both begin with the same eleven bits; AAC has the layer bits at zero, MP3 has not.
  if ((second & 0xf6) === 0xf0) return 'aac';
  return (second & 0xe0) === 0xe0 && (second & 0x06) !== 0 ? 'mp3' : undefined;
}

/** Only this file, by this reader, and no other address that the file may name. */
function input(file: string, format: SoundFormat): string[] {
  return [
    '-hide_banner',
    '-nostdin',
    '-y',
    '-protocol_whitelist',
    'file',
    '-f',
    format,
    '-i',
    `file:${file}`,
  ];
}

/** The first sound alone, and a second more than is taken: enough to see that it goes on. */
function soundOnly(longestMs: number): string[] {
  return ['-map', '0:a:0', '-vn', '-sn', '-dn', '-t', String((longestMs + 1000) / 1000)];
}

/** Arguments that read a sound to its end and measure how loud it is. */
export function measureArguments(file: string, format: SoundFormat, longestMs = LONGEST_MS): string[] {
  const measure = ['-af', 'ebur128=framelog=verbose', '-f', 'null', '-'];
  return ['-loglevel', 'level+info', ...input(file, format), ...soundOnly(longestMs), ...measure];
}

/** Arguments that make the file that is kept: mono AAC, as loud as all the others, without names, places and dates. */
export function encodeArguments(
  file: string,
  format: SoundFormat,
  out: string,
  { gainDb, longestMs = LONGEST_MS }: { gainDb: number; longestMs?: number },
): string[] {
  const filter = `highpass=f=70,volume=${gainDb.toFixed(1)}dB,alimiter=limit=0.84:level=false`;
  return [
    ...['-loglevel', 'level+error', ...input(file, format), ...soundOnly(longestMs), '-af', filter],
    ...['-c:a', 'aac', '-b:a', String(BITRATE), '-ar', String(RATE), '-ac', '1'],
    ...[
      '-fflags',
      '+bitexact',
      '-flags',
      '+bitexact',
      '-map_metadata',
      '-1',
      '-map_chapters',
      '-1',
      '-threads',
      '1',
    ],
    ...['-movflags', '+faststart', '-f', 'mp4', out],
  ];
}

/** Decibels that bring a sound to the common loudness. */
export function gainFor(lufs: number): number {
  return Math.min(MOST_GAIN_DB, TARGET_LUFS - lufs);
}

/** Loudness in LUFS that a measuring run has summed up; -70 and less for silence, undefined when there is no sum. */
export function measuredLufs(output: string): number | undefined {
  const printed = [...output.matchAll(/\bI:\s+(-?inf|-?\d+(?:\.\d+)?) LUFS/g)].at(-1)?.[1];
  if (printed === undefined) return undefined;
  return printed.endsWith('inf') ? -Infinity : Number(printed);
}

/** Milliseconds that a measuring run has read to its end. */
export function measuredMs(output: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] =
    [...output.matchAll(/time=(\d+):(\d+):(\d+\.\d+)/g)].at(-1) ?? [];
  return Math.round(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
}

/** Formats whose head says how long the sound is; the others only let it be guessed. */
const SAYS_ITS_LENGTH = new Set<SoundFormat>(['mov', 'matroska']);
/** Milliseconds, and share, by which a head may be wrong. */
const TOLERATED = { ms: 500, share: 0.1 };

/** True when a file breaks off: its head promises more than was there to read. */
export function breaksOff(
  output: string,
  format: SoundFormat,
  readMs: number,
  longestMs = LONGEST_MS,
): boolean {
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):(\d+\.\d+)/.exec(output) ?? [];
  if (!SAYS_ITS_LENGTH.has(format) || hours === undefined || readMs >= longestMs) return false;
  const promisedMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return promisedMs - readMs > Math.max(TOLERATED.ms, promisedMs * TOLERATED.share);
}

/** What ffmpeg complained of, in its own words without its paths; undefined when it did not. */
export function complaintOf(output: string): string | undefined {
  const line = output
    .split('\n')
    .map((each) => /^(?:\[[^\]]*\] )*\[(?:error|fatal)\] ?(.*)$/.exec(each.trim())?.[1]?.trim() ?? '')
    .find((each) => each !== '');
  return line?.replaceAll(/(?:file:)?\/\S*\//g, '').slice(0, 160);
}
