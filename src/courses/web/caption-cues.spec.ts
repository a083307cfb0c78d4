import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shownCaptions } from '../course-file/web-vtt.js';
import { cuesOf, msOf, timeOf, vttOf } from './browser/captions/cues.js';

const COURSES = fileURLToPath(new URL('../../../courses', import.meta.url));
const committed = readdirSync(COURSES, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.vtt'),
);

describe('captions as a list', () => {
  it('are the same text when nobody changed anything, in every committed course', () => {
    for (const path of committed) {
      const vtt = shownCaptions(readFileSync(join(COURSES, path), 'utf8'));
      expect([path, vttOf(cuesOf(vtt) ?? []).vtt]).toEqual([path, vtt]);
    }
    expect(committed.length).toBeGreaterThan(10);
  });

  it('are numbered anew where they are numbered, keep their rows and say where each begins', () => {
    const cues =
      cuesOf('WEBVTT\n\n1\n00:01.000 --> 00:02.000\nA &amp; B\nC &lt; D\n\n2\n00:03.000 --> 00:04.000\nE') ??
      [];
    expect(cues[0]).toEqual({ id: '1', start: '00:01.000', end: '00:02.000', words: 'A & B\nC < D' });
    const come = { id: '', start: '00:02.000', end: '00:03.000', words: 'neu\n\n<' };
    expect(vttOf([...cues.slice(0, 1), come, ...cues.slice(1)])).toEqual({
      vtt: 'WEBVTT\n\n1\n00:01.000 --> 00:02.000\nA &amp; B\nC &lt; D\n\n2\n00:02.000 --> 00:03.000\nneu\n&lt;\n\n3\n00:03.000 --> 00:04.000\nE',
      lines: [3, 8, 13],
    });
    expect(vttOf([]).vtt).toBe('');
  });

  it.each([
    ['nothing', ''],
    ['no head', '00:01.000 --> 00:02.000\nA'],
    ['a note', 'WEBVTT\n\nNOTE of the author\n\n00:01.000 --> 00:02.000\nA'],
    ['settings', 'WEBVTT\n\n00:01.000 --> 00:02.000 align:left\nA'],
    ['something after the head', 'WEBVTT\nX: 1\n\n00:01.000 --> 00:02.000\nA'],
  ])('are no list where one would lose something: %s', (_what, vtt) => {
    expect(cuesOf(vtt)).toBeUndefined();
  });

  it('have times that can be counted with', () => {
    expect([msOf('01:02.300'), msOf('01:00:02.030'), msOf('1:02'), msOf('00:61.000')]).toEqual([
      62_300,
      3_602_030,
      undefined,
      undefined,
    ]);
    expect([
      timeOf(62_300, false),
      timeOf(62_300, true),
      timeOf(3_602_030, false),
      timeOf(-5, false),
    ]).toEqual(['01:02.300', '00:01:02.300', '01:00:02.030', '00:00.000']);
  });
});
