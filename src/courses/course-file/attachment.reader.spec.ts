import { join } from 'node:path';
import { type AudioBlock, type FileBlock } from './course-document.js';
import { readCourse } from './course.reader.js';
import { edit, validCourse, withFiles } from './fixtures/course-folder.js';
import { pdf } from './fixtures/documents.js';

const MODULE = 'tissage/01-le-prix/module.yaml';
const FOLDER = 'tissage/01-le-prix';
const TITLE = 'title: { fr: La fiche, ar: الجذاذة }';

/** The course with a block before its exercise; § in it is where an error must point. */
function withBlock(kind: string, own: string, beside: Readonly<Record<string, string>>) {
  const files = validCourse();
  const block = `  - id: fiche\n    kind: ${kind}\n    ${TITLE}\n    ${own}\n`;
  const place = edit(files, MODULE, '  - id: devoir\n', `${block}  - id: devoir\n`);
  for (const [path, content] of Object.entries(beside)) files.set(`${FOLDER}/${path}`, content);
  return { files, place };
}

const withDocument = (own: string, beside: Readonly<Record<string, string>> = { 'files/fiche.pdf': pdf() }) =>
  withBlock('file', own, beside);

describe('a block that hands out a document', () => {
  it('has one for everybody, or one for each language, each with its bytes; unknown keys are kept', async () => {
    const one = withDocument('files: { any: files/fiche.pdf }\n    x-later: 1');
    const two = withDocument(
      'description: { fr: Pour noter., ar: للتدوين. }\n    files: { fr: files/a.pdf, ar: files/b.pdf }',
      { 'files/a.pdf': pdf('a'), 'files/b.pdf': pdf('bb') },
    );
    const read = async ({ files }: typeof one): Promise<FileBlock | undefined> =>
      withFiles(files, async (folder) => {
        const { document, errors } = await readCourse(join(folder, 'tissage'));
        expect(errors).toEqual([]);
        return document?.modules[0]?.blocks.find((block) => block.kind === 'file');
      });
    expect(await read(one)).toEqual({
      ...{ kind: 'file', id: 'fiche', title: { fr: 'La fiche', ar: 'الجذاذة' } },
      files: { any: { file: 'files/fiche.pdf', bytes: pdf().length } },
      extra: { 'x-later': 1 },
    });
    expect(await read(two)).toMatchObject({
      description: { fr: 'Pour noter.', ar: 'للتدوين.' },
      files: { fr: { bytes: pdf('a').length }, ar: { bytes: pdf('bb').length } },
    });
  });

  it.each([
    ['none', 'files: §{}', 'files names no document'],
    ['none, not even the word', '§', 'files names no document'],
    ['a language too few', 'files: §{ fr: files/fiche.pdf }', 'files has no translation "ar"'],
    [
      'an unknown language',
      'files: { de: §files/fiche.pdf, fr: files/fiche.pdf, ar: files/fiche.pdf }',
      'unknown language "de" in files; one of any, fr, ar, en',
    ],
    [
      'one for everybody and one more',
      'files: { any: files/fiche.pdf, fr: §files/fiche.pdf }',
      'unknown language "fr" in files; one of any',
    ],
    ['one that is not there', 'files: { any: §files/x.pdf }', 'document "files/x.pdf" is missing'],
    [
      'one outside the module',
      'files: { any: §files/../../x.pdf }',
      'document "files/../../x.pdf" must be files/<name>.<pdf | docx | xlsx | pptx | odt | ods | odp>',
    ],
    [
      'one of another kind',
      'files: { any: §files/page.html }',
      'document "files/page.html" must be files/<name>.<pdf | docx | xlsx | pptx | odt | ods | odp>',
    ],
    [
      'one that is not what its name says',
      'files: { any: §files/faux.docx }',
      'document "files/faux.docx" is no DOCX, or one that breaks off or has macros',
    ],
    [
      'one that is too large',
      'files: { any: §files/gros.pdf }',
      'document "files/gros.pdf" is larger than 10 MiB',
    ],
  ])('is refused with %s, at its place', async (_what, own, reason) => {
    const { files, place } = withDocument(own, {
      'files/fiche.pdf': pdf(),
      'files/faux.docx': pdf(),
      'files/page.html': '<p>',
      'files/gros.pdf': pdf('x'.repeat(10 * 1024 * 1024)),
    });
    await withFiles(files, async (folder) => {
      const { errors } = await readCourse(join(folder, 'tissage'));
      const [error] = errors.map(({ message }) => message.replaceAll(`${folder}/`, ''));
      // A block without the key is an error at the block itself.
      const at = own === '§' ? `${Number(place.split(':')[0]) - 3}:5` : place;
      expect([errors.length, error]).toEqual([1, `${MODULE}:${at} ${reason}`]);
    });
  });
});

