import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FLOORS = fileURLToPath(new URL('../bench/floor/', import.meta.url));

/** The yardsticks as they were given. */
const GIVEN: Readonly<Record<string, string>> = {
  'README.md': 'b288f130da7c4b4a949bf823de45ec269f20f5b8e36d6dc267421ef9ab601d48',
  'seats.mjs': '9facf80052f1f12a2593c8aed71e8de4e83daa7c2034398bac6eb3e485e4b93e',
  'server.mjs': 'a8899f836e8e9ab1e36f13310f3627877b0afbd52bc28a228b982554c2409ab3',
};

describe('the given floors of the benchmarks', () => {
  it('are unchanged, and no other file is among them', () => {
    const found = readdirSync(FLOORS).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(FLOORS, name)))
        .digest('hex'),
    ]);
    expect(Object.fromEntries(found)).toEqual(GIVEN);
  });
});
