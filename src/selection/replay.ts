import { type Call, dossierNumber } from '../calls/public.js';
import type { ResultRow } from './result.store.js';
import type { Selection } from './selection.js';

/**
 * The draw again, by anybody with Node and without a package. It reads the file of results, holds the secret against
 * the hash that was announced, and puts the dossiers in order once more; exit code 1 where something differs.
 */
export const REPLAY_SCRIPT = `// node replay.mjs results.json: the draw again. rank = more points first, then the smaller SHA-256(secret + number).
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
const { hash, secret, dossiers } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const sha256 = (text) => createHash('sha256').update(text, 'utf8').digest('hex');
if (sha256(secret) !== hash) throw new Error('This is not the secret that was promised');
const again = dossiers.filter(({ rank }) => rank !== null).map((one) => ({ ...one, draw: sha256(secret + one.number) }));
again.sort((a, b) => b.points - a.points || (a.draw < b.draw ? -1 : 1));
again.forEach(({ number, points, rank }, n) => console.log(n + 1, number, points, rank === n + 1 ? 'ok' : 'DIFFERS'));
process.exitCode = again.every(({ rank }, n) => rank === n + 1) ? 0 : 1;
`;

/** All that a replay needs, and nothing about anybody. */
export function replayFile(call: Call, { hash, secret }: Selection, rows: readonly ResultRow[]): string {
  const dossiers = rows.map((row) => ({
    number: dossierNumber(row),
    points: row.points,
    rank: row.rank,
    outcome: row.firstOutcome,
  }));
  return `${JSON.stringify({ call: call.slug, hash, secret, dossiers }, null, 1)}\n`;
}
