import { type Locale, t } from '../../shared/i18n/i18n.js';
import { formatMoney } from '../../shared/web/handlebars/format.js';
import type { OpenShop } from '../open-shop.js';
import { deedForm, momentOf, presentHead } from './frame.presenter.js';

/** What a refused line was typed as, by its paper. */
export interface RefusedLine {
  readonly paper: string;
  readonly amount: string;
  readonly error: string;
}

/** The papers of the till and the trainee's book; what really moved is not among it. */
export function presentBook(shop: OpenShop, locale: Locale, refused?: RefusedLine) {
  const { scenario, state } = shop;
  const back = `/practice/${scenario.slug}/book`;
  const place = { locale, slug: scenario.slug, back };
  const papers = [...state.papers].reverse().map(({ id, at, kind, order, figures }) => {
    const lines = state.book.filter(({ paper }) => paper === id);
    const form = deedForm(
      place,
      { kind: 'book.add', paper: id },
      { word: 'write', glyph: 'pencil', tone: 'primary' },
    );
    return {
      id,
      moment: momentOf(at, locale),
      title: titleOf(shop, id, kind, order, locale),
      figures: figures.map((figure) => ({ value: String(figure), text: formatMoney(figure, locale) })),
      form: { ...form, action: `/${locale}${back}` },
      lines: lines.map(({ id: line, amount }) => ({
        amount,
        direction: t(locale, amount > 0 ? 'practice:book.in' : 'practice:book.out'),
        remove: deedForm(
          place,
          { kind: 'book.remove', line },
          { word: 'strike', glyph: 'trash', tone: 'plain' },
        ),
      })),
      ...(refused?.paper === id ? { typed: refused.amount, error: refused.error } : {}),
    };
  });
  const sum = (sign: number): number =>
    state.book
      .filter(({ amount }) => Math.sign(amount) === sign)
      .reduce((all, { amount }) => all + amount, 0);
  return {
    head: presentHead(shop, 'book', locale),
    papers,
    errors: refused ? [{ field: `amount-${refused.paper}`, text: refused.error }] : [],
    totals: [
      { label: t(locale, 'practice:book.in'), figure: formatMoney(sum(1), locale) },
      { label: t(locale, 'practice:book.out'), figure: formatMoney(-sum(-1), locale) },
      { label: t(locale, 'practice:book.left'), figure: formatMoney(sum(1) + sum(-1), locale) },
    ],
  };
}

/** What a paper is about, in words. */
export function titleOf(
  { scenario }: OpenShop,
  id: string,
  kind: string,
  order: string | undefined,
  locale: Locale,
): string {
  if (kind === 'paper') return scenario.papers.find((one) => one.id === id)?.text[locale] ?? id;
  const script = scenario.orders.find((one) => one.id === order);
  const name = scenario.customers.find((one) => one.id === script?.customer)?.name[locale];
  const what = t(locale, `practice:paper.${kind}`);
  return name === undefined ? what : t(locale, 'practice:paper.about', { what, name });
}
