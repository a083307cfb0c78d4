import { edit, HERE, validCourse, withFiles } from './fixtures/course-folder.js';
import { readCourse, readCourses, readDraft } from './course.reader.js';
import { courseLinks, markdownProblems, renderMarkdown } from './markdown.js';

const MODULE = 'tissage/01-le-prix/module.yaml';
const TEXT = 'ar: الثمن يؤدي الصوف.';

async function errorsWith(
  href: string,
  others?: Map<string, Set<string>>,
): Promise<{ errors: string[]; place: string }> {
  const files = validCourse();
  const place = edit(files, MODULE, TEXT, `ar: 'الثمن [هنا${HERE}](${href}).'`);
  const errors = await withFiles(files, async (folder) =>
    (await readCourses(folder, {}, others)).errors.map(({ message }) => message.slice(folder.length + 1)),
  );
  return { errors, place };
}

describe('links to courses', () => {
  it.each(['/courses/tissage', '/courses/tissage/la-vente', '/courses/tissage/le-prix', 'https://poste.ma'])(
    'may lead to %s',
    async (href) => {
      expect((await errorsWith(href)).errors).toEqual([]);
    },
  );

  it.each(['/courses/poterie', '/courses/tissage/rien', '/courses/poterie/le-prix'])(
    'must lead somewhere: %s',
    async (href) => {
      const { errors, place } = await errorsWith(href);
      expect(errors).toEqual([`${MODULE}:${place} link "${href}" leads nowhere`]);
    },
  );

  it('may lead to a course that is published and not in the folder', async () => {
    const others = new Map([['poterie', new Set(['terre'])]]);
    expect((await errorsWith('/courses/poterie/terre', others)).errors).toEqual([]);
    expect((await errorsWith('/courses/poterie/feu', others)).errors).toHaveLength(1);
  });

  it('reads one course without the others, and a draft with its links', async () => {
    const files = validCourse();
    edit(files, MODULE, TEXT, `ar: '[هنا](/courses/poterie) [هناك](/courses/tissage/rien)'`);
    await withFiles(files, async (folder) => {
      const { errors } = await readCourse(`${folder}/tissage`);
      expect(errors.map(({ reason }) => reason)).toEqual(['link "/courses/tissage/rien" leads nowhere']);
      const draft = await readDraft(`${folder}/tissage`);
      expect(draft.links.map(({ href }) => href)).toEqual(['/courses/poterie', '/courses/tissage/rien']);
    });
  });

  it.each([
    '/staff/courses',
    '/courses',
    '/courses/a/b/c',
    '//evil.ma/x',
    '/courses/../x',
    'courses/a',
    '/Courses/a',
  ])('are no other address of the site: %s', (href) => {
    expect(markdownProblems(`[x](${href})`)).toHaveLength(1);
    expect(courseLinks(`[x](${href})`)).toEqual([]);
    expect(renderMarkdown(`[x](${href})`)).not.toContain('href');
  });

  it('open in the reader’s language, and pages elsewhere without a way back', () => {
    const source = '[a](/courses/tissage/le-prix) [b](https://poste.ma)';
    expect(renderMarkdown(source, 'ar')).toBe(
      '<p><a href="/ar/courses/tissage/le-prix">a</a> <a href="https://poste.ma" rel="noopener">b</a></p>\n',
    );
    expect(renderMarkdown(source)).toContain('href="/courses/tissage/le-prix"');
  });
});
