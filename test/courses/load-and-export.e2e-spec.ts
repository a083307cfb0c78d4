import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { CourseExport, CourseFolderNotEmpty, CourseLoader, NoSuchCourse } from '../../src/courses/public.js';
import { anyCourse } from '../../src/courses/course-file/fixtures/any-course.js';
import { projectCourses, relativeFiles } from '../../src/courses/course-folder.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { givenCourses, type CourseFolder } from '../support/courses.js';
import { holdsInDatabase } from '../support/property.js';

/** Every file below a folder by its path. */
async function contents(folder: string): Promise<Map<string, string>> {
  const paths = await relativeFiles(folder);
  return new Map(
    await Promise.all(
      paths.map(async (path): Promise<[string, string]> => [
        path,
        (await readFile(join(folder, path))).toString('latin1'),
      ]),
    ),
  );
}

describe('courses as files, in and out', () => {
  let scratch: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'qafila-export-'));
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  describe('those of the project', () => {
    let t: TestApp;
    beforeAll(async () => {
      t = await createTestApp({ isFirstStart: true });
    }, 120_000);
    afterAll(() => t.close());

    it('come back byte for byte, media too, and loading them again changes nothing', async () => {
      const [first, second] = [join(scratch, 'first'), join(scratch, 'second')];
      for (const slug of ['e-marketing', 'paiement-electronique', 'vente-en-ligne']) {
        await t.app.get(CourseExport).export(slug, first);
        expect(await contents(join(first, slug))).toEqual(await contents(join(projectCourses(), slug)));
      }
      const loaded = await t.app.get(CourseLoader).load(first);
      expect(loaded).toMatchObject({ published: [], waiting: [] });
      expect(loaded.unchanged).toHaveLength(3);
      await t.app.get(CourseExport).export('vente-en-ligne', second);
      expect(await contents(join(second, 'vente-en-ligne'))).toEqual(
        await contents(join(first, 'vente-en-ligne')),
      );
    }, 120_000);
  });

  describe('one of them', () => {
    let t: TestApp;
    let courses: CourseFolder;
    beforeAll(async () => {
      courses = await givenCourses();
      const file = join(courses.path, 'tissage/01-le-prix/module.yaml');
      const text = await readFile(file, 'utf8');
      await writeFile(
        file,
        `# kept\nx-later: { deep: { deeper: [1, 'two'] } }\n${text.replace('kind: exercise', 'kind: exercise\n    x-block: yes # why')}`,
      );
      t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
    }, 60_000);
    afterAll(async () => {
      await t.close();
      await courses.remove();
    });

    it('keeps comments and keys it does not know, over load and export', async () => {
      const out = join(scratch, 'unknown');
      await t.app.get(CourseExport).export('tissage', out);
      expect(await contents(out)).toEqual(await contents(courses.path));
      await rm(join(out, 'tissage/02-la-vente/module.yaml'));
      await writeFile(join(out, 'tissage/left-over.txt'), 'x');
      await t.app.get(CourseExport).export('tissage', out);
      expect(await contents(out)).toEqual(await contents(courses.path));
    });

    it('writes over no other folder, and names the courses there are', async () => {
      const other = join(scratch, 'other');
      await t.app.get(CourseExport).export('tissage', other);
      await rm(join(other, 'tissage/course.yaml'));
      await expect(t.app.get(CourseExport).export('tissage', other)).rejects.toThrow(CourseFolderNotEmpty);
      await expect(t.app.get(CourseExport).export('poterie', other)).rejects.toThrow(NoSuchCourse);
      await expect(t.app.get(CourseExport).export('poterie', other)).rejects.toThrow(/there are tissage/);
    });

    it('never changes, revives or deletes a version', async () => {
      const id = `(SELECT id FROM course_version LIMIT 1)`;
      const forbidden = [
        `UPDATE course_version SET document = '{}' WHERE id = ${id}`,
        `UPDATE course_version SET files = '{}' WHERE id = ${id}`,
        `UPDATE course_version SET origin = 'browser' WHERE id = ${id}`,
        `DELETE FROM course_version WHERE id = ${id}`,
      ];
      for (const [n, sql] of forbidden.entries())
        await expect(t.db.write(`test.break.${n}`, sql)).rejects.toThrow(/never/);
      await expect(
        t.db.transaction(async () => {
          await t.db.write('test.retire', `UPDATE course_version SET status = 'retired'`);
          await t.db.write('test.revive', `UPDATE course_version SET status = 'published'`);
        }),
      ).rejects.toThrow(/stays retired/);
    });

    it('makes a new version of a comment alone, without a change for learners', async () => {
      const { path } = courses;
      await courses.write(
        'tissage/course.yaml',
        `${await readFile(join(path, 'tissage/course.yaml'), 'utf8')}# new\n`,
      );
      expect(await t.app.get(CourseLoader).load()).toMatchObject({ published: ['tissage'] });
      expect(await t.app.get(CourseLoader).load()).toMatchObject({ published: [], unchanged: ['tissage'] });
      const out = join(scratch, 'comment');
      expect(await t.app.get(CourseExport).export('tissage', out)).toMatchObject({ number: 2 });
      expect(await contents(out)).toEqual(await contents(path));
    });

    it('gives back any course byte for byte, with every field there is, and loading it again changes nothing', async () => {
      const [folder, out] = [join(scratch, 'any'), join(scratch, 'any-out')];
      const property = fc.asyncProperty(anyCourse, async (files) => {
        for (const each of [folder, out]) await rm(each, { recursive: true, force: true });
        for (const [path, text] of files) {
          await mkdir(dirname(join(folder, path)), { recursive: true });
          await writeFile(join(folder, path), text);
        }
        const loader = t.app.get(CourseLoader);
        await loader.load(folder);
        for (const to of [out, folder]) await t.app.get(CourseExport).export('partout', to);
        const expected = new Map(
          [...files].map(([path, text]) => [path, Buffer.from(text).toString('latin1')]),
        );
        expect(await contents(out)).toEqual(expected);
        expect(await loader.load(out)).toMatchObject({ published: [], unchanged: ['partout'] });
        expect(await contents(folder)).toEqual(expected);
      });
      await holdsInDatabase(property, { casesPerCase: 40, least: 5 });
    }, 120_000);
  });
});
