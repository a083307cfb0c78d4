import { type CardBlock, type CourseBlock, type MediaManifest } from './course-document.js';
import { type Place } from './course-file.error.js';
import { videoOf } from './video-of.js';

/** What a module must have before learners may be given it. */
const CARDS = { min: 5, max: 7 };
const QUIZ_ITEMS = 5;

/** A block with the place its map begins at. */
export interface PlacedBlock {
  readonly block: CourseBlock;
  readonly place: Place;
}

/** What a module of status `complete` still lacks; `statusPlace` is where it claims to be complete. */
export function completenessGaps(
  blocks: readonly PlacedBlock[],
  statusPlace: Place,
): { readonly place: Place; readonly reason: string }[] {
  const of = (kind: CourseBlock['kind']): PlacedBlock[] => blocks.filter(({ block }) => block.kind === kind);
  const gaps: { place: Place; reason: string }[] = [];
  const gap = (place: Place, reason: string): void => void gaps.push({ place, reason });
  const cards = of('card').length;
  if (cards < CARDS.min || cards > CARDS.max) {
    gap(statusPlace, `a complete module has ${CARDS.min} to ${CARDS.max} cards, this one ${cards}`);
  }
  if (of('video').length !== 1)
    gap(statusPlace, `a complete module has one video, this one ${of('video').length}`);
  if (of('quiz').length === 0) gap(statusPlace, 'a complete module has a quiz');
  if (of('exercise').length === 0) gap(statusPlace, 'a complete module has an exercise');
  for (const { block, place } of blocks) {
    if (block.kind === 'card' && !block.audio.fr) gap(place, `card "${block.id}" has no French audio`);
    const asked = block.kind === 'quiz' ? (block.draw ?? block.items.length) : QUIZ_ITEMS;
    if (asked !== QUIZ_ITEMS)
      gap(place, `quiz "${block.id}" has ${asked} items, a complete module's has ${QUIZ_ITEMS}`);
  }
  return gaps;
}

/** Which blocks name media that are not rendered. */
export function mediaGaps(
  blocks: readonly PlacedBlock[],
  media: MediaManifest | undefined,
): { readonly place: Place; readonly reason: string }[] {
  return blocks.flatMap(({ block, place }) => {
    if (block.kind === 'video' && !videoOf(block, media))
      return [
        {
          place,
          reason: `video "${block.id}" is not ${block.script ? 'rendered; run npm run media' : 'filmed yet'}`,
        },
      ];
    if (block.kind !== 'card') return [];
    return missingVoices(block, media).map((language) => ({
      place,
      reason: `audio "${language}" of card "${block.id}" is not rendered; run npm run media`,
    }));
  });
}

function missingVoices(card: CardBlock, media: MediaManifest | undefined): string[] {
  const has = (language: string): boolean =>
    media?.audio.some((entry) => entry.block === card.id && entry.lang === language) ?? false;
  return Object.keys(card.audio).filter((language) => !has(language));
}
