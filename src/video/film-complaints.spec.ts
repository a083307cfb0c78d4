import { complaintsOf, judgeRun } from './film-complaints.js';

const of = (code: number, stderr: string, pictures?: number): string => {
  try {
    judgeRun({ code, stderr }, pictures);
    return 'well';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('what ffmpeg says', () => {
  it('is read without paths and without what is harmless', () => {
    expect(
      complaintsOf(
        '[mov @ 0x1] [error] Referenced QT chapter track not found\n[h264 @ 0x2] [error] bad file:/tmp/a/source here\n[info] fine',
      ),
    ).toEqual(['bad source here']);
  });

  it('is judged by its words, as it ends well on broken input', () => {
    const broken = '[h264 @ 0x2] [error] error while decoding MB 1 2\n';
    expect(of(0, '')).toBe('well');
    expect(of(0, broken.repeat(3), 100)).toBe('well');
    expect(of(0, broken.repeat(7), 100)).toBe('film-damaged');
    expect(of(0, broken.repeat(7), 10_000)).toBe('well');
    expect(of(1, '[mov @ 0x1] [error] moov atom not found')).toBe('film-broken-off');
    expect(of(1, '[png @ 0x1] [error] Codec (ffv1) not on whitelist')).toBe('film-codec');
  });

  it('tells a server that is short of something from a file at fault', () => {
    expect(of(1, 'av_interleaved_write_frame(): No space left on device')).toBe('film-no-room');
    expect(of(137, '')).toBe('film-broke');
    expect(of(153, '')).toBe('film-broke');
    expect(of(152, '')).toBe('film-too-slow');
    expect(of(1, '[error] Cannot allocate memory')).toBe('film-broke');
  });
});
