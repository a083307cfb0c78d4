import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import type { ShopRow } from './open-shop.js';

const SHOP = `
  SELECT s.id, s.code, s.person_id AS "personId", s.scenario_slug AS "scenarioSlug", s.digest, s.number, s.seed,
         s.opened_at AS "openedAt",
         (SELECT coalesce(json_agg(json_build_object('id', a.id, 'at', a.at_minute, 'deed', a.deed) ORDER BY a.at_minute), '[]')
            FROM practice_action a WHERE a.shop_id = s.id) AS actions
    FROM practice_shop s`;
const BY_ID = `${SHOP} WHERE s.id = $1`;
const BY_CODE = `${SHOP} WHERE s.code = $1`;
const CURRENT = `${SHOP} WHERE s.person_id = $1 AND s.scenario_slug = $2 ORDER BY s.number DESC LIMIT 1`;
const ALL_CURRENT = `
  SELECT DISTINCT ON (q."scenarioSlug") q.id, q.code, q."personId", q."scenarioSlug", q.digest, q.number, q.seed, q."openedAt", q.actions
    FROM (${SHOP} WHERE s.person_id = $1) q ORDER BY q."scenarioSlug", q.number DESC`;
const LOCK = `SELECT id FROM practice_shop WHERE id = $1 FOR UPDATE`;
// Seats of the session, and of each of their people the shop they play last in each scenario.
const GROUP = `
  SELECT DISTINCT ON (q."personId", q."scenarioSlug")
         q.id, q.code, q."personId", q."scenarioSlug", q.digest, q.number, q.seed, q."openedAt", q.actions
    FROM (${SHOP} WHERE s.person_id IN (
            SELECT e.person_id FROM enrolment e WHERE e.session_id = $1 AND e.status = 'booked')) q
   ORDER BY q."personId", q."scenarioSlug", q.number DESC`;
const SEATS = `SELECT count(DISTINCT e.person_id)::int AS seats FROM enrolment e WHERE e.session_id = $1 AND e.status = 'booked'`;

/** Reads of practice shops. */
@Injectable()
export class ShopQuery {
  constructor(private readonly db: Database) {}

  byId(id: string): Promise<ShopRow | undefined> {
    return this.db.readOne('practice.shopById', BY_ID, [id]);
  }

  byCode(code: string): Promise<ShopRow | undefined> {
    return this.db.readOne('practice.shopByCode', BY_CODE, [code]);
  }

  /** The shop that a person plays in a scenario. */
  current(personId: string, slug: string): Promise<ShopRow | undefined> {
    return this.db.readOne('practice.shopOfPerson', CURRENT, [personId, slug]);
  }

  /** The shops that a person plays, one a scenario. */
  allCurrent(personId: string): Promise<ShopRow[]> {
    return this.db.read('practice.shopsOfPerson', ALL_CURRENT, [personId]);
  }

  /** Holds the shop's row until the transaction ends, and reads it after the wait. */
  async lock(id: string): Promise<ShopRow | undefined> {
    await this.db.read('practice.lockShop', LOCK, [id]);
    return this.byId(id);
  }

  /** The shops that the people of a session play. */
  group(sessionId: string): Promise<ShopRow[]> {
    return this.db.read('practice.shopsOfSession', GROUP, [sessionId]);
  }

  async seats(sessionId: string): Promise<number> {
    return (await this.db.readOne<{ seats: number }>('practice.seats', SEATS, [sessionId]))?.seats ?? 0;
  }
}
