import { typedCaptions } from './sub-rip.js';
import { readCaptions, writtenCaptions } from './web-vtt.js';

const SRT = `1
00:00:01,000 --> 00:00:02,500
Voici <i>Salma</i>.

2
0:00:03,5 --> 00:00:05,250 X1:10 X2:20
{\\an8}Elle tisse & elle vend
ses tapis : 3 < 4.
`;
const RULES = { durationMs: 10_000 };

describe('captions that somebody typed', () => {
  it('are WebVTT where they are SubRip, with hours, places, slants and signs', () => {
    expect(readCaptions(typedCaptions(SRT).vtt, RULES)).toEqual({
      cues: [
        { startMs: 1000, endMs: 2500, text: 'Voici Salma.' },
        { startMs: 3500, endMs: 5250, text: 'Elle tisse & elle vend ses tapis : 3 < 4.' },
      ],
      problems: [],
    });
  });

  it('are read in a moment, however they are made to be slow', () => {
    const { user } = process.cpuUsage();
    const times = '00:00:01,000 --> 00:00:02,500\n';
    for (const slow of ['\n'.repeat(500_000), times + '<i '.repeat(150_000), times + '{\\'.repeat(200_000)])
      typedCaptions(slow);
    expect(process.cpuUsage().user - user).toBeLessThan(3_000_000);
  });

  it('are the same, however their lines end, and with a mark of UTF-8 before them', () => {
    const typed = typedCaptions(SRT).vtt;
    for (const end of ['\r\n', '\r'])
      expect(typedCaptions(`\uFEFF${SRT.replaceAll('\n', end)}`).vtt).toBe(typed);
    expect(writtenCaptions(typed, 'ar')).toContain('\u200FVoici Salma.');
  });

  it.each([
    ['times that no player reads', '0:00:03,5 -->', '0:00:3:5 -->', 'vtt-time', 6],
    ['times that run backwards', '00:00:02,500', '00:00:00,500', 'vtt-order', 2],
    ['a caption after the end', '00:00:05,250', '00:01:05,250', 'vtt-late', 6],
    ['a caption without words', 'Voici <i>Salma</i>.', '', 'vtt-empty', 2],
    ['a long caption', 'Voici', 'Voici '.repeat(20), 'vtt-long', 3],
  ])('say the line that their author sees: %s', (_what, from, to, code, line) => {
    const { vtt, before } = typedCaptions(SRT.replace(from, to));
    const [problem] = readCaptions(vtt, { ...RULES, before }).problems;
    expect(problem).toMatchObject({ code, line, params: { line } });
  });

  it('stay as they are where they are WebVTT, or nothing that is known', () => {
    const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\nÀ 10:00:00,5 --> midi\n';
    expect(typedCaptions(vtt)).toEqual({ vtt, before: 0 });
    expect(typedCaptions('Bonjour').vtt).toBe('Bonjour');
    expect(typedCaptions('').vtt).toBe('');
  });
});
