import { join } from 'node:path';

/** Seconds of a segment; each begins with a key frame, at the same time in every rendition. */
export const SEGMENT_SECONDS = 6;
/** Bits a second of the sound. */
export const AUDIO_BITRATE = 32_000;

/** Without clocks, versions and thread counts in the output: the same input gives the same bytes. */
export const REPEATABLE = ['-fflags', '+bitexact', '-flags', '+bitexact', '-map_metadata', '-1'];

/** The one sound of a film: mono AAC-LC, for telephones. */
export function aac(): string[] {
  return ['-c:a', 'aac', '-b:a', String(AUDIO_BITRATE), '-ar', '24000', '-ac', '1', ...REPEATABLE];
}

/** What the pictures of a rendition say of their colours. */
export const BT709 = [
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
];

/** One playlist of fMP4 segments, with its initialisation, in a folder that exists. */
export function hls(folder: string, segmentSeconds = SEGMENT_SECONDS): string[] {
  return [
    ...['-f', 'hls', '-hls_time', String(segmentSeconds)],
    ...['-hls_list_size', '0', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', 'init.mp4'],
    ...['-hls_flags', 'independent_segments'],
    ...['-hls_segment_filename', join(folder, '%03d.m4s'), join(folder, 'index.m3u8')],
  ];
}
