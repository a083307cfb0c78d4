import type { Grant } from '../shared/access/actor.js';

/** One notice is shown to everybody, whoever trains them: only an administrator of the installation gives it a voice. */
export const mayRecordConsent = (grants: readonly Grant[]): boolean =>
  grants.some(({ role, scopeKind }) => role === 'admin' && scopeKind === 'installation');
