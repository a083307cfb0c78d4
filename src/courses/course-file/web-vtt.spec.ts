import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCaptions, shownCaptions, writtenCaptions } from './web-vtt.js';

const COURSES = fileURLToPath(new URL('../../../courses', import.meta.url));
const committed = readdirSync(COURSES, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.vtt'),
);
const RULES = { durationMs: 10_000, count: 2 };
const GOOD = `WEBVTT

1
00:00:01.000 --> 00:00:02.500
Voici Salma.

00:03.000 --> 00:04.000
Elle tisse &amp; elle vend
ses tapis.`;

describe('captions that somebody edits', () => {
  it('reads times with and without hours, rows and what stands for signs', () => {
    expect(readCaptions(GOOD, RULES)).toEqual({
      cues: [
        { startMs: 1000, endMs: 2500, text: 'Voici Salma.' },
        { startMs: 3000, endMs: 4000, text: 'Elle tisse & elle vend ses tapis.' },
      ],
      problems: [],
    });
  });

  it.each([
    ['no head', 'WEBVTT', 'WEB', 'vtt-header', 1],
    ['no time', '00:03.000 --> 00:04.000', '00:03 --> 00:04', 'vtt-time', 7],
    ['times that run backwards', '00:03.000 --> 00:04.000', '00:04.000 --> 00:03.000', 'vtt-order', 7],
    ['captions over each other', '00:03.000', '00:02.000', 'vtt-order', 7],
    ['a caption after the end', '00:04.000', '00:11.000', 'vtt-late', 7],
    ['a caption without words', 'Voici Salma.', '', 'vtt-empty', 4],
    ['marks', 'Voici', '<b>Voici</b>', 'vtt-markup', 5],
    ['a bare &', '&amp;', '&', 'vtt-markup', 8],
    ['a long caption', 'Voici', 'Voici '.repeat(20), 'vtt-long', 5],
    ['settings and styles', 'WEBVTT\n', 'WEBVTT\n\nSTYLE\n::cue { color: red }\n', 'vtt-time', 4],
    ['a caption too few', 'Voici Salma.\n\n00:03.000 --> 00:04.000\n', 'Voici Salma.\n', 'vtt-count', 1],
  ])('refuses %s', (_what, from, to, code, line) => {
    expect(readCaptions(GOOD.replace(from, to), RULES).problems[0]).toMatchObject({ code, line });
  });

  it('refuses a caption that is gone before it can be read, where its times are free', () => {
    const words = 'Elle tisse et elle vend ses tapis.';
    const at = (end: string): string => `WEBVTT\n\n00:01.000 --> ${end}\n${words}\n`;
    const free = { durationMs: 10_000 };
    expect(readCaptions(at('00:02.000'), free).problems).toEqual([
      { line: 3, code: 'vtt-fast', params: { line: 3, have: 1, need: 1.4 } },
    ]);
    expect(readCaptions(at('00:02.400'), free).problems).toEqual([]);
    // As long as a voice says it.
    expect(readCaptions(at('00:02.000'), { ...free, count: 1 }).problems).toEqual([]);
  });

  it('marks rows of Arabic for players, shows none of the marks, and changes nothing that nobody changed', () => {
    const typed = 'WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nهذه سلمى.\r\nتنسج.\r\n';
    const written = writtenCaptions(typed, 'ar');
    expect(written).toBe('WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n\u200Fهذه سلمى.\n\u200Fتنسج.\n');
    expect(shownCaptions(written)).not.toContain('\u200F');
    expect(writtenCaptions(shownCaptions(written), 'ar')).toBe(written);
  });

  it.each(committed)('takes what is committed as it is: %s', (path) => {
    const vtt = readFileSync(join(COURSES, path), 'utf8');
    expect(writtenCaptions(shownCaptions(vtt), path.endsWith('.ar.vtt') ? 'ar' : 'fr')).toBe(vtt);
    const count = vtt.match(/-->/g)?.length ?? 0;
    expect(readCaptions(vtt, { durationMs: 150_000, count }).problems).toEqual([]);
  });
});
