import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { readFile } from 'node:fs/promises';
import config from '../../jest.config.mjs';
import { commonJsCopies } from './commonjs-copies.mjs';
import { presentGroup } from './groups.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const unit = config.projects.find(({ displayName }) => displayName === 'unit');
const { displayName, runner, setupFiles, setupFilesAfterEnv, ...project } = unit;
/** The compiler of the build. */
const { $schema, ...compiler } = JSON.parse(await readFile(new URL('../../.swcrc', import.meta.url), 'utf8'));

/** The unit tests of one folder in jest's own runner, in an environment that tells which test reaches which mutant. */
export default {
  ...project,
  rootDir: ROOT,
  testMatch: [`<rootDir>/${presentGroup().tests}/**/*.spec.ts`],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...compiler, swcrc: false, sourceMaps: 'inline' }] },
  moduleNameMapper: {
    ...presentGroup().instead,
    '^(\\.{1,2}/(?:(?!\\.json\\.js$).)*)\\.js$': '$1',
    ...(await commonJsCopies()),
  },
  testEnvironment: require.resolve('@stryker-mutator/jest-runner/jest-env/node'),
  // Reads the sources as text: mutants are written all over them.
  testPathIgnorePatterns: ['zone-discipline\\.spec\\.ts$'],
};
