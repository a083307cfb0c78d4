import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { violates } from '../shared/database/database.errors.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { isUuid, newId } from '../shared/new-id.js';
import type { Action } from './engine/action.js';
import { type OpenShop, openShop, readAction, shopAfter, type ShopRow } from './open-shop.js';
import { ShopFull, ShopLeft } from './practice.errors.js';
import { ScenarioShelf } from './scenario-shelf.service.js';
import { ShopQuery } from './shop.query.js';

/** Tries at one scenario. */
const MOST_TRIES = 1000;
const CODE_LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';
const CODE_LENGTH = 6;
const OPEN = `
  INSERT INTO practice_shop (id, code, person_id, scenario_slug, digest, number, seed, opened_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;
const ACT = `INSERT INTO practice_action (shop_id, id, at_minute, deed, done_at) VALUES ($1, $2, $3, $4, $5)`;

/** Opening practice shops and doing things in them. */
@Injectable()
export class ShopService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly shelf: ScenarioShelf,
    private readonly shops: ShopQuery,
  ) {}

  /** What a row amounts to. */
  async interpret(row: ShopRow): Promise<OpenShop> {
    return openShop(row, await this.shelf.byDigest(row.digest));
  }

  /** One's own shop. @throws NotFound also when it is somebody else's */
  async own(personId: string, id: string): Promise<OpenShop> {
    const row = isUuid(id) ? await this.shops.byId(id) : undefined;
    if (row?.personId !== personId) throw new NotFound('shop');
    return this.interpret(row);
  }

  /** The shop one plays in a scenario, when it was opened. */
  async current(personId: string, slug: string): Promise<OpenShop | undefined> {
    const row = await this.shops.current(personId, slug);
    return row && this.interpret(row);
  }

  /**
   * Opens a shop, or gives the one that is open; `again` begins anew and leaves the old one as it is.
   *
   * @throws NotFound for no such scenario
   */
  async open(personId: string, slug: string, again = false): Promise<OpenShop> {
    const kept = this.shelf.find(slug);
    if (!kept) throw new NotFound('scenario');
    const before = await this.shops.current(personId, slug);
    // A new try of a shop where nothing was done is that shop.
    if (before && (!again || before.actions.length === 0)) return this.interpret(before);
    const number = (before?.number ?? 0) + 1;
    if (number > MOST_TRIES) throw new ShopFull(MOST_TRIES);
    const seed = randomInt(2 ** 31 - 1);
    const values = [newId(), newCode(), personId, slug, kept.digest, number, seed, this.clock.now()];
    try {
      await this.db.write('practice.open', OPEN, values);
    } catch (error) {
      // Two taps at once: the other one has opened it.
      if (!violates(error, 'practice_shop_person_id_scenario_slug_number_key')) throw error;
    }
    const opened = await this.shops.current(personId, slug);
    if (!opened) throw new NotFound('shop');
    return this.interpret(opened);
  }

  /**
   * Does something in one's shop at its simulated present. An id that was taken already changes nothing.
   *
   * @throws NotFound; InvalidFields; DeedRefused when the shop's state does not allow it; ShopFull; ShopLeft when another try is played
   */
  async act(personId: string, shopId: string, given: Readonly<Record<string, unknown>>): Promise<OpenShop> {
    return this.perform(personId, shopId, () => readAction(given));
  }

  /**
   * The same for a deed that is known already.
   *
   * @param action read once the shop is known to be the person's
   * @param also what else belongs to the deed, in its transaction; not called for an id that was taken already
   */
  async perform(
    personId: string,
    shopId: string,
    action: () => Pick<Action, 'id' | 'deed'>,
    also?: (row: ShopRow) => Promise<void>,
  ): Promise<OpenShop> {
    if (!isUuid(shopId)) throw new NotFound('shop');
    return this.db.transaction(async () => {
      const row = await this.shops.lock(shopId);
      if (row?.personId !== personId) throw new NotFound('shop');
      const { id, deed } = action();
      const scenario = await this.shelf.byDigest(row.digest);
      const { shop, done } = shopAfter(row, scenario, { id, deed });
      if (!done) return shop;
      const played = await this.shops.current(personId, row.scenarioSlug);
      if (played?.id !== row.id) throw new ShopLeft();
      await this.db.write('practice.act', ACT, [shopId, id, done.at, JSON.stringify(deed), this.clock.now()]);
      await also?.(row);
      return shop;
    });
  }
}

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
}
