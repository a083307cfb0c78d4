import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  masterPlaylist,
  type MasterVideo,
  renditionOf,
  soundAlone,
} from '../../shared/film/master-playlist.js';
import { filesBelow, folderHash } from '../../shared/film/media-files.js';
import { playlistFigures, videoCodec } from '../../shared/film/playlist-figures.js';
import { type MediaManifest, type VideoScript } from '../course-file/course-document.js';
import { webVtt } from './captions.js';
import { runFfmpeg } from './ffmpeg.js';
import { spokenFrench } from './french-speech.js';
import { audioArguments, FRAME_RATE, FRAME_SIZE, VIDEO_SIZES, videoArguments } from './hls-arguments.js';
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

async function writeMaster(folder: string): Promise<Pick<ManifestVideo, 'renditions' | 'audioOnly'>> {
  const audio = await playlistFigures(join(folder, 'audio/index.m3u8'));
  const videos: MasterVideo[] = [];
  for (const { name, width, height } of VIDEO_SIZES) {
    const playlist = `${name}/index.m3u8`;
    const codecs = await videoCodec(join(folder, name, 'init.mp4'));
    const figures = await playlistFigures(join(folder, playlist));
    videos.push({ playlist, width, height, frameRate: FRAME_RATE, codecs, figures });
  }
  const sound = { group: 'narration', name: 'Français', language: 'fr', figures: audio };
  await writeFile(join(folder, 'master.m3u8'), masterPlaylist(videos, sound));
  return {
    renditions: videos.map((video) => renditionOf(video, audio)),
    audioOnly: soundAlone(audio),
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
