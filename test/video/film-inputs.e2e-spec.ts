import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import HLS from 'hls-parser';
import { IS_LONG } from '../support/turns.js';
import {
  type FilmSet,
  type FilmVideo,
  givenFilmSet,
  givenStage,
  pictures,
  type Stage,
  tone,
  X264,
} from './films.js';

jest.setTimeout(240_000);

const run = promisify(execFile);

/** Two segments and more: key frames stand at the same times in every size. */
const WIDE_SECONDS = IS_LONG ? 13 : 7;
const BUSY_SECONDS = IS_LONG ? 90 : 30;

interface Packet {
  pts_time: string;
  flags: string;
}

/** A playlist as ffprobe reads it. */
async function looked(playlist: string): Promise<{
  stream: Record<string, string | number>;
  packets: Packet[];
}> {
  const entries =
    'stream=codec_name,profile,pix_fmt,width,height,channels,sample_aspect_ratio:packet=pts_time,flags';
  const { stdout } = await run(
    'ffprobe',
    ['-v', 'error', '-show_entries', entries, '-of', 'json', playlist],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const { streams, packets } = JSON.parse(stdout) as {
    streams: Record<string, string | number>[];
    packets: Packet[];
  };
  return { stream: streams[0] ?? {}, packets };
}

/** Key frames, in seconds, of a playlist. */
const keys = ({ packets }: { packets: Packet[] }): number[] =>
  packets
    .filter(({ flags }) => flags.startsWith('K'))
    .map(({ pts_time: at }) => Math.round(Number(at) * 1000));

/** What decoding the whole complains of: nothing. */
async function decoded(playlist: string): Promise<string> {
  const { stderr } = await run('ffmpeg', ['-v', 'error', '-i', playlist, '-f', 'null', '-']);
  return stderr;
}

describe('a film', () => {
  let stage: Stage;
  let set: FilmSet;
  beforeAll(async () => {
    stage = await givenStage();
    set = await givenFilmSet();
  });
  afterAll(async () => {
    await set.close();
    await stage.clear();
  });

  /** Makes the film of a file and fetches it from the draft. */
  async function played(file: string, spoken?: string): Promise<{ video: FilmVideo; folder: string }> {
    expect(await set.film(file, spoken)).toMatchObject({ state: 'placed' });
    const folder = await mkdtemp(join(stage.folder, 'fetched-'));
    return { video: await set.fetchFilm(folder), folder };
  }

  /** Holds for every film: the parts fit together and what the playlists say is true. */
  async function expectWhole({ video, folder }: { video: FilmVideo; folder: string }): Promise<void> {
    HLS.setOptions({ strictMode: true });
    const master = HLS.parse(await readFile(join(folder, video.master), 'utf8'));
    if (!('variants' in master)) throw new Error('no master playlist');
    expect(master.variants).toHaveLength(video.renditions.length + 1);
    const starts = new Set<string>();
    for (const [index, rendition] of video.renditions.entries()) {
      const playlist = HLS.parse(await readFile(join(folder, rendition.playlist), 'utf8'));
      if (!('segments' in playlist)) throw new Error('no media playlist');
      const seconds = playlist.segments.reduce((sum, { duration }) => sum + duration, 0);
      expect(Math.abs(seconds * 1000 - video.durationMs)).toBeLessThanOrEqual(67);
      const { stream, packets } = await looked(join(folder, rendition.playlist));
      expect(stream).toMatchObject({ codec_name: 'h264', profile: 'Main', pix_fmt: 'yuv420p' });
      expect([stream['width'], stream['height']]).toEqual([rendition.width, rendition.height]);
      expect(stream['sample_aspect_ratio']).toBe('1:1');
      const at = keys({ packets });
      expect(at).toHaveLength(playlist.segments.length);
      starts.add(JSON.stringify(at));
      const variant = master.variants[index];
      expect(variant?.resolution).toEqual({ width: rendition.width, height: rendition.height });
      expect(variant?.bandwidth).toBe(rendition.bandwidth);
      expect(await decoded(join(folder, rendition.playlist))).toBe('');
    }
    // Key frames of all sizes at the same times.
    expect(starts.size).toBe(1);
    const audio = await looked(join(folder, video.audioOnly.playlist));
    expect(audio.stream).toMatchObject({ codec_name: 'aac', profile: 'LC', channels: 1 });
    expect(await decoded(join(folder, video.audioOnly.playlist))).toBe('');
    const poster = await looked(join(folder, video.poster.file));
    expect([poster.stream['width'], poster.stream['height']]).toEqual([
      video.poster.width,
      video.poster.height,
    ]);
  }

  const sizes = ({ video }: { video: FilmVideo }): string[] =>
    video.renditions.map(({ width, height }) => `${width}x${height}`);

  it('is offered in every size that its source has, with one sound and its language', async () => {
    const made = await played(
      await stage.shoot('wide.mp4', ...pictures('1280x720', WIDE_SECONDS), ...tone(WIDE_SECONDS), ...X264),
      'rif',
    );
    await expectWhole(made);
    expect(sizes(made)).toEqual(['256x144', '426x240', '640x360', '854x480']);
    expect(Math.abs(made.video.durationMs - WIDE_SECONDS * 1000)).toBeLessThanOrEqual(34);
    expect(made.video.audioTracks).toEqual([{ lang: 'rif', synthetic: false }]);
    const master = await readFile(join(made.folder, made.video.master), 'utf8');
    expect(master).toContain('LANGUAGE="rif"');
    expect(master).toContain('FRAME-RATE=15.000');
  });

  it('stands upright when a telephone was held upright', async () => {
    await stage.shoot('lying.mp4', ...pictures('640x480', 2), ...X264);
    const file = await stage.shoot(
      'upright.mp4',
      '-i',
      join(stage.folder, 'lying.mp4'),
      '-c',
      'copy',
      '-metadata:s:v',
      'rotate=90',
    );
    const made = await played(file);
    await expectWhole(made);
    expect(sizes(made)).toEqual(['144x192', '240x320', '360x480', '480x640']);
  });

  it('has a steady rate where its source has none', async () => {
    const uneven = ['-vf', "select='lt(n\\,30)+not(mod(n\\,5))'", '-vsync', 'vfr'];
    const made = await played(await stage.shoot('uneven.mp4', ...pictures('320x240', 4), ...uneven, ...X264));
    await expectWhole(made);
    expect(Math.abs(made.video.durationMs - 4000)).toBeLessThanOrEqual(170);
  });

  it('has even sides, and its own size between two rungs', async () => {
    const odd = ['-vf', 'format=yuv444p'];
    const made = await played(await stage.shoot('odd.mp4', ...pictures('355x201', 1), ...odd, ...X264));
    await expectWhole(made);
    expect(sizes(made)).toEqual(['254x144', '354x200']);
  });

  it('has a silent sound where nothing is heard, and no language', async () => {
    const made = await played(await stage.shoot('mute.mp4', ...pictures('320x240', 2), ...X264));
    await expectWhole(made);
    expect(made.video.audioTracks).toEqual([]);
    expect(await readFile(join(made.folder, made.video.master), 'utf8')).not.toContain('LANGUAGE');
  });

  it('mixes six channels down for a telephone', async () => {
    const six = ['-ac', '6'];
    const made = await played(
      await stage.shoot('six.mp4', ...pictures('320x240', 2), ...tone(2), ...six, ...X264),
    );
    await expectWhole(made);
  });

  it('brings ten bits and more light than a telephone shows down to eight', async () => {
    const hdr = ['-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc'];
    const made = await played(
      await stage.shoot(
        'ten.mp4',
        ...[...pictures('320x240', 1), '-vf', 'format=yuv420p10le', '-c:v', 'libx265'],
        ...['-preset', 'ultrafast', '-x265-params', 'log-level=error', ...hdr],
      ),
    );
    await expectWhole(made);
  });

  it('may last a second, and may show one picture a second', async () => {
    const short = await played(await stage.shoot('short.mp4', ...pictures('320x240', 1), ...X264));
    await expectWhole(short);
    expect(short.video.durationMs).toBe(1000);
    const slow = await played(await stage.shoot('slow.mp4', ...pictures('160x90', 60, 1), ...X264));
    await expectWhole(slow);
    expect(slow.video.durationMs).toBe(60_000);
    expect(sizes(slow)).toEqual(['160x90']);
  });

  it('is made of what a browser records, which does not say how long it is', async () => {
    const live = [
      '-c:v',
      'libvpx',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-c:a',
      'libopus',
      '-live',
      '1',
      '-f',
      'webm',
    ];
    const made = await played(await stage.shoot('live.webm', ...pictures('320x240', 3), ...tone(3), ...live));
    await expectWhole(made);
    expect(Math.abs(made.video.durationMs - 3000)).toBeLessThanOrEqual(67);
  });

  it('stays small however busy the picture: 90 seconds, or a third of them, at 240 lines with sound', async () => {
    const noise = `nullsrc=s=426x240:r=30:d=${BUSY_SECONDS},geq=random(1)*255:128:128`;
    const busy = ['-f', 'lavfi', '-i', noise];
    const hiss = ['-f', 'lavfi', '-i', `anoisesrc=d=${BUSY_SECONDS}:a=0.3`];
    const made = await played(await stage.shoot('busy.mp4', ...busy, ...hiss, ...X264, '-crf', '40'));
    const low = made.video.renditions.find(({ height }) => height === 240);
    expect(low?.bytes).toBeLessThanOrEqual((1_200_000 * BUSY_SECONDS) / 90);
    expect(low?.bytes).toBeGreaterThan((600_000 * BUSY_SECONDS) / 90);
  });

  describe('is refused with its reason', () => {
    const said = async (file: string): Promise<object | undefined> => {
      const before = await set.stored();
      const ended = await set.film(file);
      expect(ended.state).toBe('failed');
      // Nothing but what was sent is left.
      expect((await set.stored()).length).toBeLessThanOrEqual(before.length + 1);
      expect(await stage.scratch()).toEqual([]);
      return ended.failure;
    };

    it('when it breaks off', async () => {
      const whole = [...pictures('320x240', 10), ...tone(10), ...X264];
      const cut = async (name: string, ...more: string[]): Promise<string> => {
        const file = await stage.shoot(name, ...whole, ...more);
        await truncate(file, Math.floor((await readFile(file)).length * 0.6));
        return file;
      };
      const reason = { code: 'film-cut', params: { at: expect.stringMatching(/^0:0[5-7]$/), of: '0:10' } };
      expect(await said(await cut('cut.mp4', '-movflags', '+faststart'))).toEqual(reason);
      expect(await said(await cut('cut.mkv'))).toEqual(reason);
      expect(await said(await cut('headless.mp4'))).toMatchObject({ code: 'film-broken-off' });
    });

    it('when it is damaged', async () => {
      const file = await stage.shoot(
        'damaged.mp4',
        ...pictures('320x240', 5),
        ...X264,
        '-movflags',
        '+faststart',
      );
      const bytes = await readFile(file);
      for (let at = bytes.indexOf('mdat') + 2000; at < bytes.length; at += 40)
        bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      await writeFile(file, bytes);
      expect(await said(file)).toMatchObject({ code: 'film-damaged' });
    });

    it('when it has no picture, or is one', async () => {
      const sound = await stage.shoot('sound.mp4', ...tone(2), '-c:a', 'aac');
      expect(await said(sound)).toMatchObject({ code: 'film-no-picture' });
      await stage.shoot('cover.png', ...pictures('64x64', 1), '-frames:v', '1');
      const cover = await stage.shoot(
        'cover.m4a',
        ...['-i', sound, '-i', join(stage.folder, 'cover.png'), '-map', '0', '-map', '1', '-c', 'copy'],
        ...['-disposition:v:0', 'attached_pic', '-f', 'mp4'],
      );
      expect(await said(cover)).toMatchObject({ code: 'film-no-picture' });
      expect(await said(join(stage.folder, 'cover.png'))).toMatchObject({ code: 'film-not-video' });
    });

    it('when it names other files or addresses, none of which is opened', async () => {
      let asked = 0;
      const server = createServer((_, response) => {
        asked += 1;
        response.end('canary');
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const canary = await stage.shoot('canary.mp4', ...pictures('320x240', 2), ...X264);
      const texts = {
        'list.m3u8': `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nfile://${canary}\n#EXT-X-ENDLIST\n`,
        'far.m3u8': `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nhttp://127.0.0.1:${port}/a.ts\n#EXT-X-ENDLIST\n`,
        'concat.mp4': `ffconcat version 1.0\nfile '${canary}'\n`,
        'far.mp4': `ffconcat version 1.0\nfile 'http://127.0.0.1:${port}/a.mp4'\n`,
        'sdp.mp4': `v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video ${port} RTP/AVP 96\n`,
      };
      for (const [name, text] of Object.entries(texts)) {
        await writeFile(join(stage.folder, name), text);
        expect(await said(join(stage.folder, name))).toMatchObject({ code: 'film-not-video' });
        // The same behind the first bytes of a film: only one reader opens it, and it finds nothing.
        const head = Buffer.from([0, 0, 0, 16, ...Buffer.from('ftypisom'), 0, 0, 2, 0]);
        await writeFile(join(stage.folder, name), Buffer.concat([head, Buffer.from(text)]));
        expect(await said(join(stage.folder, name))).toMatchObject({
          code: expect.stringMatching(/^film-(broken-off|damaged|not-video)$/),
        });
      }
      server.close();
      expect(asked).toBe(0);
    });

    it('when its tracks lie in another file', async () => {
      const canary = await stage.shoot('outside.mov', ...pictures('320x240', 2), ...X264);
      const bytes = await readFile(canary);
      // A data reference that is no longer "in this file", with the name of the other: drefs stay shut.
      const at = bytes.indexOf('dref');
      const entry = bytes.indexOf('alis', at) === -1 ? bytes.indexOf('url ', at) : bytes.indexOf('alis', at);
      bytes.writeUInt32BE(0, entry + 4);
      await writeFile(join(stage.folder, 'reference.mov'), bytes);
      const ended = await set.film(join(stage.folder, 'reference.mov'));
      expect(['placed', 'failed']).toContain(ended.state);
    });

    it('in the language of whoever asks', async () => {
      const file = await stage.shoot(
        'said.mp4',
        ...pictures('320x240', 8),
        ...X264,
        '-movflags',
        '+faststart',
      );
      await truncate(file, Math.floor((await readFile(file)).length * 0.6));
      const uploadId = await set.send(file);
      await set.a.t.runJobs();
      const of = async (lang: string): Promise<string> => {
        const headers = { 'accept-language': lang };
        const answer = await set.a.t.api(`/films/${uploadId}`, { token: set.a.token, headers });
        return answer.json<{ failure: { detail: string } }>().failure.detail;
      };
      expect(await of('fr')).toMatch(/^Le fichier s’arrête à 0:0\d sur 0:08\./);
      expect(await of('ar')).toMatch(/^يتوقف الملف عند 0:0\d من 0:08\./);
      expect(await of('en')).toMatch(/^The file stops at 0:0\d of 0:08\./);
    });
  });
});
