import type { PlaylistFigures } from './playlist-figures.js';

/** RFC 6381 name of AAC-LC. */
export const AAC = 'mp4a.40.2';

/** A video playlist as the master lists it; `frameRate` in pictures a second. */
export interface MasterVideo {
  readonly playlist: string;
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  readonly codecs: string;
  readonly figures: PlaylistFigures;
}

/** The one sound that every size shares; without a language where nobody speaks. */
export interface MasterSound {
  readonly group: string;
  readonly name: string;
  readonly language?: string;
  readonly figures: PlaylistFigures;
}

/** The master playlist: each size with the shared sound, then the sound alone. */
export function masterPlaylist(videos: readonly MasterVideo[], sound: MasterSound): string {
  const { figures: audio } = sound;
  const lines = videos.flatMap(({ playlist, width, height, frameRate, codecs, figures }) => [
    `#EXT-X-STREAM-INF:${[
      `BANDWIDTH=${figures.peak + audio.peak}`,
      `AVERAGE-BANDWIDTH=${figures.average + audio.average}`,
      `CODECS="${codecs},${AAC}"`,
      `RESOLUTION=${width}x${height}`,
      `FRAME-RATE=${frameRate.toFixed(3)}`,
      `AUDIO="${sound.group}"`,
    ].join(',')}`,
    playlist,
  ]);
  const media = [
    ...['TYPE=AUDIO', `GROUP-ID="${sound.group}"`, `NAME="${sound.name}"`],
    ...(sound.language === undefined ? [] : [`LANGUAGE="${sound.language}"`]),
    ...['DEFAULT=YES', 'AUTOSELECT=YES', 'CHANNELS="1"', 'URI="audio/index.m3u8"'],
  ];
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MEDIA:${media.join(',')}`,
    ...lines,
    `#EXT-X-STREAM-INF:BANDWIDTH=${audio.peak},AVERAGE-BANDWIDTH=${audio.average},CODECS="${AAC}",AUDIO="${sound.group}"`,
    'audio/index.m3u8',
    '',
  ].join('\n');
}

/** A playlist as a manifest lists it; bandwidths in bits a second and bytes with the sound, path beside `hls/`. */
export interface ListedPlaylist {
  readonly playlist: string;
  readonly codecs: string;
  readonly bandwidth: number;
  readonly averageBandwidth: number;
  readonly bytes: number;
}

/** A size with its sound, as a manifest lists it. */
export function renditionOf(
  { playlist, width, height, codecs, figures }: MasterVideo,
  audio: PlaylistFigures,
): ListedPlaylist & { readonly width: number; readonly height: number } {
  return {
    height,
    width,
    playlist: `hls/${playlist}`,
    codecs: `${codecs},${AAC}`,
    bandwidth: figures.peak + audio.peak,
    averageBandwidth: figures.average + audio.average,
    bytes: figures.bytes + audio.bytes,
  };
}

/** The sound alone, as a manifest lists it. */
export function soundAlone({ peak, average, bytes }: PlaylistFigures): ListedPlaylist {
  return {
    playlist: 'hls/audio/index.m3u8',
    codecs: AAC,
    bandwidth: peak,
    averageBandwidth: average,
    bytes,
  };
}
