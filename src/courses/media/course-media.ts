import { join } from 'node:path';
import type { CourseBlock } from '../course-file/course-document.js';
import { readCourses } from '../course-file/course.reader.js';
import { ModuleMedia } from './module-media.js';
import { type Voice } from './voice.js';

/** Which modules to look at; all when nothing is said. */
export interface MediaSelection {
  readonly course?: string;
  readonly module?: string;
}

/** A module's media beside its name. */
interface NamedMedia {
  readonly name: string;
  readonly media: ModuleMedia;
}

/** Renders the media of the selected modules; gives the names of those it changed. Course files with errors stop it. */
export async function renderCourseMedia(
  folder: string,
  selection: MediaSelection,
  voice: Voice,
  log: (line: string) => void,
): Promise<string[]> {
  const changed: string[] = [];
  for (const { name, media } of await selected(folder, selection, voice.id)) {
    if (await media.isCurrent()) continue;
    await media.render(voice, log);
    changed.push(name);
  }
  return changed;
}

/** Names of the selected modules whose committed media do not fit their sources. */
export async function staleCourseMedia(
  folder: string,
  selection: MediaSelection,
  voiceId: string,
): Promise<string[]> {
  const stale: string[] = [];
  for (const { name, media } of await selected(folder, selection, voiceId)) {
    if (!(await media.isCurrent())) stale.push(name);
  }
  return stale;
}

async function selected(folder: string, selection: MediaSelection, voiceId: string): Promise<NamedMedia[]> {
  const { documents, errors } = await readCourses(folder, { media: 'ignore' });
  if (errors.length > 0) throw new Error(errors.map((error) => error.message).join('\n'));
  return documents
    .filter((course) => selection.course === undefined || selection.course === course.slug)
    .flatMap((course) =>
      course.modules
        .filter((module) => module.status === 'complete' || module.blocks.some(isFilmed))
        .filter((module) => selection.module === undefined || selection.module === module.slug)
        .map((module) => ({
          name: `${course.slug}/${module.folder}`,
          media: new ModuleMedia(join(folder, course.slug, module.folder), module, voiceId),
        })),
    );
}

/** A video that was filmed has media before its module is complete. */
function isFilmed(block: CourseBlock): boolean {
  return block.kind === 'video' && !block.script;
}
