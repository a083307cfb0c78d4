import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { applyFields } from '../authoring/draft-fields.js';
import { HEAD, namesIn, pathOfPart } from '../authoring/draft-part.js';
import { CourseText } from '../course-file/course-text.js';
import { readDraft } from '../course-file/course.reader.js';
import { anyCourse } from '../course-file/fixtures/any-course.js';
import { withFiles } from '../course-file/fixtures/course-folder.js';
import { blockFields, courseFields, moduleFields, testFields } from './part-fields.js';
import { type FormField, PartForm } from './part-form.js';
import { quizItems } from './quiz-form.js';

const COURSES = fileURLToPath(new URL('../../../courses', import.meta.url));
const committed = readdirSync(COURSES, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(course|module|test)\.yaml$/.test(path))
  .map((path): [string, string] => [path, readFileSync(join(COURSES, path), 'utf8')]);

/** The fields of a part as its page shows them, where the other modules are those that it requires and no picture can be chosen. */
function fieldsOf(path: string, part: string, value: object): FormField[] {
  const required = 'requires' in value ? (value.requires as string[]) : [];
  const modules = required.map((slug) => ({ value: slug, label: slug }));
  const around = { locale: 'fr' as const, pictures: [], pictureBase: '/', modules };
  const form = new PartForm('fr', value, {}, new Map());
  const kind = 'kind' in value ? String(value.kind) : '';
  const isTest = path.endsWith('test.yaml');
  const own =
    part !== HEAD
      ? blockFields(form, kind, around)
      : isTest
        ? testFields(form)
        : path.endsWith('course.yaml')
          ? courseFields(form)
          : moduleFields(form, around);
  const items = kind === 'quiz' || isTest ? quizItems(form, around, isTest) : [];
  const answers = items.flatMap(({ fields, groups, reason, more }) => [
    ...fields,
    ...groups.flatMap(({ entries }) => entries.flatMap((entry) => entry.fields)),
    ...reason,
    ...more,
  ]);
  return [...own, ...answers];
}

/** What a browser sends of these fields when nobody has touched them. */
function sent(fields: readonly FormField[]): Record<string, string | string[]> {
  const named = fields.flatMap((field): [string, string | string[]][] => {
    const chosen = (options: FormField['options']): string[] =>
      (options ?? []).filter(({ checked }) => checked).map(({ value }) => value);
    if (field.kind === 'pair')
      return (field.entries ?? []).map(({ name, value }) => [name, value.replaceAll('\n', '\r\n')]);
    const name = field.name ?? '';
    if (field.kind === 'select') return [[name, chosen(field.options)[0] ?? '']];
    if (field.kind === 'list') return [[name, ['', ...chosen(field.options)]]];
    if (field.kind === 'order')
      return [[name, (field.places ?? []).map(({ options }) => chosen(options)[0] ?? '')]];
    return [[name, field.value ?? '']];
  });
  return Object.fromEntries(named);
}

/** Each part of a file with the fields that its page would send. */
function* partsOf(
  path: string,
  source: string,
): Generator<{ part: string; fields: Record<string, string | string[]> }> {
  const text = CourseText.parse(source);
  const parts = path.endsWith('module.yaml') ? [HEAD, ...namesIn(text)] : [HEAD];
  for (const part of parts)
    yield { part, fields: sent(fieldsOf(path, part, text.get(pathOfPart(part)) as object)) };
}

/** A form that nobody touched changes no byte; one text that is changed changes nothing else. */
function checkForms(path: string, source: string): void {
  const canonical = CourseText.parse(source).toString();
  for (const { part, fields } of partsOf(path, source)) {
    const text = CourseText.parse(source);
    applyFields(text, part, fields);
    expect(text.toString()).toBe(canonical);
    for (const name of Object.keys(fields).filter((each) => /^t:.*\/(prompt|title)\/fr$/.test(each))) {
      applyFields(text, part, { ...fields, [name]: 'Autre chose' });
      const place = [...pathOfPart(part), ...name.slice(3).split('/')];
      expect(text.get(place)).toBe('Autre chose');
      text.set(place, CourseText.parse(source).get(place));
      expect(text.get()).toEqual(CourseText.parse(source).get());
      break;
    }
  }
}

describe('the forms of an author', () => {
  it.each(committed)(
    '%s: each part saved as it stands changes no byte, one text changed changes nothing else',
    (path, source) => {
      checkForms(path, source);
    },
  );

  it('write what is said of true and of false as such, and take it away when it is emptied', () => {
    const source =
      'blocks:\n  - id: quiz\n    items:\n      - id: vrai\n        kind: boolean\n        key: true\n';
    const text = CourseText.parse(source);
    const field = (answer: string, lang: string) => `t:/items/#vrai/feedback/${answer}/${lang}`;
    expect(
      sent(fieldsOf('module.yaml', 'quiz', { kind: 'quiz', items: [{ id: 'vrai', kind: 'boolean' }] })),
    ).toMatchObject({ [field('true', 'fr')]: '', [field('false', 'ar')]: '' });
    applyFields(text, 'quiz', { [field('true', 'fr')]: 'Oui.', [field('false', 'ar')]: 'لا.' });
    expect(text.toString()).toBe(
      `${source}        feedback:\n          true:\n            fr: Oui.\n          false:\n            ar: لا.\n`,
    );
    applyFields(text, 'quiz', { [field('true', 'fr')]: '' });
    expect(text.toString()).toBe(`${source}        feedback:\n          false:\n            ar: لا.\n`);
    applyFields(text, 'quiz', { [field('true', 'fr')]: '', [field('false', 'ar')]: '' });
    expect(text.toString()).toBe(source);
  });

  it('reads any course that the format allows, and keeps every field and unknown key through the serializer and each form', async () => {
    await fc.assert(
      fc.asyncProperty(anyCourse, async (files) => {
        await withFiles(files, async (folder) => {
          expect(
            (await readDraft(join(folder, 'partout'), { media: 'ignore' })).errors.map(
              ({ message }) => message,
            ),
          ).toEqual([]);
        });
        for (const [path, source] of files) {
          if (!path.endsWith('.yaml')) continue;
          const once = CourseText.parse(source).toString();
          expect(CourseText.parse(once).toString()).toBe(once);
          expect(CourseText.parse(once).get()).toEqual(CourseText.parse(source).get());
          if (!path.endsWith('video.yaml')) checkForms(path, source);
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 30_000);
});
