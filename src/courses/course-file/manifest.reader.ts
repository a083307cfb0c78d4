import { LISTENING_LANGUAGES } from '../../shared/listening/listening-language.js';
import {
  type AudioTrack,
  TEXT_LANGUAGES,
  type MediaManifest,
  type MediaPlaylist,
} from './course-document.js';
import { type CourseFileFindings } from './course-file.error.js';
import { type ModuleFiles } from './module-files.js';
import { YamlFile } from './yaml-file.js';
import { YamlMapReader } from './yaml-map.reader.js';

const SHA256 = /^[0-9a-f]{64}$/;
const MEDIA_PATH = /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/;
const ANY = { min: 0, max: Number.MAX_SAFE_INTEGER };

type ManifestVideo = NonNullable<MediaManifest['video']>;

/** Reads `media/manifest.json`, if there is one, and checks that every file it names lies there with its size. */
export async function readManifest(
  files: ModuleFiles,
  findings: CourseFileFindings,
): Promise<MediaManifest | undefined> {
  if (!(await files.exists('media/manifest.json'))) return undefined;
  const file = await YamlFile.read(files.path('media/manifest.json'), findings);
  if (!file) return undefined;
  const map = YamlMapReader.of(file, file.root, 'a manifest');
  if (map.isBroken) return undefined;
  map.number('format', { min: 1, max: 1 });
  const video = map.child('video', false);
  const manifest: MediaManifest = {
    format: 1,
    hash: digest(map, 'hash'),
    sourceDigest: digest(map, 'sourceDigest'),
    ...(video ? { video: readVideo(video) } : {}),
    audio: entries(map, 'audio').map(readAudio),
    files: entries(map, 'files').map(readFileEntry),
  };
  await checkFiles(map, manifest, files);
  return manifest;
}

function readVideo(map: YamlMapReader): ManifestVideo {
  const poster = map.child('poster');
  const audioOnly = map.child('audioOnly');
  return {
    ...(map.keys().includes('block') ? { block: map.slug('block').value } : {}),
    hash: digest(map, 'hash'),
    sourceDigest: digest(map, 'sourceDigest'),
    durationMs: map.number('durationMs', { min: 1, max: 30 * 60_000 }),
    master: path(map, 'master'),
    poster: {
      file: poster ? path(poster, 'file') : '',
      width: poster?.number('width', ANY) ?? 0,
      height: poster?.number('height', ANY) ?? 0,
      bytes: poster?.number('bytes', ANY) ?? 0,
    },
    renditions: entries(map, 'renditions').map((entry) => ({
      ...readPlaylist(entry),
      width: entry.number('width', ANY),
      height: entry.number('height', ANY),
    })),
    audioOnly: readPlaylist(audioOnly ?? map),
    audioTracks: entries(map, 'audioTracks').map(readTrack),
    captions: entries(map, 'captions').map((entry) => ({
      lang: entry.oneOf('lang', TEXT_LANGUAGES) ?? 'fr',
      file: path(entry, 'file'),
      bytes: entry.number('bytes', ANY),
      ...(entry.keys().includes('of') ? { of: digest(entry, 'of') } : {}),
    })),
  };
}

function readTrack(map: YamlMapReader): AudioTrack {
  const track = map.child('track', false);
  return {
    lang: map.oneOf('lang', LISTENING_LANGUAGES) ?? 'fr',
    synthetic: map.scalar('synthetic')?.value === true,
    ...(track ? { track: readPlaylist(track) } : {}),
  };
}

function readPlaylist(map: YamlMapReader): MediaPlaylist {
  return {
    playlist: path(map, 'playlist'),
    codecs: map.string('codecs'),
    bandwidth: map.number('bandwidth', ANY),
    averageBandwidth: map.number('averageBandwidth', ANY),
    bytes: map.number('bytes', ANY),
  };
}

function readAudio(map: YamlMapReader): MediaManifest['audio'][number] {
  return {
    block: map.slug('block').value,
    lang: map.oneOf('lang', LISTENING_LANGUAGES) ?? 'fr',
    file: path(map, 'file'),
    synthetic: map.scalar('synthetic')?.value === true,
    durationMs: map.number('durationMs', ANY),
    bytes: map.number('bytes', ANY),
    ...(map.keys().includes('sourceDigest') ? { sourceDigest: digest(map, 'sourceDigest') } : {}),
  };
}

function readFileEntry(map: YamlMapReader): MediaManifest['files'][number] {
  return { path: path(map, 'path'), bytes: map.number('bytes', ANY), sha256: digest(map, 'sha256') };
}

async function checkFiles(map: YamlMapReader, manifest: MediaManifest, files: ModuleFiles): Promise<void> {
  const place = map.placeOfKey('files');
  for (const file of manifest.files) {
    const bytes = await files.bytes(`media/${file.path}`);
    if (bytes === undefined) map.error(place, `media file "${file.path}" is missing`);
    else if (bytes !== file.bytes)
      map.error(place, `media file "${file.path}" has ${bytes} bytes, ${file.bytes} were rendered`);
  }
  const listed = new Set(manifest.files.map((file) => file.path));
  const { video } = manifest;
  const named = [
    ...(video ? [video.master, video.poster.file, video.audioOnly.playlist] : []),
    ...(video
      ? [
          ...video.renditions.map(({ playlist }) => playlist),
          ...video.audioTracks.flatMap(({ track }) => (track ? [track.playlist] : [])),
          ...video.captions.map(({ file }) => file),
        ]
      : []),
    ...manifest.audio.map(({ file }) => file),
  ];
  for (const name of named)
    if (name !== '' && !listed.has(name)) map.error(place, `media file "${name}" is not among files`);
}

function entries(map: YamlMapReader, key: string): YamlMapReader[] {
  return map
    .list(key, { min: 0, max: 2000 })
    .map((node) => YamlMapReader.of(map.file, node, `an entry of ${key}`))
    .filter((entry) => !entry.isBroken);
}

function digest(map: YamlMapReader, key: string): string {
  const value = map.string(key);
  if (value !== '' && !SHA256.test(value))
    map.error(map.placeOfKey(key), `${key} must be a SHA-256 in hexadecimal`);
  return value;
}

function path(map: YamlMapReader, key: string): string {
  const value = map.string(key);
  if (value !== '' && !MEDIA_PATH.test(value))
    map.error(map.placeOfKey(key), `${key} "${value}" must be a path inside media/`);
  return value;
}
