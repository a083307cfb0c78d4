import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** One audit event as it is hashed: every column, in this order. */
export interface SealedEvent {
  seq: number;
  at: Date;
  actorKind: string;
  actorId: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  organisationId: string | null;
  facts: unknown;
}

/** Hash before the first block. */
export const GENESIS = Buffer.alloc(32);

/** JSON with sorted keys: jsonb gives keys back in an order of its own. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** SHA-256 over the previous block's hash and every event: a changed, dropped or added event changes it. */
export function blockHash(previous: Buffer, events: readonly SealedEvent[]): Buffer {
  const hash = createHash('sha256').update(previous);
  for (const e of events) {
    const row = [
      e.seq,
      e.at.toISOString(),
      e.actorKind,
      e.actorId,
      e.action,
      e.subjectKind,
      e.subjectId,
      e.organisationId,
    ];
    hash.update(`${canonical(row)}${canonical(e.facts)}\n`);
  }
  return hash.digest();
}

/** Signature of a block's hash: whoever rewrites the table without the key cannot make it. */
export function signBlock(hash: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(hash).digest();
}

export function isSignedBy(hash: Buffer, signature: Buffer, key: Buffer): boolean {
  const expected = signBlock(hash, key);
  return signature.length === expected.length && timingSafeEqual(signature, expected);
}
