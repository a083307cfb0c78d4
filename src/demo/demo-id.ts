import { createHash } from 'node:crypto';

const EPOCH_MS = Date.UTC(2021, 9, 1);

/** An identifier derived from a name: the same name gives the same id in every database, in the shape of a UUIDv7. */
export function demoId(name: string): string {
  const time = EPOCH_MS.toString(16).padStart(12, '0');
  const hash = createHash('sha256').update(`qafila demo ${name}`).digest('hex');
  const variant = '89ab'[Number.parseInt(hash[3] ?? '0', 16) % 4] ?? '8';
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}
