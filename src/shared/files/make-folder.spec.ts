import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

describe('makeFolder', () => {
  it('makes the same missing folders for all who ask at once', async () => {
    const root = await mkdtemp(join(tmpdir(), 'qafila-folder-'));
    try {
      for (let round = 0; round < 200; round++) {
        const path = join(root, String(round), 'media', 'incoming');
        await Promise.all(Array.from({ length: 6 }, () => makeFolder(path)));
        expect((await stat(path)).isDirectory()).toBe(true);
      }
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });

  it('gives the error of what cannot be made', async () => {
    await expect(makeFolder('/proc/nothing/here')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
