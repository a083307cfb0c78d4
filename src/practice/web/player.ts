import type { Actor } from '../../shared/access/actor.js';

/** The person who plays, when one is signed in; staff look at scenarios without a shop of their own. */
export function playerOf(actor: Actor | undefined): string | undefined {
  return actor?.kind === 'phone' ? actor.person?.id : undefined;
}
