import { soundCut } from './track-cut.js';

const PLAYLIST = '#EXTM3U\n#EXTINF:6.016000,\n000.m4s\n#EXTINF:2.026667,\n001.m4s\n';

/** Boxes `mvhd` (timescale 1000) and `elst` of an initialisation, with one edit before that of the sound. */
function initWith(length: number, mediaTime: number, version: 0 | 1 = 0): Buffer {
  const header = Buffer.concat([Buffer.from('mvhd'), Buffer.alloc(12), u32(1000)]);
  const edit =
    version === 1 ? [u64(BigInt(length)), u64(BigInt(mediaTime))] : [u32(length), u32(mediaTime >>> 0)];
  return Buffer.concat([
    header,
    Buffer.from('elst'),
    Buffer.from([version, 0, 0, 0]),
    u32(2),
    ...edit,
    Buffer.alloc(16),
  ]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function u64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

describe('the cut of a sound', () => {
  it('begins after its empty edit, in either kind of list, and the warming up of AAC', () => {
    for (const version of [0, 1] as const)
      expect(soundCut(PLAYLIST, initWith(24, -1, version)).startSeconds).toBeCloseTo(
        0.024 + 1024 / 24_000,
        6,
      );
    // An edit that leaves something out is not one that waits.
    expect(soundCut(PLAYLIST, initWith(24, 1024)).startSeconds).toBeCloseTo(1024 / 24_000, 6);
    expect(soundCut(PLAYLIST, Buffer.from('no boxes')).startSeconds).toBeCloseTo(1024 / 24_000, 6);
  });

  it('ends a segment where the film’s own does, and has one where that has one', () => {
    expect(soundCut(PLAYLIST, Buffer.alloc(0)).segmentSeconds).toBeCloseTo(6.015, 6);
    expect(soundCut('#EXTINF:4.5,\n000.m4s\n', Buffer.alloc(0)).segmentSeconds).toBe(5.5);
  });
});
