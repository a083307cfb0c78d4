import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
  createEmptyDatabase,
  createTestDatabase,
  ensureTemplate,
  migratedTemplate,
  type TestDatabase,
} from './database.js';

/** What an application finds when it starts: its database and its folder for files. */
export interface BeforeStart {
  database: TestDatabase;
  varDir: string;
}

/** Any number but the one of the migrated template, which is made while this one is held. */
const LOCK = 20_261_122;

const newVarDir = (): Promise<string> => mkdtemp(join(tmpdir(), 'qafila-test-'));

/** A migrated database without any row, an empty folder. */
export async function untouchedPlace(): Promise<BeforeStart> {
  return { database: await createTestDatabase(), varDir: await newVarDir() };
}

/** Where the folders of templates lie: among what the servers of the run remove when they end. */
function templatesFolder(): string {
  const folder = process.env['TEST_FOLDER'];
  if (folder === undefined) throw new Error('TEST_FOLDER is not set: run the tests of the project e2e');
  return join(folder, 'started');
}

/** Whatever is below a folder: folders before what they hold. */
const contents = new Map<string, ReadonlyArray<{ path: string; isFolder: boolean }>>();

function contentsOf(folder: string): ReadonlyArray<{ path: string; isFolder: boolean }> {
  const known = contents.get(folder);
  if (known) return known;
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({
      path: relative(folder, join(entry.parentPath, entry.name)),
      isFolder: entry.isDirectory(),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  contents.set(folder, found);
  return found;
}

/**
 * The same files in another folder, by links: the shelf of files never changes one in place. All at once, because a
 * thousand trips to Node's threads would take longer than the links.
 */
function linkAll(from: string, to: string): void {
  for (const { path, isFolder } of contentsOf(from)) {
    if (isFolder) mkdirSync(join(to, path));
    else linkSync(join(from, path), join(to, path));
  }
}

/**
 * A private clone of a place where the application has started once: it is made for the first who asks, and for all
 * workers of the run.
 *
 * @param key whatever its start depended on
 * @param start starts the application there and stops it
 */
export async function startedPlace(
  key: string,
  start: (place: Pick<BeforeStart, 'varDir'> & { url: string }) => Promise<void>,
): Promise<BeforeStart> {
  const empty = await migratedTemplate();
  const name = `started_${createHash('sha256').update(`${empty} ${key}`).digest('hex').slice(0, 12)}`;
  const folder = join(templatesFolder(), name);
  const make = async (url: string): Promise<void> => {
    const building = `${folder}_building`;
    await rm(building, { recursive: true, force: true });
    await mkdir(building, { recursive: true });
    await start({ url, varDir: building });
    await rename(building, folder);
  };
  await ensureTemplate(name, LOCK, make, empty);
  const varDir = await newVarDir();
  linkAll(folder, varDir);
  return { database: await createEmptyDatabase(name), varDir };
}
