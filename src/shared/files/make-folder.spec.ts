import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

describe('makeFolder', () => {
  let root: string;
  beforeAll(async () => (root = await mkdtemp(join(tmpdir(), 'qafila-folders-'))));
  afterAll(() => rm(root, { recursive: true, force: true }));

  it('makes the folders above, whoever else makes them at the same time', async () => {
    for (let round = 0; round < 200; round++) {
      const leaves = ['a/b', 'a/c', 'incoming', 'a/b', 'd/e', 'd/f'].map((leaf) => join(root, String(round), leaf));
      await Promise.all(leaves.map((leaf) => makeFolder(leaf)));
      for (const leaf of leaves) expect((await stat(leaf)).isDirectory()).toBe(true);
    }
  });

  it('says why a folder cannot be made', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(makeFolder(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(root, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(makeFolder('/proc/qafila/below')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
