import type { Listening, PublishedCourse, TestItem, VersionedTest } from '../../courses/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { letterOf } from '../answer-grid.js';
import { presentTestChoice, tracksOfTest } from './course-test.pages.presenter.js';
import { Reader } from './reader.js';

/** The cards of a test, one a question; the key only where it is asked for. */
export function presentCards(
  { course, test, base }: VersionedTest & { readonly course: PublishedCourse },
  { listening, locale, withKey }: { listening: Listening; locale: Locale; withKey: boolean },
): object {
  const reader = new Reader(locale);
  const tracksOf = tracksOfTest(listening, locale);
  const picture = ({ file, alt }: NonNullable<TestItem['image']>) => ({
    src: `${base}/${file}`,
    alt: reader.plain(alt),
  });
  return {
    backHref: `/${locale}/staff/learning/${course.slug}/test`,
    withKey,
    choice: presentTestChoice(test, listening, locale),
    cards: test.items.map((item, index) => ({
      number: index + 1,
      prompt: reader.shown(item.prompt),
      tracks: tracksOf(item.id),
      ...(item.image ? { image: picture(item.image) } : {}),
      ofPictures: item.kind === 'picture',
      choices:
        item.kind === 'boolean'
          ? (['true', 'false'] as const).map((value, at) => ({
              letter: letterOf(at),
              text: { text: t(locale, `learning:cards.${value}`) },
            }))
          : item.choices.map((choice, at) => ({
              letter: letterOf(at),
              text: reader.shown(choice.text),
              ...('image' in choice ? { image: picture(choice.image) } : {}),
            })),
      ...(withKey
        ? {
            right: t(locale, 'learning:cards.right', { letter: keyLetter(item) }),
            reason: reader.shown(item.reason),
          }
        : {}),
    })),
  };
}

function keyLetter(item: TestItem): string {
  if (item.kind === 'boolean') return letterOf(item.key ? 0 : 1);
  return letterOf(item.choices.findIndex(({ id }) => id === item.key));
}
