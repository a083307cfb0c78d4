import { readFile } from 'node:fs/promises';

type Words = { [key: string]: string | Words };

const wordsOf = async (folder: string, locale: string): Promise<Words> =>
  JSON.parse(
    await readFile(new URL(`../${folder}/locales/${locale}.json`, import.meta.url), 'utf8'),
  ) as Words;

const textsOf = (words: string | Words | undefined): string[] =>
  typeof words === 'string' ? [words] : Object.values(words ?? {}).flatMap(textsOf);

describe('the words around a video', () => {
  it.each(['fr', 'en', 'ar'])('quote no sentence of ffmpeg’s in %s', async (locale) => {
    const errors = await wordsOf('shared/errors', locale);
    const films = Object.entries(errors).filter(([code]) => code.startsWith('film-'));
    expect(films.flatMap(([, words]) => textsOf(words)).filter((text) => text.includes('{{why}}'))).toEqual(
      [],
    );
  });

  it('have one Arabic word for the server', async () => {
    const errors = await wordsOf('shared/errors', 'ar');
    const said = Object.entries(errors).filter(([code]) => /^(?:video|film)-/.test(code));
    const texts = [...said.flatMap(([, words]) => textsOf(words)), ...textsOf(await wordsOf('video', 'ar'))];
    expect(texts.filter((text) => text.includes('خادم'))).toEqual([]);
    expect(texts.filter((text) => text.includes('الخادوم')).length).toBeGreaterThan(8);
  });

  it.each([
    ['fr', 'gardée'],
    ['en', 'kept'],
    ['ar', 'محفوظ'],
  ])('say of every fault of the server in %s that the video is kept', async (locale, kept) => {
    const errors = await wordsOf('shared/errors', locale);
    for (const why of ['no-room', 'too-slow', 'no-ffmpeg', 'interrupted', 'broke'])
      expect([why, textsOf(errors[`film-${why}`]).join(' ')]).toEqual([why, expect.stringContaining(kept)]);
  });
});
