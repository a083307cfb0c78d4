import { filesOfPlaylist } from './lesson-pack.js';

describe('filesOfPlaylist', () => {
  it('names what a master playlist leads to, and the sounds beside it', () => {
    const master = [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="voice",LANGUAGE="fr",URI="audio/index.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=426x240,AUDIO="voice"',
      '240p/index.m3u8',
      '',
    ].join('\n');
    expect(filesOfPlaylist('hls/master.m3u8', master)).toEqual([
      'hls/audio/index.m3u8',
      'hls/240p/index.m3u8',
    ]);
  });

  it('names the pieces of a playlist, its first one too, each once', () => {
    const playlist =
      '#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:6,\n000.m4s\n#EXTINF:6,\n001.m4s\n001.m4s\n#EXT-X-ENDLIST';
    expect(filesOfPlaylist('hls/240p/index.m3u8', playlist)).toEqual([
      'hls/240p/init.mp4',
      'hls/240p/000.m4s',
      'hls/240p/001.m4s',
    ]);
  });

  it('finds nothing in nothing', () => expect(filesOfPlaylist('a.m3u8', '')).toEqual([]));
});
