/** Minutes, and milliseconds, of the longest. */
export const FILM_MINUTES = 30;
export const FILM_MS = FILM_MINUTES * 60_000;
/** A file may say half a second more than it shows, and a sound may last so much longer than its film: containers round. */
export const GRACE_MS = 500;
/** Pixels of the longest and of the shortest side. */
export const LONGEST_SIDE = 8192;
export const SHORTEST_SIDE = 32;
/** Pixels of one picture: a little over 8K, which costs some 100 MB to decode. */
export const MOST_PIXELS = 8192 * 4400;
/** How many times longer than high, or the other way round. */
export const MOST_STRETCHED = 5;
/** Pictures and pieces of sound: 30 minutes at 240 pictures a second and as much again. */
export const MOST_PACKETS = 1_000_000;
/** Streams of all kinds: telephones add several of their own. */
export const MOST_STREAMS = 40;
/** Loudness of every film, in LUFS: a little above the recordings of cards, as there are pictures and noise around. */
export const FILM_LUFS = -16;

/**
 * Decoders that may run, by the names ffmpeg gives them, and the codecs they read: what telephones, cameras and
 * browsers write. Everything else stays shut, however well-formed.
 */
export const VIDEO_DECODERS: Readonly<Record<string, readonly string[]>> = {
  h264: ['h264'],
  hevc: ['hevc'],
  vp8: ['vp8', 'libvpx'],
  vp9: ['vp9', 'libvpx-vp9'],
  av1: ['libdav1d', 'libaom-av1', 'av1'],
  mpeg4: ['mpeg4'],
  h263: ['h263'],
  mjpeg: ['mjpeg'],
  prores: ['prores'],
  mpeg2video: ['mpeg2video'],
};
export const AUDIO_DECODERS: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['aac', 'ac3', 'eac3', 'alac', 'flac', 'vorbis', 'mp2', 'pcm_s16le', 'pcm_s16be', 'pcm_s24le'].map(
      (name) => [name, [name]],
    ),
  ),
  ...Object.fromEntries(
    ['pcm_s24be', 'pcm_s32le', 'pcm_f32le', 'pcm_u8', 'pcm_mulaw', 'pcm_alaw', 'adpcm_ima_qt'].map((name) => [
      name,
      [name],
    ]),
  ),
  mp3: ['mp3', 'mp3float'],
  opus: ['opus', 'libopus'],
  amr_nb: ['amrnb', 'libopencore_amrnb'],
  amr_wb: ['amrwb', 'libopencore_amrwb'],
};
