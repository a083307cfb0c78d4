import { FilmFailed, FilmRefused } from './film.errors.js';
import { type FilmOutcome } from './film-process.js';

/** Signals as a shell answers them: written too much, worked too long. */
const [SIGXFSZ, SIGXCPU] = [128 + 25, 128 + 24];
/** Broken pictures that a film may have: telephones write one or two at a cut. */
const FORGIVEN = { least: 6, share: 0.02 };

/** Lines that ffmpeg calls errors and that say nothing of picture and sound. */
const HARMLESS = [
  /Referenced QT chapter track not found/,
  /Unsupported codec with id|Could not find codec parameters/,
  /non monotonically increasing dts|Packet corrupt|DTS .* out of order/,
  /Codec \(\S+\) not on whitelist/,
];

/** Lines of level error and worse, without their paths. */
export function complaintsOf(stderr: string): string[] {
  return stderr
    .split('\n')
    .map((line) => /^(?:\[[^\]]*\] )*\[(?:error|fatal|panic)\] ?(.*)$/.exec(line.trim())?.[1]?.trim() ?? '')
    .filter((line) => line !== '' && !HARMLESS.some((each) => each.test(line)))
    .map((line) => line.replaceAll(/(?:file:)?\/\S*\//g, ''));
}

/**
 * What a run says about the file or the server. ffmpeg ends well on much broken input, so it is judged by what it said.
 *
 * @param pictures that were to be read; so many broken ones are forgiven
 * @throws FilmFailed where the server is short of something, FilmRefused where the file is at fault
 */
export function judgeRun({ code, stderr }: Pick<FilmOutcome, 'code' | 'stderr'>, pictures = 0): void {
  const said = complaintsOf(stderr);
  const all = said.join('\n');
  if (/No space left on device|Disk quota exceeded/.test(stderr)) throw new FilmFailed('no-room');
  if (code === SIGXCPU) throw new FilmFailed('too-slow');
  if (code === SIGXFSZ || /Cannot allocate memory|File too large/.test(stderr))
    throw new FilmFailed('broke', said[0] ?? 'limits');
  if (/moov atom not found|EBML header parsing failed|End of file|partial file/i.test(all) && code !== 0)
    throw new FilmRefused('broken-off');
  const [, codec] = /Codec \(([\w.-]{1,20})\) not on whitelist/.exec(stderr) ?? [];
  if (codec !== undefined && code !== 0) throw new FilmRefused('codec', { codec });
  const forgiven = Math.max(FORGIVEN.least, FORGIVEN.share * pictures);
  if (code !== 0 && code < 128) throw new FilmRefused('damaged', { why: shortened(said[0]) });
  if (code !== 0) throw new FilmFailed('broke', `code ${code}, ${said[0] ?? ''}`);
  if (said.length > forgiven) throw new FilmRefused('damaged', { why: shortened(said[0]) });
}

function shortened(line: string | undefined): string {
  return (line ?? 'ffmpeg').slice(0, 160);
}
