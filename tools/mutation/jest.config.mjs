import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import config from '../../jest.config.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const unit = config.projects.find(({ displayName }) => displayName === 'unit');
const { displayName, ...project } = unit;

/** The unit tests alone, in an environment that tells which test reaches which mutant. */
export default {
  ...project,
  rootDir: ROOT,
  testEnvironment: require.resolve('@stryker-mutator/jest-runner/jest-env/node'),
  // Reads the sources as text: mutants are written all over them.
  testPathIgnorePatterns: ['zone-discipline\\.spec\\.ts$'],
};
