const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testEnvironment: 'node',
  runner: '<rootDir>/test/support/runner/light-runner.mjs',
  setupFiles: ['<rootDir>/test/support/runner/typescript.mjs'],
  setupFilesAfterEnv: ['<rootDir>/test/support/runner/guards.mjs'],
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
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
