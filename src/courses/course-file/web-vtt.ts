/** Something in captions that no player would show as meant: its line (from 1), and the code of the sentence. */
export interface CaptionProblem {
  readonly line: number;
  readonly code:
    | 'vtt-header'
    | 'vtt-time'
    | 'vtt-order'
    | 'vtt-late'
    | 'vtt-empty'
    | 'vtt-long'
    | 'vtt-fast'
    | 'vtt-markup'
    | 'vtt-count';
  readonly params: Readonly<Record<string, string | number>>;
}

/** A caption and when it stands, in milliseconds. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  /** Its words, rows joined. */
  readonly text: string;
}

/** What captions must fit. */
export interface CaptionRules {
  readonly durationMs: number;
  /** Captions that there must be, one for each line that is spoken, as long as it is said; unset: any number, slow enough to be read. */
  readonly count?: number;
  /** Lines before the first that their author sees; default none. */
  readonly before?: number;
}

/** Characters of a caption: two rows of 42. */
const CAPTION_MAX = 84;
/** Characters a second that can just be read; speech has some 15. */
export const FASTEST_READING = 25;
const TIMES = /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3}) --> (?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})$/;
/** Makes a row read right to left in a player that does not look at the text's own direction. */
const RTL_MARK = '\u200F';

/** Captions as somebody edits them: without marks that cannot be seen. */
export function shownCaptions(vtt: string): string {
  return vtt.replaceAll('\r\n', '\n').replaceAll(RTL_MARK, '').trimEnd();
}

/** Captions as a player needs them, of what somebody typed: one line end, rows of Arabic marked as such. */
export function writtenCaptions(typed: string, lang: 'fr' | 'ar'): string {
  const blocks = shownCaptions(typed)
    .trimStart()
    .split(/\n{2,}/);
  const marked = blocks.map((block) => (lang === 'ar' ? markRows(block) : block));
  return `${marked.join('\n\n')}\n`;
}

function markRows(block: string): string {
  const rows = block.split('\n');
  const times = rows.findIndex((row) => row.includes('-->'));
  return rows.map((row, at) => (times >= 0 && at > times && row !== '' ? RTL_MARK + row : row)).join('\n');
}

/** Reads captions and says all that is wrong in them. */
export function readCaptions(
  vtt: string,
  { durationMs, count, before = 0 }: CaptionRules,
): { cues: Cue[]; problems: CaptionProblem[] } {
  const problems: CaptionProblem[] = [];
  const cues: Cue[] = [];
  const wrong = (at: number, code: CaptionProblem['code'], params: CaptionProblem['params'] = {}): void => {
    const line = Math.max(1, at - before);
    problems.push({ line, code, params: { ...params, line } });
  };
  const blocks = blocksOf(shownCaptions(vtt));
  const [head] = blocks;
  if (!head || !/^WEBVTT([ \t].*)?$/.test(head.rows[0] ?? '')) wrong(1, 'vtt-header');
  for (const { line, rows } of blocks.slice(1)) {
    if (/^NOTE\b/.test(rows[0] ?? '')) continue;
    const at = rows[0]?.includes('-->') ? 0 : 1;
    const times = TIMES.exec(rows[at] ?? '');
    if (!times) {
      wrong(line + Math.min(at, rows.length - 1), 'vtt-time');
      continue;
    }
    const [startMs, endMs] = [instant(times.slice(1, 5)), instant(times.slice(5, 9))];
    const words = rows.slice(at + 1);
    if (endMs <= startMs || startMs < (cues.at(-1)?.endMs ?? 0)) wrong(line + at, 'vtt-order');
    if (endMs > durationMs) wrong(line + at, 'vtt-late', { seconds: Math.floor(durationMs / 1000) });
    const text = decoded(words.join(' ').trim());
    if (text === '') wrong(line + at, 'vtt-empty');
    if (words.some((row) => /[<>]|&(?!amp;|lt;|gt;|nbsp;|lrm;|rlm;)/.test(row)))
      wrong(line + at + 1, 'vtt-markup');
    if ([...text].length > CAPTION_MAX)
      wrong(line + at + 1, 'vtt-long', { have: [...text].length, max: CAPTION_MAX });
    const least = (Math.ceil(([...text].length / FASTEST_READING) * 10) / 10) * 1000;
    if (count === undefined && endMs > startMs && endMs - startMs < least)
      wrong(line + at, 'vtt-fast', { have: (endMs - startMs) / 1000, need: least / 1000 });
    cues.push({ startMs, endMs, text });
  }
  if (problems.length === 0 && count !== undefined && cues.length !== count)
    wrong(1, 'vtt-count', { have: cues.length, need: count });
  return { cues, problems };
}

/** Lines that stand together, and where they begin. */
function blocksOf(vtt: string): { line: number; rows: string[] }[] {
  const blocks: { line: number; rows: string[] }[] = [];
  let isOpen = false;
  for (const [index, row] of vtt.split('\n').entries()) {
    if (row.trim() === '') isOpen = false;
    else if (isOpen) blocks.at(-1)?.rows.push(row);
    else isOpen = blocks.push({ line: index + 1, rows: [row] }) > 0;
  }
  return blocks;
}

function instant([hours = '0', minutes, seconds, ms]: readonly (string | undefined)[]): number {
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(ms);
}

function decoded(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replace(/&(lrm|rlm);/g, '')
    .replaceAll('&amp;', '&');
}
