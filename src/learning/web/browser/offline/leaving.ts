import { setSetting, setting } from '../../../../shared/web/browser/offline/database.js';
import { becomeOwner, clearAllBut } from '../../../../shared/web/browser/offline/packs.js';
import { sendKept } from '../../../../shared/web/browser/offline/sending.js';

/** Setting: somebody signed out where there was no network, and the server does not know it yet. */
export const LEFT = 'left';
const SIGN_OUT_URL = '/api/v1/auth/sign-out';

/** Has somebody signed out whom the server still holds for signed in? */
export async function isLeaving(): Promise<boolean> {
  return (await setting(LEFT).catch(() => false)) === true;
}

/**
 * Finishes a sign-out once there is a network: what waits goes, the sign-in ends, the lessons are taken off the phone.
 *
 * @returns true when it is finished
 */
export async function finishLeaving(): Promise<boolean> {
  await sendKept().catch(() => undefined);
  const answer = await fetch('/api/v1/me/sync', { headers: { accept: 'application/json' } }).catch(
    () => undefined,
  );
  if (!answer) return false;
  if (answer.ok) {
    const { csrf } = (await answer.json()) as { csrf?: string };
    const headers = { accept: 'application/json', ...(csrf === undefined ? {} : { 'x-csrf-token': csrf }) };
    const ended = await fetch(SIGN_OUT_URL, { method: 'POST', headers }).catch(() => undefined);
    if (!ended?.ok) return false;
  } else if (answer.status !== 401) return false;
  await becomeOwner(undefined);
  await clearAllBut(undefined);
  await setSetting(LEFT, false);
  return true;
}
