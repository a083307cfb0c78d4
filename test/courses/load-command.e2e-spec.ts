import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addCourseCommands } from '../../src/startup/commands/course.commands.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { type CourseFolder, courseFiles, givenCourses, withCaptions } from '../support/courses.js';

jest.setTimeout(60_000);

describe('the command that loads courses', () => {
  let t: TestApp;
  let courses: CourseFolder;

  beforeAll(async () => {
    courses = await givenCourses(withCaptions(courseFiles()));
    t = await createTestApp({ env: { QAFILA_COURSES: courses.path } });
  });
  afterAll(async () => {
    await t.close();
    await courses.remove();
  });

  /** What it said, and with which code it ended. */
  const load = async (folder: string): Promise<[number, string]> => {
    const said: string[] = [];
    let code = 0;
    const program = new Command();
    addCourseCommands(program, async (work) => {
      code = (await work({ app: t.app, say: (line) => void said.push(line) })) ?? 0;
    });
    await program.parseAsync(['course', 'load', folder], { from: 'user' });
    return [code, said.join('\n')];
  };

  it('names the courses of the folder', async () => {
    expect(await load(courses.path)).toEqual([0, 'tissage   unchanged']);
  });

  it('says that a folder holds none, and fails', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'qafila-empty-'));
    expect(await load(empty)).toEqual([1, expect.stringContaining(`No course was found in ${empty}`)]);
    await rm(empty, { recursive: true });
  });

  it('names the folder above one that is itself a course', async () => {
    const [code, said] = await load(join(courses.path, 'tissage'));
    expect([code, said]).toEqual([1, expect.stringContaining(`name the folder above it, ${courses.path}`)]);
  });
});
