/** A caption as somebody edits it: its times as they are written, its words with their rows and without stand-ins for signs. */
export interface EditedCue {
  /** The number or name above its times; empty for none. */
  readonly id: string;
  start: string;
  end: string;
  words: string;
}

const HEAD = /^WEBVTT([ \t].*)?$/;
const TIMES = /^(\S+) --> (\S+)$/;
const TIME = /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})$/;

/** Captions one by one; undefined where a list would lose something: no captions, a note, settings. */
export function cuesOf(vtt: string): EditedCue[] | undefined {
  const [head = '', ...blocks] = vtt.trimEnd().split(/\n{2,}/);
  if (head !== 'WEBVTT' || !HEAD.test(head)) return undefined;
  const cues: EditedCue[] = [];
  for (const block of blocks) {
    const rows = block.split('\n');
    const at = rows[0]?.includes('-->') ? 0 : 1;
    const times = TIMES.exec(rows[at] ?? '');
    if (!times) return undefined;
    const [, start = '', end = ''] = times;
    cues.push({
      ...{ id: at === 1 ? (rows[0] ?? '') : '', start, end },
      words: rows
        .slice(at + 1)
        .map(decoded)
        .join('\n'),
    });
  }
  return cues;
}

/** The same as WebVTT; numbers above the times stay numbers in their order. `lines`: where each begins, from 1. */
export function vttOf(cues: readonly EditedCue[]): { vtt: string; lines: readonly number[] } {
  const isNumbered = cues.some(({ id }) => /^\d+$/.test(id));
  const lines: number[] = [];
  let line = 3;
  const blocks = cues.map(({ id, start, end, words }, index) => {
    const name = isNumbered && (id === '' || /^\d+$/.test(id)) ? String(index + 1) : id;
    // An empty row would end the caption.
    const rows = words
      .split('\n')
      .filter((row) => row.trim() !== '')
      .map(encoded);
    const block = [...(name === '' ? [] : [name]), `${start} --> ${end}`, ...rows];
    lines.push(line);
    line += block.length + 1;
    return block.join('\n');
  });
  return { vtt: cues.length === 0 ? '' : ['WEBVTT', ...blocks].join('\n\n'), lines };
}

/** Milliseconds of a time; undefined for what is none. */
export function msOf(time: string): number | undefined {
  const [, hours = '0', minutes, seconds, ms] = TIME.exec(time.trim()) ?? [];
  if (minutes === undefined) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
}

/** A time as it is written, with hours where its neighbours have them. */
export function timeOf(ms: number, withHours: boolean): string {
  const whole = Math.max(0, Math.round(ms));
  const part = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0');
  const hours = withHours || whole >= 3_600_000 ? `${part(whole / 3_600_000, 2)}:` : '';
  return `${hours}${part((whole / 60_000) % 60, 2)}:${part((whole / 1000) % 60, 2)}.${part(whole % 1000, 3)}`;
}

function decoded(row: string): string {
  return row.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function encoded(row: string): string {
  return row
    .replace(/&(?!nbsp;|lrm;|rlm;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
