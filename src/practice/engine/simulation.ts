import { MINUTES_A_DAY, type OrderState, openShop, type Paper, type ShopState } from './state.js';
import type { Scenario } from './scenario.js';

interface Happening {
  readonly at: number;
  readonly name: string;
  /** Nothing that a seller would notice. */
  readonly silent: boolean;
  readonly run: () => void;
}

/** A shop with what is still going to happen in it. Time moves only when somebody moves it. */
export class Simulation {
  readonly state: ShopState;
  private coming: Happening[] = [];

  constructor(scenario: Scenario, seed: number) {
    this.state = openShop(scenario, seed);
  }

  /** Last simulated minute. */
  get end(): number {
    return this.state.scenario.days * MINUTES_A_DAY;
  }

  /**
   * Minute at which the present hour began. What comes of a deed counts from there, so that deeds of one hour that do
   * not touch each other may be done in any order.
   */
  get hourBegun(): number {
    return Math.floor(this.state.now / 60) * 60;
  }

  /** Plans something; of two at one minute the name decides, never the order of planning. */
  plan(at: number, name: string, run: () => void, silent = false): void {
    this.coming.push({ at, name, run, silent });
  }

  /** Lets everything happen up to a minute, which becomes the present. */
  moveTo(minute: number): void {
    for (let next = this.takeNext(minute); next; next = this.takeNext(minute)) {
      this.state.now = Math.max(this.state.now, next.at);
      next.run();
    }
    this.state.now = Math.max(this.state.now, minute);
  }

  /** Minute of the next thing that a seller notices, at most the end. */
  nextNoticed(): number {
    const minutes = this.coming
      .filter(({ silent, at }) => !silent && at > this.state.now)
      .map(({ at }) => at);
    return Math.min(this.end, ...minutes);
  }

  /** Up to `spread` minutes that hang on the seed and the name alone. */
  jitter(name: string, spread: number): number {
    return hash(`${this.state.seed}:${name}`) % spread;
  }

  step(order: OrderState, what: string): void {
    order.steps.push({ at: this.state.now, what });
  }

  /** Something moved money: a paper comes to the till. */
  paper(kind: string, amount: number, figures: readonly number[], order?: OrderState): void {
    const { papers, now } = this.state;
    const about = order?.script.id;
    const same = papers.filter((paper) => paper.kind === kind && paper.order === about).length;
    const id = [kind, about ?? 'shop', same + 1].join('-');
    const paper: Paper = { id, at: now, kind, amount, figures, ...(about ? { order: about } : {}) };
    papers.push(paper);
  }

  private takeNext(until: number): Happening | undefined {
    let best: Happening | undefined;
    for (const one of this.coming) {
      if (one.at > until) continue;
      if (!best || one.at < best.at || (one.at === best.at && one.name < best.name)) best = one;
    }
    if (best) this.coming = this.coming.filter((one) => one !== best);
    return best;
  }
}

/** FNV-1a over UTF-16 units: the same number on every machine. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}
