import { InvalidFields } from '../shared/errors/domain-error.js';
import type { UnitPlan } from './unit-plan.js';

/** Characters of a link; `session_remote_url_https` says the same. */
export const MAX_REMOTE_URL = 500;

/** What is asked of where a session is held; what is undefined was not said. */
interface PlaceAsked {
  remoteUrl?: string | null | undefined;
  venueId?: string | null | undefined;
  venueNote?: string | null | undefined;
}

function isLink(text: string): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(text);
    const isAddress = protocol === 'https:' && /[^.]\.[^.]/.test(hostname);
    // The database wants the letters as they were typed to begin so; a browser would forgive a space or a capital.
    return isAddress && username === '' && password === '' && /^https:\/\/\S+$/.test(text);
  } catch {
    return false;
  }
}

/**
 * The link as it is kept: null for a session in a room, undefined where nothing was said.
 *
 * @throws InvalidFields for anything but an https address without a password
 */
export function remoteUrlOf(given: string | null | undefined): string | null | undefined {
  if (given === undefined || given === null) return given;
  const link = given.trim();
  if (link === '') return null;
  if (link.length > MAX_REMOTE_URL)
    throw new InvalidFields([{ pointer: '/remoteUrl', code: 'too-long', params: { max: MAX_REMOTE_URL } }]);
  if (!isLink(link)) throw new InvalidFields([{ pointer: '/remoteUrl', code: 'not-https' }]);
  return link;
}

/** @throws InvalidFields when a session at a distance is given a room, a venue or a place by text */
export function assertNoPlace(units: readonly UnitPlan[], { venueId, venueNote }: PlaceAsked): void {
  if (units.some(({ roomId }) => roomId !== null) || venueId || venueNote?.trim())
    throw new InvalidFields([{ pointer: '/remoteUrl', code: 'remote-with-place' }]);
}
