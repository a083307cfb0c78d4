import { Injectable } from '@nestjs/common';
import type { Actor } from '../shared/access/actor.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { mayReadPlan } from '../campaigns/public.js';
import { ClashQuery, type FoundClash } from './clash.query.js';
import { type HardClash, SessionClash } from './session.errors.js';
import { SOFT_CODES, type SoftClash, softClashesOf, unexcused } from './soft-clash.js';

export type Reasons = Readonly<Record<string, string>>;

/** A saved session with what its coordinator says about soft clashes. */
export interface Judged {
  sessionId: string;
  capacity: number;
  overbookPercent: number;
  reasons: Reasons;
  /** Soft clashes of the plan before, which somebody has already passed with a reason. */
  accepted: readonly SoftClash[];
}

const MAX_REASON = 500;
const MIN_REASON = 3;

/**
 * Checks the shape of reasons given by code.
 *
 * @throws InvalidFields
 */
export function checkReasons(reasons: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const errors: FieldError[] = [];
  for (const [code, text] of Object.entries(reasons)) {
    const pointer = `/reasons/${code.slice(0, 40).replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!(SOFT_CODES as readonly string[]).includes(code)) errors.push({ pointer, code: 'unknown-field' });
    else if (typeof text !== 'string') errors.push({ pointer, code: 'not-text' });
    else if (text.trim().length < MIN_REASON) errors.push({ pointer, code: 'too-short' });
    else if (text.length > MAX_REASON) errors.push({ pointer, code: 'too-long' });
    else if (text.includes('\0')) errors.push({ pointer, code: 'not-unicode' });
  }
  if (errors.length > 0) throw new InvalidFields(errors);
  return { ...(reasons as Record<string, string>) };
}

/** Looks at a plan that stands in the open transaction and refuses it, or says which reasons it needed. */
@Injectable()
export class ClashService {
  constructor(private readonly query: ClashQuery) {}

  /** Everything about a session's plan that needs a reason. */
  async softOf(
    sessionId: string,
    { capacity, overbookPercent }: Pick<Judged, 'capacity' | 'overbookPercent'>,
  ): Promise<SoftClash[]> {
    const units = await this.query.units(sessionId);
    const trainers = await this.query.trainers(sessionId);
    const roads = await this.query.roads();
    return softClashesOf({ sessionId, capacity, overbookPercent, units, trainers, roads });
  }

  /**
   * @returns the soft clashes of each session, in the order given
   * @throws SessionClash listing every hard clash and every soft one without a reason
   */
  async judge(actor: Actor, judged: readonly Judged[]): Promise<SoftClash[][]> {
    const ids = judged.map(({ sessionId }) => sessionId);
    const found = await this.query.hard(ids);
    const soft: SoftClash[][] = [];
    const open: SoftClash[] = [];
    for (const { sessionId, reasons, accepted, ...size } of judged) {
      const clashes = await this.softOf(sessionId, size);
      soft.push(clashes);
      open.push(...unexcused(clashes, reasons, accepted));
    }
    if (found.length > 0 || open.length > 0)
      throw new SessionClash(
        found.map((clash) => disclosed(actor, clash)),
        open,
      );
    return soft;
  }
}

/** What the actor may know of a clash: of another organisation's session, that the time is taken and nothing else. */
function disclosed(actor: Actor, { campaignId, organisationId, ...clash }: FoundClash): HardClash {
  if (mayReadPlan(actor.grants, { campaignId, organisationId })) return clash;
  return { ...clash, other: null, resource: null };
}
