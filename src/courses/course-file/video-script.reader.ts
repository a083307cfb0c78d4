import { isScalar } from 'yaml';
import { type CameraMove, type VideoBlock, type VideoScene, type VideoScript } from './course-document.js';
import { listeningLanguages } from './card.reader.js';
import { type ModuleFiles } from './module-files.js';
import { countWords } from './sentences.js';
import { readOptionalText, readText } from './text.reader.js';
import { UniqueNames } from './unique-names.js';
import { YamlFile } from './yaml-file.js';
import { YamlMapReader } from './yaml-map.reader.js';

/** Characters; two rows of 42 under the picture. */
const CAPTION_MAX = 84;
/** Words of one spoken sentence. */
const SPOKEN_MAX = 20;
const EMPTY: VideoScript = { poster: '', scenes: [] };

/** Reads a block of kind `video` and the script it names; without one it is a video that was filmed. */
export async function readVideo(map: YamlMapReader, id: string, files: ModuleFiles): Promise<VideoBlock> {
  const title = readText(map, 'title', { max: 80 });
  const description = readOptionalText(map, 'description', { sentences: true });
  const own = { kind: 'video' as const, id, title, ...(description ? { description } : {}) };
  if (!map.keys().includes('script')) return { ...own, ...map.extra() };
  const scriptFile = map.string('script');
  const wellNamed = scriptFile === 'video.yaml';
  if (scriptFile !== '' && !wellNamed) map.error(map.placeOfKey('script'), 'script must be video.yaml');
  const script = wellNamed ? await readScript(map, files) : EMPTY;
  return { ...own, scriptFile, script, ...map.extra() };
}

async function readScript(map: YamlMapReader, files: ModuleFiles): Promise<VideoScript> {
  if (!(await files.exists('video.yaml'))) {
    map.error(map.placeOfKey('script'), 'script "video.yaml" is missing');
    return EMPTY;
  }
  const file = await YamlFile.read(files.path('video.yaml'), map.file.findings);
  if (!file) return EMPTY;
  const script = YamlMapReader.of(file, file.root, 'a video script');
  if (script.isBroken) return EMPTY;
  const ids = new UniqueNames('scene id');
  const scenes: VideoScene[] = [];
  for (const node of script.list('scenes', { min: 6, max: 14 })) {
    const scene = YamlMapReader.of(file, node, 'a scene');
    if (!scene.isBroken) scenes.push(await readScene(scene, ids, files));
  }
  const poster = script.slug('poster').value;
  if (poster !== '' && !scenes.some((scene) => scene.id === poster)) {
    script.error(script.placeOfKey('poster'), `poster "${poster}" is not among the scenes`);
  }
  return { poster, scenes, ...script.extra() };
}

async function readScene(map: YamlMapReader, ids: UniqueNames, files: ModuleFiles): Promise<VideoScene> {
  const id = ids.take(map, map.slug('id'));
  const picture = map.string('picture');
  await files.checkPicture(picture, map.placeOfKey('picture'));
  if (picture.endsWith('.webp'))
    map.error(map.placeOfKey('picture'), `picture "${picture}" of a scene must be an SVG: it moves`);
  const narration = readNarration(map);
  const spoken = narration.fr ?? [];
  const caption = readCaption(map, spoken);
  const minSeconds = map.number('minSeconds', { min: 0, max: 30, integer: false, otherwise: 0 });
  const camera = readCamera(map, spoken.length);
  return { id, picture, narration, caption, minSeconds, camera, ...map.extra() };
}

function readNarration(map: YamlMapReader): VideoScene['narration'] {
  const voices = map.child('narration');
  if (!voices || voices.isBroken) return {};
  const narration: Record<string, string[]> = { fr: readLines(voices, 'fr', { min: 1, max: 4 }) };
  for (const language of listeningLanguages(voices, 'narration')) {
    const lines = narration[language] ?? readLines(voices, language, { min: 1, max: 4 });
    if (lines.length !== narration['fr']?.length) {
      voices.error(
        voices.placeOfKey(language),
        `narration "${language}" has ${lines.length} lines, fr has ${narration['fr']?.length}`,
      );
    }
    narration[language] = lines;
  }
  return narration;
}

function readCaption(map: YamlMapReader, spoken: readonly string[]): VideoScene['caption'] {
  const captions = map.child('caption');
  if (!captions || captions.isBroken) return { fr: [], ar: [] };
  for (const key of captions.keys()) {
    if (key !== 'fr' && key !== 'ar')
      captions.error(captions.placeOfKey(key), `unknown language "${key}" in caption; one of fr, ar`);
  }
  const given = captions.keys().includes('fr') ? readLines(captions, 'fr', { min: 1, max: 4 }) : spoken;
  const caption = {
    fr: given,
    ar: captions.keys().includes('ar') ? readLines(captions, 'ar', { min: 1, max: 4 }) : [],
  };
  if (!captions.keys().includes('ar')) captions.error(captions.place, 'caption has no translation "ar"');
  for (const language of ['fr', 'ar'] as const) {
    const lines = caption[language];
    const place = captions.placeOfKey(language);
    if (lines.length > 0 && spoken.length > 0 && lines.length !== spoken.length) {
      captions.error(
        place,
        `caption "${language}" has ${lines.length} lines, the narration has ${spoken.length}`,
      );
    }
    const long = lines.find((line) => [...line].length > CAPTION_MAX);
    if (long)
      captions.error(
        place,
        `caption "${long.slice(0, 30)}…" has ${[...long].length} characters, at most ${CAPTION_MAX} allowed`,
      );
  }
  return caption;
}

function readLines(map: YamlMapReader, language: string, size: { min: number; max: number }): string[] {
  return map.list(language, size).map((node) => {
    const line = isScalar(node) && typeof node.value === 'string' ? node.value.trim() : '';
    if (line === '') map.error(map.file.placeOf(node), 'a line must be a text that is not empty (quote it)');
    if (countWords(line) > SPOKEN_MAX)
      map.file.findings.warn(
        map.file.placeOf(node),
        `a line of ${countWords(line)} words (at most ${SPOKEN_MAX})`,
      );
    return line;
  });
}

function readCamera(map: YamlMapReader, steps: number): CameraMove[] {
  let last = 0;
  return map.list('camera', { min: 0, max: 4 }).map((node) => {
    const move = YamlMapReader.of(map.file, node, 'a camera move');
    const step = move.number('step', { min: 1, max: Math.max(1, steps) });
    if (step <= last && !move.isBroken) move.error(move.placeOfKey('step'), 'camera steps must rise');
    last = step;
    const x = move.number('x', { min: 0, max: 1280, integer: false });
    const y = move.number('y', { min: 0, max: 720, integer: false });
    return { step, x, y, zoom: move.number('zoom', { min: 1, max: 2, integer: false }) };
  });
}
