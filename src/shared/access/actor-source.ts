import type { Actor } from './actor.js';

/** Turns a sign-in token into whoever holds it. `identity` implements it; the edge only asks. */
export abstract class ActorSource {
  /** @returns undefined for a token that is unknown, expired or revoked */
  abstract actorOf(token: string, via: Actor['via']): Promise<Actor | undefined>;
}
