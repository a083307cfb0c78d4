import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MediaManifest, type VideoScript } from '../course-file/course-document.js';
import { webVtt } from './captions.js';
import { runFfmpeg } from './ffmpeg.js';
import { spokenFrench } from './french-speech.js';
import { audioArguments, FRAME_SIZE, VIDEO_SIZES, videoArguments } from './hls-arguments.js';
import { masterPlaylist, playlistFigures, videoCodec, type MasterVideo } from './hls-master.js';
import { filesBelow, folderHash } from './media-files.js';
import { VideoFrames, stillJpeg } from './video-frames.js';
import { videoTimeline, type VideoTimeline } from './video-timeline.js';
import { lengthMs, mixed, trimmed, type Voice } from './voice.js';

type ManifestVideo = NonNullable<MediaManifest['video']>;

/** Renders the video of a module into `out`: HLS, captions, poster; gives its part of the manifest. */
export async function renderVideo(
  moduleFolder: string,
  script: VideoScript,
  voice: Voice,
  out: string,
  sourceDigest: string,
): Promise<ManifestVideo> {
  const hls = join(out, 'hls');
  for (const name of [...VIDEO_SIZES.map((size) => size.name), 'audio'])
    await mkdir(join(hls, name), { recursive: true });
  const spoken = script.scenes
    .flatMap((scene) => scene.narration.fr ?? [])
    .map((line) => trimmed(voice.say(spokenFrench(line))));
  const timeline = videoTimeline(script, spoken.map(lengthMs));
  const parts = timeline.lines.map(({ startMs, index }) => ({
    startMs,
    samples: spoken[index] ?? new Int16Array(),
  }));
  const track = mixed(parts, timeline.durationMs);
  await runFfmpeg(audioArguments(hls), [new Uint8Array(track.buffer)]);
  const frames = new VideoFrames(moduleFolder, timeline);
  await runFfmpeg(videoArguments(hls), frames.frames());
  const poster = await writePoster(frames, timeline, script.poster, out);
  return {
    sourceDigest,
    durationMs: timeline.durationMs,
    master: 'hls/master.m3u8',
    poster,
    ...(await writeMaster(hls)),
    hash: folderHash(await filesBelow(hls)),
    audioTracks: [{ lang: 'fr', synthetic: true }],
    captions: [
      await writeCaptions(script, timeline, 'fr', out),
      await writeCaptions(script, timeline, 'ar', out),
    ],
  };
}

async function writeMaster(hls: string): Promise<Pick<ManifestVideo, 'renditions' | 'audioOnly'>> {
  const audio = await playlistFigures(join(hls, 'audio/index.m3u8'));
  const videos: MasterVideo[] = [];
  for (const size of VIDEO_SIZES) {
    const codecs = await videoCodec(join(hls, size.name, 'init.mp4'));
    videos.push({ size, codecs, figures: await playlistFigures(join(hls, size.name, 'index.m3u8')) });
  }
  await writeFile(join(hls, 'master.m3u8'), masterPlaylist(videos, audio));
  return {
    renditions: videos.map(({ size, codecs, figures }) => ({
      height: size.height,
      width: size.width,
      playlist: `hls/${size.name}/index.m3u8`,
      codecs: `${codecs},mp4a.40.2`,
      bandwidth: figures.peak + audio.peak,
      averageBandwidth: figures.average + audio.average,
      bytes: figures.bytes + audio.bytes,
    })),
    audioOnly: {
      playlist: 'hls/audio/index.m3u8',
      codecs: 'mp4a.40.2',
      bandwidth: audio.peak,
      averageBandwidth: audio.average,
      bytes: audio.bytes,
    },
  };
}

async function writePoster(
  frames: VideoFrames,
  timeline: VideoTimeline,
  sceneId: string,
  out: string,
): Promise<ManifestVideo['poster']> {
  const scene = timeline.scenes.find(({ id }) => id === sceneId);
  if (!scene) throw new Error(`the poster scene "${sceneId}" is missing`);
  const jpeg = await stillJpeg(await frames.endOf(scene));
  await writeFile(join(out, 'poster.jpg'), jpeg);
  return { file: 'poster.jpg', width: FRAME_SIZE.width, height: FRAME_SIZE.height, bytes: jpeg.length };
}

async function writeCaptions(
  script: VideoScript,
  timeline: VideoTimeline,
  lang: 'fr' | 'ar',
  out: string,
): Promise<ManifestVideo['captions'][number]> {
  const file = `captions.${lang}.vtt`;
  const text = webVtt(script, timeline, lang);
  await writeFile(join(out, file), text);
  return { lang, file, bytes: Buffer.byteLength(text) };
}
