import type { FieldError } from '../shared/errors/domain-error.js';
import { COUNTED, type Deed, REFUND_PROMISES } from './engine/action.js';
import { CARRIERS, PAYMENT_METHODS } from './engine/scenario.js';

/** Centimes; a hundred thousand dirhams. */
const MOST_CENTIMES = 10_000_000;
const MOST_STOCK = 1000;
const MOST_DAYS = 365;
const LONGEST_NAME = 60;
const LONGEST_TITLE = 80;
const LONGEST_KEY = 60;
const LONGEST_CODE = 12;

type Check = (value: unknown) => string | undefined;

interface Rule {
  readonly check: Check;
  /** Taken when the field is not there. */
  readonly otherwise?: unknown;
}

const text = (max: number, min = 1): Check => {
  return (value) => {
    if (typeof value !== 'string') return value === undefined ? 'required' : 'not-text';
    if (/[\0\p{Surrogate}]/u.test(value)) return 'not-unicode';
    if (value.trim().length < min) return 'required';
    return [...value].length > max ? 'too-long' : undefined;
  };
};
const whole = (min: number, max: number): Check => {
  return (value) => {
    if (value === undefined) return 'required';
    if (typeof value !== 'number') return 'not-a-number';
    if (!Number.isInteger(value)) return 'not-a-whole-number';
    if (value < min) return 'too-small';
    return value > max ? 'too-large' : undefined;
  };
};
const oneOf = (values: readonly string[]): Check => {
  return (value) => {
    if (value === undefined) return 'required';
    return typeof value === 'string' && values.includes(value) ? undefined : 'not-a-choice';
  };
};
const someOf = (values: readonly string[]): Check => {
  return (value) => {
    if (!Array.isArray(value)) return value === undefined ? 'required' : 'not-a-list';
    if (new Set(value).size < value.length) return 'repeated';
    return value.every((one) => values.includes(one as string)) ? undefined : 'not-a-choice';
  };
};

const KEY: Rule = { check: text(LONGEST_KEY) };
const ON_ORDER = { order: KEY };
const ON_GOOD = { good: KEY };

/** Deeds that one may send as such; a photo comes with its upload. */
type SentKind = Exclude<Deed['kind'], 'photo.add' | 'photo.remove'>;

/** Fields of each deed. */
const FIELDS: Readonly<Record<SentKind, Readonly<Record<string, Rule>>>> = {
  'shop.name': { name: { check: text(LONGEST_NAME) } },
  'terms.save': {
    deliveryFee: { check: whole(0, MOST_CENTIMES) },
    returnDays: { check: whole(0, MOST_DAYS) },
    refund: { check: oneOf(REFUND_PROMISES) },
  },
  'sheet.save': {
    good: KEY,
    titleFr: { check: text(LONGEST_TITLE, 0), otherwise: '' },
    titleAr: { check: text(LONGEST_TITLE, 0), otherwise: '' },
    price: { check: whole(0, MOST_CENTIMES) },
    stock: { check: whole(0, MOST_STOCK) },
    picture: KEY,
    counted: { check: someOf(COUNTED), otherwise: [] },
  },
  'sheet.publish': ON_GOOD,
  'sheet.withdraw': ON_GOOD,
  'clock.next': {},
  'clock.tomorrow': {},
  'order.accept': ON_ORDER,
  'order.decline': ON_ORDER,
  'order.call': ON_ORDER,
  'order.check': ON_ORDER,
  'order.ship': { ...ON_ORDER, carrier: { check: oneOf(CARRIERS) } },
  'order.refund': { ...ON_ORDER, channel: { check: oneOf(PAYMENT_METHODS) } },
  'card.link': ON_ORDER,
  'card.keyIn': ON_ORDER,
  'bank.code': { ...ON_ORDER, code: { check: text(LONGEST_CODE) } },
  'bank.cancel': ON_ORDER,
  'wallet.ask': ON_ORDER,
  'wallet.raise': {},
  'wallet.cashOut': {},
  'chat.answer': { chat: KEY, choice: KEY },
  'book.add': {
    paper: KEY,
    direction: { check: oneOf(['in', 'out']) },
    amount: { check: whole(1, MOST_CENTIMES) },
  },
  'book.remove': { line: KEY },
};

export const DEED_KINDS = Object.keys(FIELDS) as SentKind[];

/** A deed as somebody sent it, or everything that is wrong with it. Members `id` and `kind` are read by the caller too. */
export function readDeed(
  given: Readonly<Record<string, unknown>>,
): { deed: Deed } | { errors: FieldError[] } {
  const kind = DEED_KINDS.find((one) => one === given['kind']);
  if (!kind)
    return {
      errors: [{ pointer: '/kind', code: given['kind'] === undefined ? 'required' : 'not-a-choice' }],
    };
  const fields = FIELDS[kind];
  const errors: FieldError[] = [];
  const deed: Record<string, unknown> = { kind };
  for (const [name, { check, otherwise }] of Object.entries(fields)) {
    const value = given[name] === undefined ? otherwise : given[name];
    const code = check(value);
    if (code) errors.push({ pointer: `/${name}`, code });
    deed[name] = typeof value === 'string' ? value.trim() : value;
  }
  for (const name of Object.keys(given)) {
    if (name !== 'id' && name !== 'kind' && !(name in fields))
      errors.push({ pointer: `/${name}`, code: 'unknown-field' });
  }
  return errors.length > 0 ? { errors } : { deed: deed as unknown as Deed };
}
