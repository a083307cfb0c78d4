import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { edit, HERE, validCourse, withFiles } from './fixtures/course-folder.js';
import { readCourses } from './course.reader.js';
import { isReservedSlug } from './reserved-slugs.js';

/** The committed route table, which the house's tests hold against the routes there are. */
const ROUTES = readFileSync(fileURLToPath(new URL('../../../docs/access.md', import.meta.url)), 'utf8');

describe('slugs that pages have', () => {
  it('holds every fixed name that stands where a module of a course stands', () => {
    const taken = [...ROUTES.matchAll(/\| \/courses\/:course\/([a-z][a-z-]*)/g)].map(([, name = '']) => name);
    expect(taken).toEqual(expect.arrayContaining(['test', 'version']));
    expect(taken.filter((name) => !isReservedSlug(name))).toEqual([]);
    // Nor does any page stand where a course does: there is no slug to keep free.
    expect([...ROUTES.matchAll(/\| \/courses\/([a-z][a-z-]*)/g)]).toEqual([]);
  });

  it('refuses a module of such a name where its slug is written', async () => {
    const [path, module] = ['tissage/02-la-vente/module.yaml', 'tissage/02-test/module.yaml'];
    const files = validCourse();
    edit(files, 'tissage/course.yaml', '  - 02-la-vente', '  - 02-test');
    const place = edit(files, path, 'slug: la-vente', `slug: ${HERE}test`);
    files.set(module, files.get(path) ?? '');
    files.delete(path);
    await withFiles(files, async (folder) => {
      const { errors } = await readCourses(folder);
      expect(errors.map(({ message }) => message.slice(folder.length + 1))).toEqual([
        `${module}:${place} slug "test" is the name of a page of each course; choose another`,
      ]);
    });
  });
});
