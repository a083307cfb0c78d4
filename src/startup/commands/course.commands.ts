import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CourseExport, CourseFilesInvalid, CourseLoader } from '../../courses/public.js';
import type { RunCommand } from './operator.js';
import { addRecordingCommands } from './recording.commands.js';

/** `course load` and `course export`: courses as files, in and out by the same serializer. */
export function addCourseCommands(program: Command, run: RunCommand): void {
  const course = program.command('course').description('Courses as files');
  course
    .command('load <dir>')
    .description(
      'Publish the courses of a folder that have changed; prints every error and warning with its file, line and column',
    )
    .option('--replace', 'also where the published version was written in the browser', false)
    .action((dir: string, { replace }: { replace: boolean }) =>
      run(async ({ app, say }) => {
        const folder = resolve(dir);
        if (!existsSync(folder)) throw new Error(`There is no folder ${folder}`);
        try {
          const loaded = await app.get(CourseLoader).load(folder, { replace });
          for (const slug of loaded.published) say(`${slug}   published`);
          for (const slug of loaded.unchanged) say(`${slug}   unchanged`);
          for (const slug of loaded.waiting)
            say(`${slug}   waiting: written in the browser since (--replace publishes)`);
          for (const { message } of loaded.warnings) say(`warning: ${message}`);
          if ([...loaded.published, ...loaded.unchanged, ...loaded.waiting].length > 0) return 0;
          say(nothingIn(folder));
          return 1;
        } catch (error) {
          if (!(error instanceof CourseFilesInvalid)) throw error;
          for (const { message } of error.errors) say(message);
          return 1;
        }
      }),
    );
  course
    .command('export <course> <dir>')
    .description('Write the published version of a course, by slug or id, into DIR/<slug>')
    .action((key: string, dir: string) =>
      run(async ({ app, say }) => {
        const { number, files, folder } = await app.get(CourseExport).export(key, resolve(dir));
        say(`${folder}   version ${number}, ${files} files`);
        return 0;
      }),
    );
  addRecordingCommands(course, run);
}

/** Why a folder gave no course. */
function nothingIn(folder: string): string {
  return existsSync(join(folder, 'course.yaml'))
    ? `${folder} is itself a course: name the folder above it, ${dirname(folder)}`
    : `No course was found in ${folder}: a course is a folder in it with a course.yaml`;
}
