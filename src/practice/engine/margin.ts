import type { Counted } from './action.js';
import { COUNTED } from './action.js';
import type { Good } from './scenario.js';

/** One line of the calculator, in centimes. */
export interface CostLine {
  readonly what: Counted;
  readonly amount: number;
}

/** Centimes that the platform keeps of a price, rounded half up. */
export function commissionOf(price: number, percent: number): number {
  return percentOf(price, percent);
}

/** A share of an amount in whole centimes, rounded half up. */
export function percentOf(amount: number, percent: number): number {
  return Math.floor((amount * Math.round(percent * 100) + 5000) / 10_000);
}

/** What a good costs at a price, part by part. */
export function costsOf(good: Good, price: number): CostLine[] {
  const amounts: Record<Counted, number> = {
    materials: good.materials,
    hours: Math.round((good.minutes * good.hourRate) / 60),
    packaging: good.packaging,
    commission: commissionOf(price, good.commission),
  };
  return COUNTED.map((what) => ({ what, amount: amounts[what] }));
}

/** Centimes left of a price after the parts that are counted; all of them by default. */
export function marginOf(good: Good, price: number, counted: readonly Counted[] = COUNTED): number {
  return costsOf(good, price)
    .filter(({ what }) => counted.includes(what))
    .reduce((left, { amount }) => left - amount, price);
}

/** The lowest price in centimes that leaves a margin after everything. */
export function priceFor(good: Good, margin: number): number {
  const costs = good.materials + Math.round((good.minutes * good.hourRate) / 60) + good.packaging;
  let price = Math.ceil((costs + margin) / (1 - good.commission / 100));
  while (marginOf(good, price - 1) >= margin) price -= 1;
  while (marginOf(good, price) < margin) price += 1;
  return price;
}
