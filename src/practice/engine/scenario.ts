import type { LocalizedText } from '../../shared/i18n/locales.js';

/** What the trainee makes and sells; amounts in centimes, weight in grams, work in minutes. */
export interface Good {
  readonly id: string;
  readonly name: LocalizedText;
  /** Drawings that a sheet may show; the first is the best one. */
  readonly pictures: readonly string[];
  readonly grams: number;
  readonly materials: number;
  readonly minutes: number;
  /** Centimes an hour of work is worth. */
  readonly hourRate: number;
  readonly packaging: number;
  /** Percent of the price that the platform keeps. */
  readonly commission: number;
  readonly stock: number;
  /** A sheet that is on sale from the start. */
  readonly sheet?: { readonly title: LocalizedText; readonly price: number };
}

export interface Customer {
  readonly id: string;
  readonly name: LocalizedText;
  readonly city: LocalizedText;
  /** Drawing of the face. */
  readonly picture: string;
}

export const PAYMENT_METHODS = ['cash', 'transfer', 'card', 'wallet'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export const CARD_OUTCOMES = ['approved', 'declined', 'no-code'] as const;
/** What comes of one attempt at paying by card: `no-code` is a 3-D Secure code that was never typed. */
export type CardOutcome = (typeof CARD_OUTCOMES)[number];

export const CASH_HABITS = ['pays', 'pays-if-called', 'refuses'] as const;
export type CashHabit = (typeof CASH_HABITS)[number];

/** An order as the scenario scripts it; the trainee sees only what a seller would. */
export interface OrderScript {
  readonly id: string;
  readonly customer: string;
  /** Simulated hour it comes at; unset: a chat opens it. */
  readonly hour?: number;
  readonly good: string;
  readonly quantity: number;
  readonly method: PaymentMethod;
  /** Centimes for one piece above which the customer does not buy. */
  readonly upTo?: number;
  /** Centimes of delivery above which the customer does not buy. */
  readonly deliveryUpTo?: number;
  /** Of cash on delivery. */
  readonly cash: CashHabit;
  /** Of a transfer: hours after the acceptance until the money is there; unset: it never comes. */
  readonly transferHours?: number;
  /** Of a card, one an attempt; the last goes on. */
  readonly attempts: readonly CardOutcome[];
  /** Hours after the delivery at which the customer sends it back; unset: it is kept. */
  readonly returnHours?: number;
}

export interface ChatChoice {
  readonly id: string;
  readonly text: LocalizedText;
  /** What the customer, or life, answers. */
  readonly reply: LocalizedText;
  /** Centimes that this choice costs at once. */
  readonly loses: number;
  /** Order that comes of it. */
  readonly opens?: string;
}

/** A message with answers to choose from. */
export interface ChatScript {
  readonly id: string;
  readonly customer: string;
  readonly hour: number;
  readonly text: LocalizedText;
  readonly picture?: string;
  readonly choices: readonly ChatChoice[];
}

/** A paper that comes to the till without an order; an amount of 0 does not belong into the shop's book. */
export interface PaperScript {
  readonly id: string;
  readonly hour: number;
  readonly text: LocalizedText;
  /** Signed centimes of the shop. */
  readonly amount: number;
  /** Figures printed on it. */
  readonly figures: readonly number[];
}

export const CARRIERS = ['post', 'private'] as const;
export type Carrier = (typeof CARRIERS)[number];

export interface CarrierTerms {
  /** Centimes for one way. */
  readonly price: number;
  readonly hours: number;
}

/** What a trainee may promise of delivery and returns. */
export interface TermsOffer {
  /** Centimes a customer pays for delivery. */
  readonly deliveryFees: readonly number[];
  /** Days in which one may change one's mind; 0 is never. */
  readonly returnDays: readonly number[];
}

export type FactValue = string | number | boolean;

/** What must be true; leaves compare one fact. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly none: readonly Condition[] }
  | { readonly fact: string; readonly is: FactValue }
  | { readonly fact: string; readonly in: readonly FactValue[] }
  | { readonly fact: string; readonly atLeast: number }
  | { readonly fact: string; readonly atMost: number };

/** A way of getting it wrong, with the hint for whoever takes it. */
export interface WrongPath {
  readonly id: string;
  readonly when: Condition;
  readonly hint: LocalizedText;
  /** Points lost by having gone there. */
  readonly costs: number;
}

export interface Exercise {
  readonly id: string;
  readonly title: LocalizedText;
  readonly task: LocalizedText;
  readonly points: number;
  readonly done: Condition;
  /** At least two; the first that holds names the path. */
  readonly wrong: readonly WrongPath[];
}

/** A practice shop's world: everything that is not the trainee's own doing. */
export interface Scenario {
  readonly format: 1;
  readonly slug: string;
  /** Slug of the course it belongs to. */
  readonly course: string;
  /** Slugs of the modules whose exercise leads here too. */
  readonly lessons: readonly string[];
  readonly order: number;
  readonly title: LocalizedText;
  readonly summary: LocalizedText;
  /** Simulated days it lasts. */
  readonly days: number;
  /** Centimes that every order pays for delivery, until the trainee says otherwise. */
  readonly deliveryFee: number;
  /** Percent of a card payment that the payment institution keeps. */
  readonly cardFee: number;
  /** Centimes the carrier keeps of cash collected at the door. */
  readonly collectionFee: number;
  /** Unset: delivery and returns are not for the trainee to choose. */
  readonly terms?: TermsOffer;
  readonly carriers: Readonly<Record<Carrier, CarrierTerms>>;
  readonly goods: readonly Good[];
  readonly customers: readonly Customer[];
  readonly orders: readonly OrderScript[];
  readonly chats: readonly ChatScript[];
  readonly papers: readonly PaperScript[];
  readonly exercises: readonly Exercise[];
}
