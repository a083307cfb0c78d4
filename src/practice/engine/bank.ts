import type { CardOutcome } from './scenario.js';
import { hash } from './simulation.js';
import type { OrderState } from './state.js';

const CODE_DIGITS = 6;

/** The codes of one payment link: the one that the bank sends to the customer's phone, and three to choose from. */
export interface BankCodes {
  readonly right: string;
  readonly choices: readonly string[];
}

/** Is the customer on the bank's page now? From the link until the bank has answered. */
export function atBank({ script, status, payment }: OrderState): boolean {
  return script.method === 'card' && status === 'accepted' && payment === 'asked';
}

/** What the scenario has decided about the present link; the last of its attempts goes on. */
export function outcomeOf({ script: { attempts }, links }: OrderState): CardOutcome {
  return attempts[Math.min(links, attempts.length) - 1] ?? 'approved';
}

/** Codes hang on the seed, the order and the link alone. */
export function bankCodes(seed: number, { script, links }: OrderState): BankCodes {
  const code = (nth: number): string =>
    String(hash(`${seed}:code:${script.id}:${links}:${nth}`) % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0');
  const choices = new Set<string>();
  for (let nth = 0; choices.size < 3; nth++) choices.add(code(nth));
  const [right = ''] = choices;
  return { right, choices: [...choices].sort() };
}
