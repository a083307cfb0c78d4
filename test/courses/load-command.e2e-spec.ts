import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { Command } from 'commander';
import { projectCourses } from '../../src/courses/course-folder.js';
import { addCourseCommands } from '../../src/startup/commands/course.commands.js';
import { StartupTasks } from '../../src/shared/operations/startup-tasks.js';
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

  describe('a text that is hard to read', () => {
    const path = 'tissage/01-le-prix/module.yaml';
    const easy = 'text: { fr: Prenez un tapis.';
    let wordy: CourseFolder;
    let warning: RegExp;

    beforeAll(async () => {
      const files = withCaptions(courseFiles());
      const text = files.get(path) ?? '';
      const line = text.slice(0, text.indexOf(easy)).split('\n').length;
      wordy = await givenCourses(
        files.set(path, text.replace(easy, `text: { fr: Prenez ${'un tapis '.repeat(10)}.`)),
      );
      warning = new RegExp(
        `${join(wordy.path, path)}:${line}:\\d+ text.fr: a sentence of 21 words \\(at most 20\\)`,
      );
    });
    afterAll(() => wordy.remove());

    it('is said with its place by the command, and published all the same', async () => {
      const [code, said] = await load(wordy.path);
      expect([code, said.split('\n')[0]]).toEqual([0, 'tissage   published']);
      expect(said.split('\n')[1]).toMatch(new RegExp(`^warning: ${warning.source}`));
    });

    it('is said in the log of the start that reads it, and of no other', async () => {
      const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
      const said = () => warn.mock.calls.map(String).filter((message) => warning.test(message)).length;
      const other = await createTestApp({ env: { QAFILA_COURSES: wordy.path } });
      expect(said()).toBe(1);
      await other.app.get(StartupTasks).run();
      expect(said()).toBe(1);
      await other.close();
      warn.mockRestore();
    });
  });

  it("says nothing but their names of the project's own courses", async () => {
    expect(await load(projectCourses())).toEqual([
      0,
      expect.stringMatching(/^([a-z-]+ {3}published\n?){3}$/),
    ]);
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
