import type { Action, Refusal } from './action.js';
import { perform } from './deeds.js';
import type { Scenario } from './scenario.js';
import { Simulation } from './simulation.js';
import type { ShopState } from './state.js';
import { planScenario } from './world.js';

/** What a shop has become, and what the last action came to. */
export interface Replayed {
  readonly state: ShopState;
  /** Why the action that was done last could not be done; it changed nothing but the time. */
  readonly refusal?: Refusal;
  /** Simulated minute at which the next action is done. */
  readonly nextAt: number;
}

/**
 * The state of a shop: a pure function of the scenario, the seed and the set of actions. The order in which the actions
 * are handed over does not matter, nor does one that comes twice.
 */
export function replay(scenario: Scenario, seed: number, actions: readonly Action[]): Replayed {
  const sim = new Simulation(scenario, seed);
  planScenario(sim);
  sim.moveTo(0);
  const seen = new Set<string>();
  let refusal: Refusal | undefined;
  for (const action of [...actions].sort(byTime)) {
    if (seen.has(action.id)) continue;
    seen.add(action.id);
    sim.moveTo(action.at);
    refusal = perform(sim, action);
    if (refusal) sim.state.ignored.push(action.id);
  }
  return { state: sim.state, nextAt: sim.state.now + 1, ...(refusal ? { refusal } : {}) };
}

function byTime(a: Action, b: Action): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}
