import { join } from 'node:path';
import { readAudioBlock, readFileBlock } from './attachment.reader.js';
import { readCard, readExercise, readImageBlock } from './card.reader.js';
import {
  type CourseBlock,
  type GlossaryEntry,
  type MediaManifest,
  type ModuleDocument,
} from './course-document.js';
import { type CourseFileFindings, type Place } from './course-file.error.js';
import { readFilmCaptions } from './film-captions.reader.js';
import { readManifest } from './manifest.reader.js';
import { completenessGaps, mediaGaps, type PlacedBlock } from './module-completeness.js';
import { ModuleFiles } from './module-files.js';
import { readQuiz } from './quiz.reader.js';
import { isReservedSlug } from './reserved-slugs.js';
import { readText, readTexts } from './text.reader.js';
import { UniqueNames } from './unique-names.js';
import { videoOf } from './video-of.js';
import { readVideo } from './video-script.reader.js';
import { YamlFile } from './yaml-file.js';
import { YamlMapReader, type Placed } from './yaml-map.reader.js';

const BLOCK_KINDS = ['card', 'image', 'audio', 'video', 'file', 'quiz', 'exercise'] as const;
const STATUSES = ['complete', 'outline'] as const;

/** How strictly media are asked for. */
export interface ReadOptions {
  /** `ignore` while they are being rendered; default `required`. */
  readonly media?: 'required' | 'ignore';
  /** `trust` where the files that blocks hand out were looked into before and only their sizes are there; default `inspect`. */
  readonly attachments?: 'inspect' | 'trust';
}

/** A module and where its slug and prerequisites were written. */
export interface ReadModule {
  readonly document: ModuleDocument;
  readonly slug: Placed<string>;
  readonly requires: readonly Placed<string>[];
  readonly map: YamlMapReader;
}

/** Reads `<courseFolder>/<folder>/module.yaml` and the files beside it. */
export async function readModule(
  courseFolder: string,
  folder: string,
  findings: CourseFileFindings,
  options: ReadOptions,
): Promise<ReadModule | undefined> {
  const files = new ModuleFiles(join(courseFolder, folder), findings, options.attachments);
  const file = await YamlFile.read(files.path('module.yaml'), findings);
  if (!file) return undefined;
  const map = YamlMapReader.of(file, file.root, 'a module');
  if (map.isBroken) return undefined;
  const slug = map.slug('slug');
  if (slug.value !== '' && slug.value !== folder.replace(/^\d\d-/, '')) {
    map.error(slug.place, `slug "${slug.value}" must be the folder's name after its number, "${folder}"`);
  }
  if (isReservedSlug(slug.value)) {
    map.error(slug.place, `slug "${slug.value}" is the name of a page of each course; choose another`);
  }
  const title = readText(map, 'title', { max: 80 });
  const minutes = map.number('minutes', { min: 1, max: 120 });
  const status = map.oneOf('status', STATUSES) ?? 'outline';
  const requires = readSlugs(map, 'requires');
  const objectives = readTexts(map, 'objectives', { min: 1, max: 6 });
  const bring = readTexts(map, 'bring', { min: 0, max: 10 });
  const glossary = readGlossary(map);
  const completion = readCompletion(map);
  const written = await readBlocks(map, files);
  const media = options.media === 'ignore' ? undefined : await readManifest(files, findings);
  const blocks = await withCaptions(written, media, files, findings);
  if (status === 'complete') checkComplete(map, blocks, media, options);
  const document: ModuleDocument = {
    ...{ folder, slug: slug.value, title, minutes, status, requires: requires.map(({ value }) => value) },
    ...{ objectives, bring, glossary, completion, blocks: blocks.map(({ block }) => block) },
    ...(media ? { media } : {}),
    ...map.extra(),
  };
  return { document, slug, requires, map };
}

/** Reads `glossary`, a list of words in both languages. */
export function readGlossary(map: YamlMapReader): GlossaryEntry[] {
  return map.list('glossary', { min: 0, max: 60 }).map((node) => {
    const entry = YamlMapReader.of(map.file, node, 'a glossary entry');
    return { ar: entry.string('ar'), fr: entry.string('fr'), ...entry.extra() };
  });
}

function readSlugs(map: YamlMapReader, key: string): Placed<string>[] {
  return map.list(key, { min: 0, max: 20 }).map((node) => {
    const place: Place = map.file.placeOf(node);
    const value = 'value' in node && typeof node.value === 'string' ? node.value : '';
    if (value === '') map.error(place, `an entry of ${key} must be a slug`);
    return { value, place };
  });
}

function readCompletion(map: YamlMapReader): ModuleDocument['completion'] {
  const completion = map.child('completion', false);
  if (!completion) return { watched: 80 };
  return {
    watched: completion.number('watched', { min: 1, max: 100, otherwise: 80 }),
    ...completion.extra(),
  };
}

async function readBlocks(map: YamlMapReader, files: ModuleFiles): Promise<PlacedBlock[]> {
  const ids = new UniqueNames('block id');
  const blocks: PlacedBlock[] = [];
  for (const node of map.list('blocks', { min: 0, max: 40 })) {
    const entry = YamlMapReader.of(map.file, node, 'a block');
    if (entry.isBroken) continue;
    const id = ids.take(entry, entry.slug('id'));
    const block = await readBlock(entry, id, files);
    if (block) blocks.push({ block, place: entry.place });
  }
  return blocks;
}

async function readBlock(
  map: YamlMapReader,
  id: string,
  files: ModuleFiles,
): Promise<CourseBlock | undefined> {
  const kind = map.oneOf('kind', BLOCK_KINDS);
  switch (kind) {
    case 'card':
      return readCard(map, id, files);
    case 'image':
      return readImageBlock(map, id, files);
    case 'audio':
      return readAudioBlock(map, id, files);
    case 'video':
      return readVideo(map, id, files);
    case 'file':
      return readFileBlock(map, id, files);
    case 'quiz':
      return readQuiz(map, id, files);
    case 'exercise':
      return readExercise(map, id);
    case undefined:
      return undefined;
  }
}

/** A video that was filmed has no script: its words stand in its captions. */
async function withCaptions(
  blocks: readonly PlacedBlock[],
  media: MediaManifest | undefined,
  files: ModuleFiles,
  findings: CourseFileFindings,
): Promise<PlacedBlock[]> {
  return Promise.all(
    blocks.map(async ({ block, place }) => {
      const video = block.kind === 'video' && !block.script ? videoOf(block, media) : undefined;
      if (!video) return { block, place };
      return {
        block: { ...block, captionLines: await readFilmCaptions(video, files, findings, place) },
        place,
      };
    }),
  );
}

function checkComplete(
  map: YamlMapReader,
  blocks: readonly PlacedBlock[],
  media: ModuleDocument['media'],
  options: ReadOptions,
): void {
  const gaps = completenessGaps(blocks, map.placeOfKey('status'));
  if (options.media !== 'ignore') gaps.push(...mediaGaps(blocks, media));
  for (const { place, reason } of gaps) map.error(place, reason);
}
