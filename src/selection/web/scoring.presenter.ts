import { type Locale, t } from '../../shared/i18n/i18n.js';
import { isolate, pickText } from '../../shared/web/handlebars/format.js';
import { mostPoints, type Standing } from '../scoring.js';
import type { LookRow } from '../screening.store.js';
import { HIGHEST, LONGEST_NOTE, type Selection } from '../selection.js';

/** What was chosen in the form. */
export interface TypedScores {
  readonly scores: Readonly<Record<string, string>>;
  readonly note: string;
}

interface Looked {
  readonly kind: Standing['kind'];
  /** Those that the reader may see. */
  readonly looks: readonly LookRow[];
  readonly accountId: string;
}

/** The form of the scores of a dossier, or why there is none. */
export function presentScoring(
  { design, state }: Selection,
  { kind, looks, accountId }: Looked,
  refused: { typed: TypedScores; errors: ReadonlyArray<{ field: string; text: string }> } | undefined,
  locale: Locale,
) {
  const say = (key: string, params = {}): string => t(locale, `selection:screening.${key}`, params);
  const mine = looks.find((look) => look.accountId === accountId);
  const isThird = kind === 'gap' && !mine;
  const mayScore =
    state === 'announced' && (isThird || kind === 'open' || (design.scorers === 1 && mine !== undefined));
  const chosen = (id: string): string =>
    refused?.typed.scores[id] ?? (isThird ? '' : String(mine?.scores[id] ?? ''));
  const most = mostPoints(design.criteria);
  return {
    mayScore,
    heading: say(isThird ? 'third' : 'scores'),
    intro: isThird ? say('thirdText') : say('keys'),
    note: refused?.typed.note ?? (isThird ? '' : (mine?.note ?? '')),
    noteMost: LONGEST_NOTE,
    op: isThird ? 'settle' : 'save',
    submit: say(isThird ? 'settle' : 'save'),
    blind: design.scorers === 2 && kind === 'open' ? say('blind') : undefined,
    full: mayScore ? undefined : say('full'),
    criteria: design.criteria.map(({ id, label }) => ({
      name: id,
      label: pickText(label, locale).text,
      error: refused?.errors.find(({ field }) => field === id)?.text,
      value: chosen(id),
      options: Array.from({ length: HIGHEST + 1 }, (_, n) => ({ value: String(n), label: String(n) })),
    })),
    looks: looks
      .filter(() => kind !== 'open')
      .map(({ slot, by, points, note, scores }) => ({
        text: say(slot === 3 ? 'lookThird' : 'look', { by: isolate(by, locale), points, most }),
        note,
        scores: design.criteria.map(({ id, label }) => ({
          term: pickText(label, locale).text,
          text: String(scores[id] ?? ''),
        })),
      })),
  };
}
