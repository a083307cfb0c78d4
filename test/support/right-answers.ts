import { readCourses } from '../../src/courses/course-file/course.reader.js';

/** An answer as the quiz call takes it. */
export type RightAnswer = string | number | readonly string[];

/** What somebody who learned answers to each quiz of the committed courses, by slug of the module and id of the item. */
export async function rightAnswers(): Promise<Map<string, Record<string, RightAnswer>>> {
  const { documents } = await readCourses('courses');
  const modules = documents.flatMap((course) => course.modules);
  return new Map(
    modules.map(({ slug, blocks }) => {
      const items = blocks.flatMap((block) => (block.kind === 'quiz' ? block.items : []));
      return [
        slug,
        Object.fromEntries(items.map(({ id, key }) => [id, typeof key === 'boolean' ? String(key) : key])),
      ];
    }),
  );
}
