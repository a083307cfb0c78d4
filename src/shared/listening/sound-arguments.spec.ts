import {
  breaksOff,
  complaintOf,
  encodeArguments,
  gainFor,
  measureArguments,
  measuredLufs,
  measuredMs,
  soundFormat,
} from './sound-arguments.js';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (each) => each.charCodeAt(0));

describe('a sound', () => {
  it.each([
    ['RIFF\x10\x00\x00\x00WAVEfmt ', 'wav'],
    ['RIFF\x10\x00\x00\x00AVI LIST', undefined],
    ['OggS\x00\x02', 'ogg'],
    ['fLaC\x00', 'flac'],
    ['\x1aE\xdf\xa3\x9f', 'matroska'],
    ['\x00\x00\x00\x20ftypM4A ', 'mov'],
    ['ID3\x04\x00', 'mp3'],
    ['\xff\xfb\x90\x00', 'mp3'],
    ['\xff\xf1\x50\x80', 'aac'],
    ['\xff\xf9\x50\x80', 'aac'],
    ['\xff\xd8\xff\xe0', undefined],
    ['#EXTM3U\nfile:///etc/passwd', undefined],
    ['ffconcat version 1.0\nfile x', undefined],
    ['PK\x03\x04', undefined],
    ['<svg', undefined],
    ['', undefined],
  ])('is told by its first bytes: %j is %s', (head, format) => expect(soundFormat(bytes(head))).toBe(format));

  it('is opened by the reader of its kind alone, from this file alone', () => {
    for (const args of [
      measureArguments('/tmp/x', 'wav'),
      encodeArguments('/tmp/x', 'wav', '/tmp/y', { gainDb: 3 }),
    ]) {
      expect(args.slice(args.indexOf('-protocol_whitelist'), args.indexOf('-i') + 2)).toEqual([
        ...['-protocol_whitelist', 'file', '-f', 'wav', '-i', 'file:/tmp/x'],
      ]);
    }
    expect(encodeArguments('/tmp/x', 'wav', '/tmp/y', { gainDb: 3 }).join(' ')).toMatch(
      /-b:a 32000 .*-ac 1 .*-map_metadata -1/,
    );
  });
});

describe('what ffmpeg prints', () => {
  it('gives loudness and length', () => {
    expect(
      measuredLufs(
        '[info] Summary:\n\n  Integrated loudness:\n    I:         -21.9 LUFS\n    Threshold: -31 LUFS',
      ),
    ).toBe(-21.9);
    expect(measuredLufs('    I:         -inf LUFS')).toBe(-Infinity);
    expect(measuredLufs('nothing')).toBeUndefined();
    expect(measuredMs('time=00:00:01.00 x\rsize= time=00:02:03.45 bitrate')).toBe(123_450);
    expect(measuredMs('')).toBe(0);
  });

  it('tells a file that breaks off from one whose head only guesses', () => {
    const head = '  Duration: 00:00:10.00, bitrate';
    expect(breaksOff(head, 'mov', 4000)).toBe(true);
    expect(breaksOff(head, 'mov', 9500)).toBe(false);
    expect(breaksOff(head, 'mp3', 4000)).toBe(false);
    expect(breaksOff('  Duration: N/A', 'matroska', 4000)).toBe(false);
    expect(breaksOff('  Duration: 00:10:00.00', 'mov', 181_000)).toBe(false);
  });

  it('gives its first complaint without our paths', () => {
    expect(
      complaintOf(
        '[info] Input #0\n[mov,mp4 @ 0x55] [error] moov atom not found\n[error] file:/tmp/a/b: Invalid',
      ),
    ).toBe('moov atom not found');
    expect(complaintOf('[error] file:/tmp/qafila-sound-x/taken: Invalid data')).toBe('taken: Invalid data');
    expect(complaintOf('[info] all is well\n[warning] a little odd')).toBeUndefined();
  });
});

describe('the gain', () => {
  it('brings a voice to -18 LUFS, and makes no hiss of a whisper', () => {
    expect(gainFor(-18)).toBe(0);
    expect(gainFor(-30)).toBe(12);
    expect(gainFor(-10)).toBe(-8);
    expect(gainFor(-54)).toBe(30);
  });
});
