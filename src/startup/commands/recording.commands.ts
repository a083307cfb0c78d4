import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import {
  CourseAuthorQuery,
  CourseScripts,
  type ImportOutcome,
  looksLikeSound,
  RecordingsExport,
  RecordingsImport,
} from '../../courses/public.js';
import { t } from '../../shared/i18n/i18n.js';
import { isListeningLanguage } from '../../shared/listening/listening-language.js';
import type { Operator, RunCommand } from './operator.js';

/** `course recordings import` and `course recordings export`: voices as files named after the blocks. */
export function addRecordingCommands(course: Command, run: RunCommand): void {
  const recordings = course
    .command('recordings')
    .description('Recordings of the cards and questions of a course');
  recordings
    .command('import <course> <lang> <dir>')
    .description(
      'Take in the sounds of a folder, named <block id>.m4a or <quiz>.<question>.m4a, in a folder of the module where a name is not unique; LANG is ary, rif, ar, fr or zgh',
    )
    .addOption(
      new Option('--speaker <speaker>', 'who speaks').choices(['person', 'synthetic']).default('person'),
    )
    .action((key: string, lang: string, dir: string, { speaker }: { speaker: 'person' | 'synthetic' }) =>
      run(async (operator) => {
        if (!isListeningLanguage(lang))
          throw new Error(`There is no listening language ${lang}: ary, rif, ar, fr, zgh`);
        const folder = resolve(dir);
        if (!existsSync(folder)) throw new Error(`There is no folder ${folder}`);
        const files = (await soundsBelow(folder)).map((path) => ({
          path,
          read: () => readFile(join(folder, path)),
        }));
        const { course: found, script } = await findCourse(operator, key);
        const given = { lang, speaker, files };
        const outcomes = await operator.app.get(RecordingsImport).take('system', found, script, given);
        for (const outcome of outcomes) operator.say(lineOf(outcome));
        return outcomes.every(({ error }) => error === undefined) ? 0 : 1;
      }),
    );
  recordings
    .command('export <course> <dir>')
    .description(
      'Write the recordings of the words as they stand now into DIR/<lang>/<module>/<block id>.m4a',
    )
    .action((key: string, dir: string) =>
      run(async (operator) => {
        const { course: found, script } = await findCourse(operator, key);
        const written = await operator.app.get(RecordingsExport).write(found, script, resolve(dir));
        for (const path of written) operator.say(path);
      }),
    );
}

async function findCourse({ app }: Operator, key: string) {
  const course = await app.get(CourseAuthorQuery).forOperator(key);
  if (!course) throw new Error(`There is no course ${key}`);
  return { course, script: await app.get(CourseScripts).of(course) };
}

/** Sounds of a folder and the folders below it, in the order of their paths. */
async function soundsBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter(looksLikeSound)
    .sort();
}

function lineOf({ path, line, error }: ImportOutcome): string {
  return error ? `${path}   ${t('en', `errors:${error.code}.detail`, error.params)}` : `${path}   ${line}`;
}
