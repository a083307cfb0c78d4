import HLS from 'hls-parser';
import { languagesPlaylist } from './languages-playlist.js';
import { masterPlaylist } from './master-playlist.js';

const figures = (peak: number, average: number) => ({ peak, average, bytes: 1, durationSeconds: 12 });
const OWN = { bandwidth: 30_000, averageBandwidth: 20_000 };
const RIF = { lang: 'rif', playlist: 'rif/index.m3u8', bandwidth: 33_000, averageBandwidth: 25_000 } as const;
const FR = { lang: 'fr', playlist: 'fr/index.m3u8', bandwidth: 31_000, averageBandwidth: 28_000 } as const;

function masterOf(language?: 'ary' | 'fr'): string {
  const size = { height: 240, width: 426, frameRate: 15, codecs: 'avc1.4D4015' };
  return masterPlaylist(
    [
      { ...size, playlist: '240p/index.m3u8', figures: figures(90_000, 60_000) },
      { ...size, height: 480, width: 854, playlist: '480p/index.m3u8', figures: figures(200_000, 150_000) },
    ],
    {
      group: 'sound',
      name: 'Le son',
      figures: figures(OWN.bandwidth, OWN.averageBandwidth),
      ...(language ? { language } : {}),
    },
  );
}

function read(text: string) {
  HLS.setOptions({ strictMode: true });
  const master = HLS.parse(text);
  if (!('variants' in master)) throw new Error('no master playlist');
  return master.variants.map(({ uri, bandwidth, averageBandwidth, audio }) => ({
    ...{ uri, bandwidth, averageBandwidth },
    audio: audio.map(({ language, isDefault, uri: at }) => [language, isDefault, at]),
  }));
}

describe('a master playlist of a film in several languages', () => {
  it('has every sound in each size, and rates of the heaviest', () => {
    const own = { ...OWN, lang: 'ary' } as const;
    const audio = [
      ['ary', true, '../hls/audio/index.m3u8'],
      ['rif', false, 'rif/index.m3u8'],
      ['fr', false, 'fr/index.m3u8'],
    ];
    expect(read(languagesPlaylist(masterOf('ary'), own, [RIF, FR], '../hls'))).toEqual([
      { uri: '../hls/240p/index.m3u8', bandwidth: 123_000, averageBandwidth: 88_000, audio },
      { uri: '../hls/480p/index.m3u8', bandwidth: 233_000, averageBandwidth: 178_000, audio },
      { uri: '../hls/audio/index.m3u8', bandwidth: 33_000, averageBandwidth: 28_000, audio },
    ]);
  });

  it('has a sound in the film’s own language in place of its own', () => {
    const own = { ...OWN, lang: 'fr' } as const;
    const [first, , alone] = read(languagesPlaylist(masterOf('fr'), own, [RIF, FR], '../hls'));
    expect(first?.audio).toEqual([
      ['rif', false, 'rif/index.m3u8'],
      ['fr', true, 'fr/index.m3u8'],
    ]);
    expect(alone).toMatchObject({ uri: 'fr/index.m3u8', bandwidth: 33_000 });
  });

  it('keeps the sound of a film in which nobody speaks, which has no language', () => {
    const [first] = read(languagesPlaylist(masterOf(), OWN, [FR], '../hls'));
    expect(first?.audio).toEqual([
      [undefined, true, '../hls/audio/index.m3u8'],
      ['fr', false, 'fr/index.m3u8'],
    ]);
  });
});
