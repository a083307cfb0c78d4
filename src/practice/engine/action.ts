import type { Carrier, PaymentMethod } from './scenario.js';

export const COUNTED = ['materials', 'hours', 'packaging', 'commission'] as const;
/** What a seller may count into a price. */
export type Counted = (typeof COUNTED)[number];

/** Picture of a sheet that shows the trainee's own photo; the photo itself is never seen here. */
export const OWN_PHOTO = 'own';

/** A product sheet as the trainee writes it; price in centimes. */
export interface SheetInput {
  readonly good: string;
  readonly titleFr: string;
  readonly titleAr: string;
  readonly price: number;
  readonly stock: number;
  /** A drawing of the good, or `own`. */
  readonly picture: string;
  readonly counted: readonly Counted[];
}

export const REFUND_PROMISES = ['money', 'voucher', 'none'] as const;
/** What a shop says of goods that come back: the money by the way it came, a voucher, or nothing. */
export type RefundPromise = (typeof REFUND_PROMISES)[number];

/** What the shop promises of delivery and returns; centimes and days. */
export interface ShopTerms {
  readonly deliveryFee: number;
  readonly returnDays: number;
  readonly refund: RefundPromise;
}

/** What a trainee does. */
export type Deed =
  | { readonly kind: 'shop.name'; readonly name: string }
  | ({ readonly kind: 'terms.save' } & ShopTerms)
  | ({ readonly kind: 'sheet.save' } & SheetInput)
  | { readonly kind: 'sheet.publish'; readonly good: string }
  | { readonly kind: 'sheet.withdraw'; readonly good: string }
  | { readonly kind: 'photo.add'; readonly good: string }
  | { readonly kind: 'photo.remove'; readonly good: string }
  | { readonly kind: 'clock.next' }
  | { readonly kind: 'clock.tomorrow' }
  | { readonly kind: 'order.accept'; readonly order: string }
  | { readonly kind: 'order.decline'; readonly order: string }
  | { readonly kind: 'order.call'; readonly order: string }
  | { readonly kind: 'order.check'; readonly order: string }
  | { readonly kind: 'order.ship'; readonly order: string; readonly carrier: Carrier }
  | { readonly kind: 'order.refund'; readonly order: string; readonly channel: PaymentMethod }
  | { readonly kind: 'card.link'; readonly order: string }
  | { readonly kind: 'card.keyIn'; readonly order: string }
  | { readonly kind: 'bank.code'; readonly order: string; readonly code: string }
  | { readonly kind: 'bank.cancel'; readonly order: string }
  | { readonly kind: 'wallet.ask'; readonly order: string }
  | { readonly kind: 'wallet.raise' }
  | { readonly kind: 'wallet.cashOut' }
  | { readonly kind: 'chat.answer'; readonly chat: string; readonly choice: string }
  | {
      readonly kind: 'book.add';
      readonly paper: string;
      readonly direction: 'in' | 'out';
      readonly amount: number;
    }
  | { readonly kind: 'book.remove'; readonly line: string };

/** A deed with its id, made by the phone, and the simulated minute it was done at. No two of a shop share a minute. */
export interface Action {
  readonly id: string;
  readonly at: number;
  readonly deed: Deed;
}

export const REFUSALS = [
  'no-such-thing',
  'not-now',
  'answered-already',
  'sold-out',
  'sheet-incomplete',
  'week-over',
  'nothing-to-pay',
  'wallet-at-top',
  'wallet-empty',
  'chat-answered',
] as const;
/** Why a deed cannot be done in the state the shop is in. */
export type Refusal = (typeof REFUSALS)[number];
