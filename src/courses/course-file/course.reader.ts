import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isScalar, type Node as YamlNode } from 'yaml';
import { type CourseDocument } from './course-document.js';
import { CourseFileFindings, type CourseFileError, type CourseReference } from './course-file.error.js';
import { readGlossary, readModule, type ReadModule, type ReadOptions } from './module.reader.js';
import { checkPrerequisites } from './prerequisites.js';
import { coursesOf, type KnownCourses, unreachable } from './reachable-links.js';
import { readTest } from './test.reader.js';
import { readText, readTexts } from './text.reader.js';
import { UniqueNames } from './unique-names.js';
import { YamlFile } from './yaml-file.js';
import { YamlMapReader, type Placed } from './yaml-map.reader.js';

/** What reading a course folder gave: a document when nothing is wrong, else every error; warnings in both cases. */
export interface CourseReading {
  readonly document?: CourseDocument;
  readonly errors: readonly CourseFileError[];
  readonly warnings: readonly CourseFileError[];
}

/** A draft as it reads, and the links of its texts to courses, which may be others. */
export interface DraftCourseReading extends CourseReading {
  readonly links: readonly CourseReference[];
}

/** What reading a folder of courses gave; `documents` holds the courses without errors, in catalogue order. */
export interface CoursesReading {
  readonly documents: readonly CourseDocument[];
  readonly errors: readonly CourseFileError[];
  readonly warnings: readonly CourseFileError[];
}

/** Names that must be unique over all courses. */
interface Catalogue {
  readonly modules: UniqueNames;
  readonly orders: UniqueNames;
}

/** Reads one course folder; never throws for what is in the files. Links to other courses are not followed. */
export async function readCourse(folder: string, options: ReadOptions = {}): Promise<CourseReading> {
  const { document, findings } = await readInto(folder, options, emptyCatalogue());
  const known = coursesOf(document ? [document] : []);
  return closed(
    document,
    findings,
    unreachable(
      findings.links.filter(({ course }) => known.has(course)),
      known,
    ),
  );
}

/** Reads a draft: what it says comes back with all that is still wrong in it, harmless placeholders where it is. */
export async function readDraft(folder: string, options: ReadOptions = {}): Promise<DraftCourseReading> {
  const { document, findings } = await readInto(folder, options, emptyCatalogue());
  const { errors, warnings, links } = findings;
  return { ...(document ? { document } : {}), errors, warnings, links };
}

/**
 * Reads every folder below `folder` that holds a `course.yaml`; slugs of modules are unique over all of them, and links
 * lead to one of them.
 *
 * @param others courses that are there besides
 */
export async function readCourses(
  folder: string,
  options: ReadOptions = {},
  others?: KnownCourses,
): Promise<CoursesReading> {
  const catalogue = emptyCatalogue();
  const read: Read[] = [];
  for (const name of await foldersWith(folder, 'course.yaml'))
    read.push(await readInto(join(folder, name), options, catalogue));
  const known = coursesOf(
    read.flatMap(({ document }) => document ?? []),
    others,
  );
  const readings = read.map(({ document, findings }) =>
    closed(document, findings, unreachable(findings.links, known)),
  );
  return {
    documents: readings.flatMap(({ document }) => document ?? []).sort((a, b) => a.order - b.order),
    errors: readings.flatMap(({ errors }) => errors),
    warnings: readings.flatMap(({ warnings }) => warnings),
  };
}

function emptyCatalogue(): Catalogue {
  return { modules: new UniqueNames('module slug'), orders: new UniqueNames('course order') };
}

interface Read {
  readonly document: CourseDocument | undefined;
  readonly findings: CourseFileFindings;
}

async function readInto(folder: string, options: ReadOptions, catalogue: Catalogue): Promise<Read> {
  const findings = new CourseFileFindings();
  return { document: await readDocument(folder, findings, options, catalogue), findings };
}

/** A reading whose document comes only when nothing is wrong. */
function closed(
  document: CourseDocument | undefined,
  findings: CourseFileFindings,
  more: readonly CourseFileError[],
): CourseReading {
  const { warnings } = findings;
  const errors = [...findings.errors, ...more];
  return document && errors.length === 0 ? { document, errors, warnings } : { errors, warnings };
}

async function readDocument(
  folder: string,
  findings: CourseFileFindings,
  options: ReadOptions,
  catalogue: Catalogue,
): Promise<CourseDocument | undefined> {
  const file = await YamlFile.read(join(folder, 'course.yaml'), findings);
  if (!file) return undefined;
  const map = YamlMapReader.of(file, file.root, 'a course');
  if (map.isBroken) return undefined;
  map.number('format', { min: 1, max: 1 });
  const slug = map.slug('slug');
  if (slug.value !== '' && slug.value !== basename(resolve(folder))) {
    map.error(slug.place, `slug "${slug.value}" must be the folder's name, "${basename(resolve(folder))}"`);
  }
  const order = map.number('order', { min: 1, max: 1000 });
  catalogue.orders.take(map, { value: String(order), place: map.placeOfKey('order') });
  const title = readText(map, 'title', { max: 80 });
  const summary = readText(map, 'summary', { sentences: true });
  const audience = readText(map, 'audience', { sentences: true });
  const objectives = readTexts(map, 'objectives', { min: 1, max: 6 });
  const glossary = readGlossary(map);
  const modules = await readModules(map, folder, findings, options);
  for (const each of modules) catalogue.modules.take(each.map, each.slug);
  const slugs = new Set(map.list('modules', { min: 0, max: 99 }).map(slugOfFolder));
  checkPrerequisites(modules, slugs);
  const test = (await isFile(join(folder, 'test.yaml')))
    ? await readTest(folder, slugs, findings)
    : undefined;
  const documents = modules.map((each) => each.document);
  return {
    ...{
      format: 1,
      slug: slug.value,
      order,
      title,
      summary,
      audience,
      objectives,
      glossary,
      modules: documents,
    },
    ...(test ? { test } : {}),
    ...map.extra(),
  };
}

async function readModules(
  map: YamlMapReader,
  folder: string,
  findings: CourseFileFindings,
  options: ReadOptions,
): Promise<ReadModule[]> {
  const names = new UniqueNames('module folder');
  const listed: Placed<string>[] = map.list('modules', { min: 1, max: 99 }).map((node) => {
    const value = isScalar(node) ? String(node.value) : '';
    return { value, place: map.file.placeOf(node) };
  });
  const modules: ReadModule[] = [];
  const seen = new Set<string>();
  for (const name of listed) {
    names.take(map, name);
    if (seen.has(name.value)) continue;
    seen.add(name.value);
    if (!/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(name.value)) {
      map.error(name.place, `module folder "${name.value}" must be two digits, a dash and a slug`);
    } else if (!(await isFile(join(folder, name.value, 'module.yaml')))) {
      map.error(
        name.place,
        `module "${name.value}" is missing: no ${join(folder, name.value, 'module.yaml')}`,
      );
    } else {
      const module = await readModule(folder, name.value, findings, options);
      if (module) modules.push(module);
    }
  }
  for (const present of await foldersWith(folder, 'module.yaml')) {
    if (!seen.has(present)) map.error(map.placeOfKey('modules'), `module folder "${present}" is not listed`);
  }
  return modules;
}

/** The slug a folder's name promises; known even where the module itself cannot be read. */
function slugOfFolder(node: YamlNode): string {
  return isScalar(node) ? String(node.value).replace(/^\d\d-/, '') : '';
}

async function foldersWith(folder: string, file: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory() && (await isFile(join(folder, entry.name, file)))) found.push(entry.name);
  }
  return found.sort();
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}
