import type { QuizBlock } from '../courses/public.js';
import type { Answers } from '../learning/public.js';
import type { SeededRandom } from './random.js';

/** Answers of somebody who knows so many of them; a wrong one is the first choice that is not the key. */
export function inventAnswers(items: QuizBlock['items'], knows: number, random: SeededRandom): Answers {
  return Object.fromEntries(
    items.map((item) => {
      const choices = 'choices' in item && item.kind !== 'match' ? item.choices : [];
      const wrong = choices.find(
        ({ id }) => id !== item.key && !(Array.isArray(item.key) && item.key.includes(id)),
      );
      if (random.chance(knows) || !wrong) return [item.id, item.key];
      return [item.id, Array.isArray(item.key) ? [wrong.id] : wrong.id];
    }),
  );
}
