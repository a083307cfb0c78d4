/** A practice shop as it stands and as it goes on: the same on the server and on a phone without a network. */
import { InvalidFields } from '../shared/errors/domain-error.js';
import { isUuid } from '../shared/new-id.js';
import { readDeed } from './deed.reader.js';
import type { Action, Deed } from './engine/action.js';
import { factsOf } from './engine/facts.js';
import { replay } from './engine/replay.js';
import { type Score, scoreOf } from './engine/rules.js';
import type { Scenario } from './engine/scenario.js';
import type { ShopState } from './engine/state.js';
import { DeedRefused, ShopFull } from './practice.errors.js';

/** Deeds in one shop; a whole week takes about a hundred. */
const MOST_ACTIONS = 1000;

/** A shop with everything done in it. */
export interface ShopRow {
  readonly id: string;
  /** Six characters at the end of its address. */
  readonly code: string;
  readonly personId: string;
  readonly scenarioSlug: string;
  readonly digest: string;
  readonly number: number;
  readonly seed: number;
  readonly openedAt: Date;
  readonly actions: readonly Action[];
}

/** A shop as it stands: its row, its world, what has become of it, and the points. */
export interface OpenShop {
  readonly row: ShopRow;
  readonly scenario: Scenario;
  readonly state: ShopState;
  readonly score: Score;
}

/** Whoever does what one wants done in a shop. */
export interface ShopKeeper {
  act(personId: string, shopId: string, given: Readonly<Record<string, unknown>>): Promise<OpenShop>;
}

/** What a row amounts to in its scenario. */
export function openShop(row: ShopRow, scenario: Scenario): OpenShop {
  const { state } = replay(scenario, row.seed, row.actions);
  return { row, scenario, state, score: scoreOf(scenario, factsOf(state)) };
}

/**
 * A shop after one more deed at its simulated present.
 *
 * @returns `done` is what is to be written; none for an id that was taken already, which changes nothing
 * @throws DeedRefused when the shop's state does not allow it; ShopFull
 */
export function shopAfter(
  row: ShopRow,
  scenario: Scenario,
  { id, deed }: Pick<Action, 'id' | 'deed'>,
): { readonly shop: OpenShop; readonly done?: Action } {
  if (row.actions.some((action) => action.id === id)) return { shop: openShop(row, scenario) };
  if (row.actions.length >= MOST_ACTIONS) throw new ShopFull(MOST_ACTIONS);
  const { nextAt } = replay(scenario, row.seed, row.actions);
  const done = { id, at: nextAt, deed };
  const actions = [...row.actions, done];
  const { state, refusal } = replay(scenario, row.seed, actions);
  if (refusal) throw new DeedRefused(refusal);
  const shop = { row: { ...row, actions }, scenario, state, score: scoreOf(scenario, factsOf(state)) };
  return { shop, done };
}

/** Reads what somebody sent. @throws InvalidFields */
export function readAction(given: Readonly<Record<string, unknown>>): { id: string; deed: Deed } {
  const id = given['id'];
  const read = readDeed(given);
  const errors = 'errors' in read ? read.errors : [];
  if (typeof id !== 'string' || !isUuid(id))
    throw new InvalidFields([
      { pointer: '/id', code: id === undefined ? 'required' : 'not-an-id' },
      ...errors,
    ]);
  if ('errors' in read) throw new InvalidFields(errors);
  return { id: id.toLowerCase(), deed: read.deed };
}
