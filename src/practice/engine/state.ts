import type { SheetInput, ShopTerms } from './action.js';
import type { Carrier, OrderScript, PaymentMethod, Scenario } from './scenario.js';

export type OrderStatus =
  | 'coming'
  | 'missed'
  | 'new'
  | 'lost'
  | 'declined'
  | 'accepted'
  | 'shipped'
  | 'delivered'
  | 'returned'
  | 'cancelled';

export type PaymentState =
  'none' | 'asked' | 'declined' | 'no-code' | 'over-ceiling' | 'claimed' | 'paid' | 'disputed' | 'refunded';

/** What happened to an order, oldest first; `at` is a simulated minute. */
export interface OrderStep {
  readonly at: number;
  readonly what: string;
}

export interface OrderState {
  readonly script: OrderScript;
  status: OrderStatus;
  payment: PaymentState;
  /** Centimes, with delivery. */
  total: number;
  arrivedAt: number;
  answeredAt: number;
  called: boolean;
  /** The account was looked at before the parcel left. */
  checked: boolean;
  carrier: Carrier | '';
  shippedUnpaid: boolean;
  cameBack: boolean;
  refusedAtDoor: boolean;
  keyedIn: boolean;
  /** Payment links that were sent. */
  links: number;
  /** Codes that the customer mistyped on the bank's page of the last link. */
  wrongCodes: number;
  moneyAt: number;
  refundDue: boolean;
  refundChannel: PaymentMethod | '';
  /** Why a customer did not order: the sheet was not there, sold out or too dear, or delivery was. */
  missed: '' | 'unpublished' | 'sold-out' | 'too-dear' | 'dear-delivery';
  readonly steps: OrderStep[];
}

export interface SheetState extends SheetInput {
  published: boolean;
}

export interface ChatState {
  at: number;
  /** Id of the choice, empty until then. */
  choice: string;
  /** Nobody answered within a day. */
  missed: boolean;
}

/** A paper of the till: what really moved, and the figures one reads on it. */
export interface Paper {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly order?: string;
  /** Signed centimes; never shown, it is what the trainee has to find. */
  readonly amount: number;
  readonly figures: readonly number[];
}

/** A line of the trainee's cash book. */
export interface BookLine {
  readonly id: string;
  readonly paper: string;
  /** Signed centimes. */
  readonly amount: number;
}

/** A whole shop at a simulated minute. */
export interface ShopState {
  readonly scenario: Scenario;
  readonly seed: number;
  now: number;
  name: string;
  /** Unset until the trainee has chosen. */
  terms?: ShopTerms;
  readonly sheets: Map<string, SheetState>;
  /** Goods of which there is a photo of the trainee's own. */
  readonly photos: Set<string>;
  readonly orders: Map<string, OrderState>;
  readonly chats: Map<string, ChatState>;
  readonly papers: Paper[];
  readonly book: BookLine[];
  /** Level from 0; balance in centimes; `raising` while the institution looks at the papers. */
  wallet: { level: number; balance: number; refusals: number; raising: boolean };
  /** Centimes of goods that nobody paid. */
  goodsLost: number;
  /** Actions that the scenario does not allow; they changed nothing. */
  readonly ignored: string[];
}

export const MINUTES_AN_HOUR = 60;
export const MINUTES_A_DAY = 24 * MINUTES_AN_HOUR;
/** Ceilings of a wallet by level, in centimes: 200, 5,000 and 20,000 dirhams. */
export const WALLET_CEILINGS = [20_000, 500_000, 2_000_000] as const;

/** The shop on its first morning. */
export function openShop(scenario: Scenario, seed: number): ShopState {
  const sheets = scenario.goods.flatMap(({ id, sheet, stock, pictures: [picture = ''] }) => {
    if (!sheet) return [];
    const { title, price } = sheet;
    const input = { good: id, titleFr: title.fr, titleAr: title.ar, price, stock, picture, counted: [] };
    return [[id, { ...input, published: true }] as const];
  });
  return {
    ...{ scenario, seed, now: 0, name: '' },
    sheets: new Map(sheets),
    photos: new Set(),
    orders: new Map(scenario.orders.map((script) => [script.id, newOrder(script)])),
    chats: new Map(),
    ...{ papers: [], book: [], ignored: [], goodsLost: 0 },
    wallet: { level: 0, balance: 0, refusals: 0, raising: false },
  };
}

function newOrder(script: OrderScript): OrderState {
  return {
    ...{ script, status: 'coming', payment: 'none', total: 0, arrivedAt: -1, answeredAt: -1, moneyAt: -1 },
    ...{ called: false, checked: false, carrier: '', shippedUnpaid: false, cameBack: false },
    ...{
      refusedAtDoor: false,
      keyedIn: false,
      links: 0,
      wrongCodes: 0,
      refundDue: false,
      refundChannel: '',
      missed: '',
    },
    steps: [],
  };
}
