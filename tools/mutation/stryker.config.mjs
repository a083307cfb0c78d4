import { availableParallelism } from 'node:os';
import { presentGroup, reportOf } from './groups.mjs';

/** Run from the root of the project, by run.mjs. What it writes lies in folders that Git does not see. */
export default {
  mutate: [...presentGroup().mutate, '!src/**/*.spec.ts'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: { projectType: 'custom', configFile: 'tools/mutation/jest.config.mjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  disableTypeChecks: true,
  ignorePatterns: ['/dist', '/var', '/docs', '/bench', '/courses/*', '!/courses/practice', '*.log'],
  tempDirName: '.stryker-tmp',
  cleanTempDir: 'always',
  concurrency: Number(process.env['MUTATION_WORKERS'] ?? Math.min(2, availableParallelism())),
  // A mutant that loops for ever is noticed by this, in milliseconds.
  timeoutMS: presentGroup().timeoutMs ?? 20_000,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: reportOf(process.env['MUTATION_GROUP']) },
};
