import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import config from '../../jest.config.mjs';
import { presentGroup } from './groups.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const { displayName, ...project } = config.projects.find(({ displayName }) => displayName === 'unit');

/** The unit tests of one folder, in an environment that tells which test reaches which mutant. */
export default {
  ...project,
  rootDir: ROOT,
  testMatch: [`<rootDir>/${presentGroup().tests}/**/*.spec.ts`],
  moduleNameMapper: { ...presentGroup().instead, ...project.moduleNameMapper },
  testEnvironment: require.resolve('@stryker-mutator/jest-runner/jest-env/node'),
  // Reads the sources as text: mutants are written all over them.
  testPathIgnorePatterns: ['zone-discipline\\.spec\\.ts$'],
};
