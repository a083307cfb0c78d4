import { type FormBody, formText, formTexts } from '../../shared/web/form-text.js';
import { toAsciiDigits } from '../../shared/text/digits.js';
import { centimesOf, type TypedSheet } from './product.presenter.js';

/** A sheet as it was typed. */
export function typedSheet(body: FormBody): TypedSheet {
  return {
    titleFr: formText(body, 'titleFr'),
    titleAr: formText(body, 'titleAr'),
    price: formText(body, 'price'),
    stock: formText(body, 'stock'),
    picture: formText(body, 'picture'),
    counted: formTexts(body, 'counted'),
  };
}

/** The deed that a typed sheet stands for; what is no number stays text, for the reader of deeds to refuse. */
export function sheetDeedOf(good: string, typed: TypedSheet): Readonly<Record<string, unknown>> {
  const { titleFr, titleAr, price, stock, picture, counted } = typed;
  return {
    kind: 'sheet.save',
    ...{ good, titleFr, titleAr, counted },
    ...(picture === '' ? {} : { picture }),
    ...(price.trim() === '' ? {} : { price: centimesOf(price) ?? price }),
    ...(stock.trim() === '' ? {} : { stock: wholeOf(stock) }),
  };
}

/** The line of a cash book form: a figure of the paper, or another amount that was typed. */
export function bookDeedOf(body: FormBody): Readonly<Record<string, unknown>> {
  const other = formText(body, 'other').trim();
  const figure = formText(body, 'figure');
  const amount = other === '' ? (figure === '' ? undefined : Number(figure)) : (centimesOf(other) ?? other);
  return {
    kind: 'book.add',
    paper: formText(body, 'paper'),
    ...(formText(body, 'direction') === '' ? {} : { direction: formText(body, 'direction') }),
    ...(amount === undefined ? {} : { amount }),
  };
}

/** The terms as they were typed. */
export interface TypedTerms {
  readonly deliveryFee: string;
  readonly returnDays: string;
  readonly refund: string;
}

export function typedTerms(body: FormBody): TypedTerms {
  return {
    deliveryFee: formText(body, 'deliveryFee'),
    returnDays: formText(body, 'returnDays'),
    refund: formText(body, 'refund'),
  };
}

/** What was tapped as numbers; what is none stays text, for the reader of deeds to refuse. */
export function termsDeedOf(typed: TypedTerms): Readonly<Record<string, unknown>> {
  const numbers = (['deliveryFee', 'returnDays'] as const)
    .filter((name) => typed[name] !== '')
    .map((name) => [name, /^\d{1,8}$/.test(typed[name]) ? Number(typed[name]) : typed[name]]);
  return {
    kind: 'terms.save',
    ...Object.fromEntries(numbers),
    ...(typed.refund === '' ? {} : { refund: typed.refund }),
  };
}

function wholeOf(typed: string): number | string {
  const latin = toAsciiDigits(typed).trim();
  return /^\d{1,6}$/.test(latin) ? Number(latin) : typed;
}
