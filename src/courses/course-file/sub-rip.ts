/** Captions that somebody typed or chose a file of, as WebVTT. */
export interface TypedCaptions {
  readonly vtt: string;
  /** Lines that stand before the first of what was typed: a line of `vtt` less these is a line that its author sees. */
  readonly before: number;
}

const HEAD = 'WEBVTT\n\n';
/** Times of SubRip: a comma before the milliseconds, hours of one digit or two, a place on the screen after them. */
const TIMES =
  /^\s*(\d{1,2}):([0-5]?\d):([0-5]?\d)[,.](\d{1,3})\s*-+>\s*(\d{1,2}):([0-5]?\d):([0-5]?\d)[,.](\d{1,3})(?:\s.*)?$/;
/** Slants, colours and places, which some programs write into the words. Bounded: what is never closed is not sought to the end. */
const MARKS = /<\/?(?:i|b|u|s|font)(?:\s[^>]{0,200})?>|\{\\[^}]{0,200}\}/gi;

/** WebVTT of what somebody typed in WebVTT or in SubRip (SRT); lines stay lines, so that an error can name its own. */
export function typedCaptions(typed: string): TypedCaptions {
  const text = typed
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n');
  if (!isSubRip(text)) return { vtt: text, before: 0 };
  return { vtt: HEAD + text.split('\n').map(vttLine).join('\n'), before: HEAD.split('\n').length - 1 };
}

/** By its content: no head of WebVTT, and times with a comma. */
function isSubRip(text: string): boolean {
  return !/^\s*WEBVTT/.test(text) && /^[ \t]{0,40}\d{1,2}:\d{1,2}:\d{1,2},\d{1,3}[ \t]{0,40}-+>/m.test(text);
}

function vttLine(line: string): string {
  const times = TIMES.exec(line);
  if (times) return `${instant(times.slice(1, 5))} --> ${instant(times.slice(5, 9))}`;
  const words = line.replace(MARKS, '').trimEnd();
  return words
    .replace(/&(?!amp;|lt;|gt;|nbsp;|lrm;|rlm;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function instant([hours = '', minutes = '', seconds = '', ms = '']: readonly (string | undefined)[]): string {
  const [h, m, s] = [hours, minutes, seconds].map((each) => each.padStart(2, '0'));
  return `${h}:${m}:${s}.${ms.padEnd(3, '0')}`;
}
