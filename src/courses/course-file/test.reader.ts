import { join } from 'node:path';
import { type TestDocument, type TestItem } from './course-document.js';
import { type CourseFileFindings, type Place } from './course-file.error.js';
import { ModuleFiles, type PictureFiles } from './module-files.js';
import { readItem } from './quiz-item.reader.js';
import { readText } from './text.reader.js';
import { UniqueNames } from './unique-names.js';
import { YamlFile } from './yaml-file.js';
import { YamlMapReader } from './yaml-map.reader.js';

/** The same ten before and after: gain is counted in tenths. */
const ITEMS = 10;
/** Answered by a letter, so that they can be read aloud and written down in a grid. */
const KINDS = ['single', 'picture', 'boolean'];
const PICTURE = /^(\d\d-[a-z0-9-]+)\/(images\/[^/]+)$/;

/** Reads `<courseFolder>/test.yaml`. @param slugs of the course's modules */
export async function readTest(
  courseFolder: string,
  slugs: ReadonlySet<string>,
  findings: CourseFileFindings,
): Promise<TestDocument | undefined> {
  const file = await YamlFile.read(join(courseFolder, 'test.yaml'), findings);
  if (!file) return undefined;
  const map = YamlMapReader.of(file, file.root, 'a test');
  if (map.isBroken) return undefined;
  map.number('format', { min: 1, max: 1 });
  const title = readText(map, 'title', { max: 80 });
  const intro = readText(map, 'intro', { sentences: true });
  const ids = new UniqueNames('test item id');
  const pictures = new CoursePictures(courseFolder, findings);
  const items: TestItem[] = [];
  for (const node of map.list('items', { min: ITEMS, max: ITEMS })) {
    const item = await readTestItem(YamlMapReader.of(map.file, node, 'a test item'), ids, pictures, slugs);
    if (item) items.push(item);
  }
  return { title, intro, items, ...map.extra() };
}

async function readTestItem(
  map: YamlMapReader,
  ids: UniqueNames,
  pictures: PictureFiles,
  slugs: ReadonlySet<string>,
): Promise<TestItem | undefined> {
  const module = map.isBroken ? '' : map.slug('module').value;
  if (module !== '' && !slugs.has(module)) {
    map.error(map.placeOfKey('module'), `module "${module}" is no module of this course`);
  }
  const item = await readItem(map, ids, pictures);
  if (!item) return undefined;
  if (item.kind === 'single' || item.kind === 'picture' || item.kind === 'boolean')
    return { ...item, module };
  map.error(map.placeOfKey('kind'), `a test item is one of ${KINDS.join(', ')}: it is answered by a letter`);
  return undefined;
}

/** Pictures of any module of a course, named by a path inside the course folder. */
class CoursePictures implements PictureFiles {
  constructor(
    private readonly folder: string,
    private readonly findings: CourseFileFindings,
  ) {}

  async checkPicture(file: string, place: Place): Promise<void> {
    if (file === '') return;
    const [, module, picture] = PICTURE.exec(file) ?? [];
    if (module === undefined || picture === undefined) {
      this.findings.error(place, `picture "${file}" must be <module folder>/images/<name>.svg`);
    } else await new ModuleFiles(join(this.folder, module), this.findings).checkPicture(picture, place);
  }
}
