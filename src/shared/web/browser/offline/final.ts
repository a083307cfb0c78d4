/** Refusals that no repetition mends, whatever was sent. */
const FINAL = new Set([400, 404, 410, 413, 415, 422]);
/** In conflict with somebody else's being signed in: that ends. */
const OTHER_PERSON = 'other-person';

/**
 * Is this the server's last word on what a phone sends? The one rule of all that send.
 *
 * @param code of the problem, where it was read: a conflict without one is asked again by whoever reads it
 */
export function isFinal(status: number, code?: string): boolean {
  return FINAL.has(status) || (status === 409 && code !== undefined && code !== OTHER_PERSON);
}
