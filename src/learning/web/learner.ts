import type { Actor } from '../../shared/access/actor.js';

/** The person who learns, when one is signed in; staff look at courses without progress of their own. */
export function learnerOf(actor: Actor | undefined): string | undefined {
  return actor?.kind === 'phone' ? actor.person?.id : undefined;
}
