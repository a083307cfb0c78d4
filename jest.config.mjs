import { readFile } from 'node:fs/promises';
import { commonJsCopies } from './test/support/commonjs-copies.mjs';

/** The compiler of the build; its source maps lie in the code that jest keeps. */
const { $schema: _, ...compiler } = JSON.parse(await readFile(new URL('.swcrc', import.meta.url), 'utf8'));
const swc = { '^.+\\.ts$': ['@swc/jest', { ...compiler, swcrc: false, sourceMaps: 'inline' }] };

const common = {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/(?:(?!\\.json\\.js$).)*)\\.js$': '$1', ...(await commonJsCopies()) },
  transform: swc,
  testEnvironment: 'node',
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/var/',
    '<rootDir>/tools/',
    '<rootDir>/.stryker-tmp/',
  ],
};

/** Two projects: `unit` sits beside the code and needs nothing; `e2e` gets a real PostgreSQL, Redis and Chromium. */
export default {
  testSequencer: '<rootDir>/test/support/runner/sequencer.mjs',
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
      runner: 'jest-light-runner/child-process',
      setupFiles: ['<rootDir>/test/support/runner/typescript.mjs'],
      setupFilesAfterEnv: ['<rootDir>/test/support/runner/guards.mjs'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