const M4A = '\0\0\0\x18ftypM4A ';
const SAID = 'transcript: { fr: Je vends., ar: أبيع. }';

describe('a block that plays a recording', () => {
  it('has it in one listening language or several, with its bytes and what is heard; unknown keys are kept', async () => {
    const { files } = withBlock(
      'audio',
      `${SAID}\n    audio: { ary: { file: sounds/a.m4a, x-by: Fatna }, fr: { file: sounds/a.m4a, synthetic: true } }`,
      { 'sounds/a.m4a': M4A },
    );
    await withFiles(files, async (folder) => {
      const { document, errors } = await readCourse(join(folder, 'tissage'));
      expect(errors).toEqual([]);
      const block = document?.modules[0]?.blocks.find((each): each is AudioBlock => each.kind === 'audio');
      expect(block).toEqual({
        ...{ kind: 'audio', id: 'fiche', title: { fr: 'La fiche', ar: 'الجذاذة' } },
        transcript: { fr: 'Je vends.', ar: 'أبيع.' },
        audio: {
          ary: { file: 'sounds/a.m4a', synthetic: false, bytes: M4A.length, extra: { 'x-by': 'Fatna' } },
          fr: { file: 'sounds/a.m4a', synthetic: true, bytes: M4A.length },
        },
      });
    });
  });

  it.each([
    ['no sound', `${SAID}\n    audio: §{}`, 'audio names no recording'],
    [
      'an unknown language',
      `${SAID}\n    audio: { es: §{ file: sounds/a.m4a } }`,
      'unknown language "es" in audio; one of fr, ar, ary, rif, zgh',
    ],
    [
      'words that are missing in a language',
      'audio: { fr: { file: sounds/a.m4a } }\n    transcript: §{ fr: Je vends. }',
      'transcript has no translation "ar"',
    ],
    [
      'a sound that is not there',
      `${SAID}\n    audio: { fr: { file: §sounds/b.m4a } }`,
      'recording "sounds/b.m4a" is missing',
    ],
    [
      'a sound elsewhere',
      `${SAID}\n    audio: { fr: { file: §media/a.m4a } }`,
      'recording "media/a.m4a" must be sounds/<name>.m4a',
    ],
    [
      'a sound that is none',
      `${SAID}\n    audio: { fr: { file: §sounds/texte.m4a } }`,
      'recording "sounds/texte.m4a" is no M4A',
    ],
    [
      'a machine that is neither true nor false',
      `${SAID}\n    audio: { fr: { file: sounds/a.m4a, synthetic: §peut-être } }`,
      'synthetic must be true or false',
    ],
  ])('is refused with %s, at its place', async (_what, own, reason) => {
    const { files, place } = withBlock('audio', own, { 'sounds/a.m4a': M4A, 'sounds/texte.m4a': 'bonjour' });
    await withFiles(files, async (folder) => {
      const { errors } = await readCourse(join(folder, 'tissage'));
      expect(errors.map(({ message }) => message.replaceAll(`${folder}/`, ''))).toEqual([
        `${MODULE}:${place} ${reason}`,
      ]);
    });
  });
});
