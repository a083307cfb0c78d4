import HLS from 'hls-parser';
import { narrowed } from './master-playlist.js';

const sound = (lang: string | undefined, isDefault: boolean): string =>
  `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="${lang ?? 'Audio'}"${lang === undefined ? '' : `,LANGUAGE="${lang}"`},DEFAULT=${isDefault ? 'YES' : 'NO'},AUTOSELECT=YES,URI="${lang ?? 'audio'}/index.m3u8"`;
const size = (height: number): string =>
  `#EXT-X-STREAM-INF:BANDWIDTH=${height}000,CODECS="avc1.4D4015,mp4a.40.2",RESOLUTION=426x${height},AUDIO="a"\n${height}p/index.m3u8`;
const MASTER = [
  ...['#EXTM3U', '#EXT-X-VERSION:7', sound(undefined, true), sound('ary', false), sound('fr', false)],
  ...[
    size(240),
    size(480),
    '#EXT-X-STREAM-INF:BANDWIDTH=32000,CODECS="mp4a.40.2",AUDIO="a"',
    'audio/index.m3u8',
    '',
  ],
].join('\n');

function read(text: string) {
  HLS.setOptions({ strictMode: true });
  const master = HLS.parse(text);
  if (!('variants' in master)) throw new Error('no master playlist');
  return master.variants.map(({ uri, audio }) => [
    uri,
    ...audio.map(({ language, isDefault }) => [language ?? null, isDefault]),
  ]);
}

describe('a master playlist for a player that chooses for itself', () => {
  it('has one size and one sound, which is then what it begins with', () => {
    expect(read(narrowed(MASTER, { height: 240, sound: 'fr' }))).toEqual([['240p/index.m3u8', ['fr', true]]]);
    expect(read(narrowed(MASTER, { height: 480, sound: 'none' }))).toEqual([
      ['480p/index.m3u8', [null, true]],
    ]);
  });

  it('has every sound where none was asked for, or one that it has not', () => {
    const all = ['240p/index.m3u8', [null, true], ['ary', false], ['fr', false]];
    expect(read(narrowed(MASTER, { height: 240 }))).toEqual([all]);
    expect(read(narrowed(MASTER, { height: 240, sound: 'zgh' }))).toEqual([all]);
  });

  it('has every size where none is as high as was asked for', () => {
    expect(narrowed(MASTER, { height: 999 })).toBe(MASTER);
  });

  it('has every size where a sound alone was asked for', () => {
    expect(read(narrowed(MASTER, { sound: 'ary' })).map(([uri, heard]) => [uri, heard])).toEqual(
      ['240p', '480p', 'audio'].map((name) => [`${name}/index.m3u8`, ['ary', true]]),
    );
  });
});
