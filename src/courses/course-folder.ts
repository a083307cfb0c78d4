import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Rendered media are named by their own digests in the manifest; their content need not be read again. */
const MEDIA = /\/media\/(?!manifest\.json$)/;

/** The `courses/` folder of this project, wherever the compiled code stands. */
export function projectCourses(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'courses');
}

/**
 * A digest that changes whenever anything that is loaded from the folder does; of an empty text when there is none.
 * Each start waits for it, and serves nobody yet: a thousand small files are read at once, without asking a thread for each.
 */
export async function folderDigest(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesBelow(folder)) {
    const name = relative(folder, file).replaceAll('\\', '/');
    const content = MEDIA.test(`/${name}`) ? String(statSync(file).size) : readFileSync(file);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Paths of the files below a folder, with `/`, in their order; hidden files and what lies in hidden folders left out. */
export async function relativeFiles(folder: string): Promise<string[]> {
  return (await filesBelow(folder))
    .map((file) => relative(folder, file).replaceAll('\\', '/'))
    .filter((path) => !/(^|\/)\./.test(path))
    .sort();
}

async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
