import { blockOf, type LocalizedText, type PublishedModule, type QuizItem } from '../../courses/public.js';
import { titleOf } from '../../learning/public.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatNumber, pickText } from '../../shared/web/handlebars/format.js';

const LETTERS = 'ABCDEFGHIJ';

/** The questions of a module to be read aloud, their choices in the order of the file; no key. */
export function presentQuestions(module: PublishedModule, locale: Locale): object[] {
  return itemsOf(module).map((item, index) => ({
    number: formatNumber(index + 1, locale),
    prompt: words(item.prompt, locale),
    choices: choicesOf(item, locale),
    options: item.kind === 'match' ? item.options.map(({ text }) => words(text, locale)) : [],
  }));
}

/** The right answers of a module, each with its reason. */
export function presentKeys(
  module: PublishedModule,
  locale: Locale,
): { title: string; number: string; lines: object[] } {
  return {
    number: formatNumber(module.position, locale),
    title: titleOf(module, locale),
    lines: itemsOf(module).map((item, index) => ({
      number: formatNumber(index + 1, locale),
      answer: answerOf(item, locale),
      reason: words(item.reason, locale),
    })),
  };
}

function itemsOf({ document }: PublishedModule): readonly QuizItem[] {
  return blockOf(document, 'quiz')?.items ?? [];
}

function words(text: LocalizedText, locale: Locale): string {
  return pickText(text, locale).text;
}

function choicesOf(item: QuizItem, locale: Locale): Array<{ letter: string; text: string }> {
  if (item.kind === 'number') return [];
  if (item.kind === 'boolean')
    return ['true', 'false'].map((value, at) => ({
      letter: letterAt(at),
      text: t(locale, `teaching:guide.${value}`),
    }));
  return item.choices.map(({ text }, at) => ({ letter: letterAt(at), text: words(text, locale) }));
}

function letterAt(at: number): string {
  return LETTERS[at] ?? String(at + 1);
}

function answerOf(item: QuizItem, locale: Locale): string {
  switch (item.kind) {
    case 'boolean':
      return choicesOf(item, locale)[item.key ? 0 : 1]?.text ?? '';
    case 'number':
      return `${formatNumber(item.key, locale)}${item.unit ? ` ${words(item.unit, locale)}` : ''}`;
    case 'match':
      return item.choices
        .map(({ id, text }) => {
          const option = item.options.find((one) => one.id === item.key[id]);
          return `${words(text, locale)} = ${option ? words(option.text, locale) : ''}`;
        })
        .join(' · ');
    case 'single':
    case 'picture':
    case 'multiple':
    case 'order': {
      const right = typeof item.key === 'string' ? [item.key] : item.key;
      const named = item.choices.map(({ id }, at) => ({ id, shown: choicesOf(item, locale)[at] }));
      return right
        .flatMap((id) => named.filter((one) => one.id === id))
        .map(({ shown }) => (shown ? `${shown.letter}. ${shown.text}` : ''))
        .join(' · ');
    }
  }
}
