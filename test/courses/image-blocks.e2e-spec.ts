import sharp from 'sharp';
import { MODULE } from '../support/courses.js';
import { type Author, FOLDER, givenAuthor, HOME, wordsOf } from './author.js';

const BLOCK = `${HOME}/parts/${FOLDER}/image-1`;

jest.setTimeout(30_000);

describe('pictures that stand by themselves', () => {
  let author: Author;
  beforeAll(async () => {
    author = await givenAuthor();
  }, 60_000);
  afterAll(() => author.close());

  it('are begun in the browser, and are not published without a picture and what it shows', async () => {
    expect((await author.begin('image')).headers.location).toBe(BLOCK);
    await author.save(BLOCK, { 't:/title/fr': 'Le plan du stand', 't:/title/ar': 'خريطة الرواق' });
    const refused = await author.publish();
    expect(refused.statusCode).toBe(422);
    expect(refused.json<{ errors: { pointer: string; code: string }[] }>().errors).toMatchObject([
      { pointer: `/${FOLDER}/module.yaml/image-1/image/file`, code: 'course-picture-missing' },
      { pointer: `/${FOLDER}/module.yaml/image-1/image/alt` },
      { pointer: `/${FOLDER}/module.yaml/image-1/image/alt` },
    ]);
  });

  it('stand in the lesson with what they show and what is written under them, in both languages', async () => {
    const content = await sharp({ create: { width: 900, height: 500, channels: 3, background: '#0F5C63' } })
      .jpeg()
      .toBuffer();
    const sent = await author.upload(
      `${BLOCK}/picture`,
      { target: '/image' },
      { field: 'picture', name: 'plan.jpg', content },
    );
    expect(sent.statusCode).toBe(303);
    await author.save(BLOCK, {
      ...{ 't:/image/alt/fr': 'Le stand vu d’en haut', 't:/image/alt/ar': 'الرواق من الأعلى' },
      ...{ 't:/caption/fr': 'Les tapis devant.', 't:/caption/ar': 'الزرابي في الأمام.' },
    });
    expect((await author.publish()).statusCode).toBe(200);
    for (const [locale, title, alt, caption] of [
      ['fr', 'Le plan du stand', 'Le stand vu d’en haut', 'Les tapis devant.'],
      ['ar', 'خريطة الرواق', 'الرواق من الأعلى', 'الزرابي في الأمام.'],
    ] as const) {
      const { body } = await author.t.inject({ url: `/${locale}/courses/tissage/${MODULE}` });
      const [, figure = ''] = /(<figure class="lesson-image[\s\S]*?<\/figure>)/.exec(body) ?? [];
      expect(wordsOf(figure)).toContain(title);
      expect(wordsOf(figure)).toContain(caption);
      expect(figure).toContain(`alt="${alt}"`);
      const src = /src="([^"]+)"/.exec(figure)?.[1] ?? '';
      expect((await author.t.inject({ url: src })).headers['content-type']).toBe('image/webp');
    }
  });
});
