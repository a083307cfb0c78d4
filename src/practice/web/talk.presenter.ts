import type { Locale } from '../../shared/i18n/i18n.js';
import { t } from '../../shared/i18n/i18n.js';
import type { ExerciseResult } from '../engine/rules.js';
import type { OpenShop } from '../open-shop.js';
import { deedForm, momentOf, pictureHref, presentHead } from './frame.presenter.js';

/** The messages that came, newest first, with the answers to choose from. */
export function presentMessages(shop: OpenShop, locale: Locale) {
  const { scenario, state } = shop;
  const back = `/practice/${scenario.slug}/messages`;
  const talks = [...state.chats]
    .sort(([, a], [, b]) => b.at - a.at)
    .flatMap(([id, chat]) => {
      const script = scenario.chats.find((one) => one.id === id);
      if (!script) return [];
      const customer = scenario.customers.find((one) => one.id === script.customer);
      const chosen = script.choices.find((one) => one.id === chat.choice);
      const isOpen = !chosen && !chat.missed;
      const choices = script.choices.map((choice) => ({
        ...deedForm(
          { locale, slug: scenario.slug, back },
          { kind: 'chat.answer', chat: id, choice: choice.id },
          {
            word: 'answer',
            glyph: 'message-square',
          },
        ),
        label: choice.text[locale] ?? choice.text.fr,
      }));
      return [
        {
          id,
          moment: momentOf(chat.at, locale),
          face: pictureHref(customer?.picture ?? 'unknown'),
          name: customer?.name,
          picture: script.picture
            ? { src: pictureHref(script.picture), alt: t(locale, `practice:picture.${script.picture}`) }
            : undefined,
          text: script.text,
          missed: chat.missed,
          choices: isOpen ? choices : [],
          said: chosen?.text,
          reply: chosen?.reply,
        },
      ];
    });
  return { head: presentHead(shop, 'messages', locale), talks };
}

const KINDS = { done: 'good', wrong: 'warn', open: 'neutral' } as const;

/** The exercises with their points, hints and reasons. */
export function presentExercises(shop: OpenShop, locale: Locale) {
  const { score } = shop;
  return {
    head: presentHead(shop, 'exercises', locale),
    value: Math.round((score.points / Math.max(1, score.max)) * 100),
    exercises: score.exercises.map((result) => presentExercise(result, locale)),
  };
}

function presentExercise({ exercise, state, path, points, reasons }: ExerciseResult, locale: Locale) {
  return {
    id: exercise.id,
    title: exercise.title,
    task: exercise.task,
    state: { kind: KINDS[state], text: t(locale, `practice:exercise.${state}`) },
    points: t(locale, 'practice:points', { points, max: exercise.points }),
    hint: path?.hint,
    reasons: reasons.map(({ rule, points: count }) => {
      const key = rule === 'done' ? 'practice:reason.done' : 'practice:reason.cost';
      return t(locale, key, { points: Math.abs(count) });
    }),
  };
}
