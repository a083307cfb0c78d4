/** How the sound of a film is cut, in seconds: what another sound of the same film is cut like. */
export interface SoundCut {
  /** When it begins on the film's own clock, the silence before the first packet of AAC included. */
  readonly startSeconds: number;
  /** Least length of a segment. */
  readonly segmentSeconds: number;
}

/** Seconds that AAC needs to warm up, before its first sound. */
export const WARM_UP = 1024 / 24_000;
/** A thousandth less than a segment: ffmpeg ends it at the first packet that reaches so far. */
const LEAST = 0.001;

/**
 * Reads how a sound is cut.
 *
 * @param playlist its media playlist
 * @param init its initialisation, whose edit list says how late it begins
 */
export function soundCut(playlist: string, init: Uint8Array): SoundCut {
  const lengths = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, seconds]) => Number(seconds));
  const [first = 0] = lengths;
  return {
    startSeconds: emptySeconds(Buffer.from(init)) + WARM_UP,
    // A sound of one segment has none to end.
    segmentSeconds: lengths.length > 1 ? first - LEAST : first + 1,
  };
}

/** Seconds of nothing that the edit list of an MP4 begins with (ISO 14496-12, 8.6.6: a media time of -1). */
function emptySeconds(init: Buffer): number {
  const [header, list] = [init.indexOf('mvhd'), init.indexOf('elst')];
  if (header < 0 || list < 0) return 0;
  const timescale = init.readUInt32BE(header + (init[header + 4] === 1 ? 24 : 16));
  const isLong = init[list + 4] === 1;
  if (init.readUInt32BE(list + 8) === 0 || timescale === 0) return 0;
  const length = isLong ? Number(init.readBigUInt64BE(list + 12)) : init.readUInt32BE(list + 12);
  const mediaTime = isLong ? Number(init.readBigInt64BE(list + 20)) : init.readInt32BE(list + 16);
  return mediaTime === -1 ? length / timescale : 0;
}
