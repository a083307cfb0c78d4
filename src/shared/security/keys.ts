import { createHash, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';

export interface Secrets {
  current: string;
  previous?: string | undefined;
}

export const SECRETS = Symbol('secrets');

/** What a derived key is for; each purpose has a key of its own. */
export type KeyPurpose =
  | 'csrf'
  | 'challenge'
  | 'room-code'
  | 'sign-in'
  | 'audit'
  | 'audit-digest'
  | 'link'
  | 'pass'
  | 'cursor'
  | 'media'
  | 'calendar'
  | 'personal-link'
  | 'draw';

export interface DerivedKey {
  /** Short public name of the key: says which secret made it, not what it is. */
  id: string;
  secret: Buffer;
}

const KEY_BYTES = 32;

function derive(secret: string, purpose: KeyPurpose): DerivedKey {
  const key = Buffer.from(hkdfSync('sha256', secret, 'qafila', purpose, KEY_BYTES));
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), secret: key };
}

/** Keys per purpose, derived by HKDF from the installation's secret; the previous secret verifies and never signs. */
@Injectable()
export class Keys {
  private readonly cache = new Map<KeyPurpose, DerivedKey[]>();

  constructor(@Inject(SECRETS) private readonly secrets: Secrets) {}

  current(purpose: KeyPurpose): DerivedKey {
    const [key] = this.all(purpose);
    if (!key) throw new Error('No secret is configured');
    return key;
  }

  all(purpose: KeyPurpose): DerivedKey[] {
    const known = this.cache.get(purpose);
    if (known) return known;
    const secrets = [this.secrets.current, this.secrets.previous].filter((secret) => secret !== undefined);
    const keys = secrets.map((secret) => derive(secret, purpose));
    this.cache.set(purpose, keys);
    return keys;
  }
}
