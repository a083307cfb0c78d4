import { fileURLToPath } from 'node:url';
import { readCourses } from './course.reader.js';

const COURSES = fileURLToPath(new URL('../../../courses', import.meta.url));

describe("the project's own courses", () => {
  it('load without an error or a warning', async () => {
    const { documents, errors, warnings } = await readCourses(COURSES);
    expect(documents).toHaveLength(3);
    expect([...errors, ...warnings].map(({ message }) => message.replace(`${COURSES}/`, ''))).toEqual([]);
  });
});
