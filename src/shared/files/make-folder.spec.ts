import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

describe('makeFolder', () => {
  let root: string;
  beforeAll(async () => (root = await mkdtemp(join(tmpdir(), 'make-folder-'))));
  afterAll(() => rm(root, { recursive: true }));

  it('makes the same new parents for many at once', async () => {
    for (let round = 0; round < 40; round++) {
      const paths = Array.from({ length: 16 }, (_, i) => join(root, String(round), 'a', 'b', String(i % 4)));
      await Promise.all(paths.map((path) => makeFolder(path)));
      for (const path of paths) expect((await stat(path)).isDirectory()).toBe(true);
    }
  });
});
