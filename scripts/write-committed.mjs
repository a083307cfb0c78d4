/** Rewrites a committed file that a test holds against the code: `node scripts/write-committed.mjs <test file>`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const args = ['--no-warnings', jest, '--selectProjects', 'e2e', '--testPathPatterns', process.argv[2]];
const { status } = spawnSync(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, WRITE_COMMITTED: '1' },
});
process.exit(status ?? 1);
