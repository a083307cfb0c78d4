import { clockTime, containerOf, judge, judgeLengths, type Probe, type ProbedStream } from './film-probe.js';

const VIDEO: ProbedStream = {
  ...{ index: 0, codec_type: 'video', codec_name: 'h264', width: 1920, height: 1080 },
  ...{ avg_frame_rate: '30/1', r_frame_rate: '30/1', duration: '70.0' },
};
const AUDIO: ProbedStream = { index: 1, codec_type: 'audio', codec_name: 'aac', channels: 2 };
const MOV = { container: 'mov', bytes: 1000 } as const;

const file = (video: Partial<ProbedStream> = {}, format: Probe['format'] = {}): Probe => ({
  format: { format_name: 'mov,mp4,m4a,3gp,3g2,mj2', duration: '70.0', ...format },
  streams: [{ ...VIDEO, ...video }, AUDIO],
});
const refusal = (probe: Probe, about: Parameters<typeof judge>[1] = MOV): object | undefined =>
  judge(probe, about).refused;

describe('a file', () => {
  it.each([
    ['....ftypisom', 'mov'],
    ['....ftypqt  ', 'mov'],
    ['....moov....', 'mov'],
    ['\x1aE\xdf\xa3........', 'matroska'],
    ['....ftypavif', undefined],
    ['....ftypheic', undefined],
    ['\x89PNG\r\n\x1a\n....', undefined],
    ['#EXTM3U\n#EXTINF', undefined],
    ['ffconcat version', undefined],
    ['RIFF....AVI ', undefined],
    ['', undefined],
  ])('is told by its first bytes: %j is %s', (head, container) => {
    expect(containerOf(Buffer.from(head, 'latin1'))).toBe(container);
  });

  it('becomes a plan of the picture as it is seen', () => {
    const { plan } = judge(file({ side_data_list: [{ rotation: -90 }] }), MOV);
    expect(plan?.video).toMatchObject({ index: 0, width: 1080, height: 1920, isHdr: false });
    expect(plan).toMatchObject({ audio: { index: 1 }, promisedMs: 70_000 });
    const wide = judge(file({ width: 720, height: 576, sample_aspect_ratio: '64:45' }), MOV).plan;
    expect(wide?.video).toMatchObject({ width: 1024, height: 576 });
    expect(judge(file({ color_transfer: 'arib-std-b67' }), MOV).plan?.video.isHdr).toBe(true);
  });

  it.each<[string, Probe, object]>([
    ['a sound', { ...file(), streams: [AUDIO] }, { code: 'no-picture' }],
    ['a sound with a cover', file({ disposition: { attached_pic: 1 } }), { code: 'no-picture' }],
    ['another container', file({}, { format_name: 'hls' }), { code: 'not-video' }],
    ['a codec we do not read', file({ codec_name: 'ffv1' }), { code: 'codec', params: { codec: 'ffv1' } }],
    ['nothing', {}, { code: 'not-video' }],
    [
      '31 minutes',
      file({}, { duration: '1860' }),
      { code: 'too-long', params: { length: '31:00', minutes: 30 } },
    ],
    ['a giant', file({ width: 16_000, height: 900 }), { code: 'too-many-pixels' }],
    ['a square giant', file({ width: 8000, height: 8000 }), { code: 'too-many-pixels' }],
    ['a dot', file({ width: 16, height: 16 }), { code: 'too-small' }],
    ['no size', file({ width: 0, height: 0 }), { code: 'too-small' }],
    ['a ribbon', file({ width: 3000, height: 100 }), { code: 'stretched' }],
  ])('is refused: %s', (_, probe, reason) => {
    expect(refusal(probe)).toMatchObject(reason);
  });

  it('is refused above 500 MB', () => {
    expect(refusal(file(), { container: 'mov', bytes: 500 * 1024 * 1024 + 1 })).toMatchObject({
      code: 'too-large',
    });
    expect(refusal(file(), { container: 'mov', bytes: 500 * 1024 * 1024 })).toBeUndefined();
  });

  it('is refused when less is there than it promises, with both times', () => {
    const { plan } = judge(file(), MOV);
    if (!plan) throw new Error('no plan');
    const of = (videoMs: number, pictures = 100): unknown =>
      judgeLengths(plan, { pictures, videoMs, audioMs: 0 })?.refused;
    expect(of(41_300)).toEqual({ code: 'cut', params: { at: '0:41', of: '1:10' } });
    expect(of(69_000)).toBeUndefined();
    expect(of(70_000, 0)).toEqual({ code: 'no-picture', params: {} });
    expect(of(31 * 60_000)).toMatchObject({ code: 'too-long' });
    expect([clockTime(0), clockTime(3_723_000)]).toEqual(['0:00', '1:02:03']);
  });
});
