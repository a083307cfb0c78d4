/**
 * `npm test`: everything that must hold, in the order in which it is cheapest to fail. `--long` runs the same files at
 * full size. Every step runs even when an earlier one failed, except that nothing runs on a build that failed; the last
 * line counts all of it.
 */
import { randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SYSTEM_PATH } from '../test/support/programs.mjs';
import { runStep } from './run-step.mjs';
import { requireSystemPackages } from './system-packages.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const isLong = process.argv.includes('--long');
const seed = Number(process.env['QAFILA_TEST_SEED'] ?? randomInt(1, 2 ** 31));

/** One step may take this long, in milliseconds. */
const LIMIT_MS = (isLong ? 240 : 45) * 60_000;

const bin = (path) => join(ROOT, 'node_modules', path);
/**
 * A test that reads the rules keeps a processor busy; one of pages or jobs waits for a browser or a server in a sixth of
 * its time, which a third one uses.
 */
const WORKERS = { unit: 2, e2e: 3 };
const jest = (project, ...args) => [
  ...['--no-warnings', bin('jest/bin/jest.js')],
  ...[`--seed=${seed}`, `--maxWorkers=${WORKERS[project]}`, '--selectProjects', project, ...args],
];

/**
 * Arguments that leave out what another PostgreSQL cannot change: tests in a browser, of media, and those that bring a
 * PostgreSQL of their own.
 */
function withoutTheIndependent() {
  const folder = join(ROOT, 'test');
  const inBrowser = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.e2e-spec.ts'))
    .filter((file) => /playwright|support\/browser/.test(readFileSync(join(folder, file), 'utf8')));
  const others = ['embedded/', 'workers/', 'geography/', 'house/process', 'courses/render-media'];
  return ['--testPathIgnorePatterns', ...[...inBrowser, ...others].map((path) => `/test/${path}`)];
}

/** Locks, ranges, windows and JSON of each feature that has them: what another PostgreSQL could answer otherwise. */
const BROAD = [
  // The bell waits for its own time: the long run hears it on this PostgreSQL, too.
  ...[
    '/test/database/',
    '/test/jobs/jobs',
    '/test/completion/',
    '/test/journeys/api-',
    '/test/tours/clashes',
  ],
  ...['/test/attendance/closing', '/test/attendance/room-code.e2e', '/test/enrolment/seats.e2e'],
  ...['/test/enrolment/waiting-list', '/test/people/sign-up', '/test/people/consent-voices.e2e'],
  '/test/reporting/figures',
];

/** Each of these keeps one processor busy: two of them run at a time. */
const CHECKS = [
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
  { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'] },
  { name: 'types', args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json'] },
  {
    name: 'types of the browser',
    args: [bin('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.browser.json'],
  },
  {
    name: 'dependency rules',
    args: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['src', 'migrations', '--config', '.dependency-cruiser.cjs'],
    ],
  },
];

const STEPS = [
  { name: 'unit tests', jest: true, args: jest('unit') },
  { name: 'build', args: ['scripts/build.mjs'] },
  // Holds schema.sql and the committed OpenAPI document against the code, too.
  { name: 'end to end, PostgreSQL 18', needsBuild: true, jest: true, args: jest('e2e') },
  {
    name: 'integration, PostgreSQL 15',
    needsBuild: true,
    jest: true,
    env: { QAFILA_TEST_PG: '15' },
    args: jest('e2e', ...(isLong ? withoutTheIndependent() : ['--testPathPatterns', ...BROAD])),
  },
];

/** The environment of every step: programs are found with an empty PATH, and nobody's real database is touched. */
function stepEnvironment(folder) {
  const { DATABASE_URL, DATABASE_REPLICA_URL, REDIS_URL, QAFILA_TEST_PG, ...rest } = process.env;
  return {
    HOME: folder,
    ...rest,
    PATH: [...new Set([...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_PATH])]
      .filter(Boolean)
      .join(delimiter),
    QAFILA_TEST_SEED: String(seed),
    PROPERTY_SEED: String(seed),
    ...(isLong ? { QAFILA_TEST_LONG: '1', PROPERTY_RUNS: '5000' } : {}),
  };
}

function summary({ name, passed, failed, skipped, seconds, note }) {
  const state = failed > 0 ? 'FAILED' : 'ok';
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} SKIPPED` : ''}`;
  return `${state.padEnd(7)}${name.padEnd(34)}${seconds.toFixed(1).padStart(7)} s  ${counts}${note ? ` (${note})` : ''}`;
}

/** Runs the checks two at a time; what each of them said stays together. */
async function runChecks(settings) {
  const waiting = [...CHECKS];
  const done = new Map();
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await runStep({ ...step, quiet: true }, settings);
      console.log(summary({ name: step.name, ...result }));
      done.set(step.name, result);
    }
  };
  console.log('\n── checks ──');
  await Promise.all([lane(), lane()]);
  return CHECKS.map(({ name }) => ({ name, ...done.get(name) }));
}

async function runAll(folder) {
  const settings = { root: ROOT, folder, env: stepEnvironment(folder), limitMs: LIMIT_MS };
  const done = await runChecks(settings);
  for (const step of STEPS) {
    console.log(`\n── ${step.name} ──`);
    const buildFailed = step.needsBuild && done.some(({ name, failed }) => name === 'build' && failed > 0);
    const result = buildFailed
      ? { passed: 0, failed: 1, skipped: 0, suites: [], seconds: 0, note: 'not run: the build failed' }
      : await runStep(step, settings);
    done.push({ name: step.name, ...result });
    console.log(summary(done.at(-1)));
  }
  return done;
}

function report(done) {
  if (isLong) {
    console.log('\nRan at full size:');
    for (const { suites, name: step } of done) {
      for (const { name, tests } of suites) console.log(`  ${step}: ${relative(ROOT, name)} (${tests})`);
    }
  }
  console.log(`\n${done.map(summary).join('\n')}`);
  console.log(`Sizes: ${isLong ? 'full' : 'small'}. Seed: ${seed} (QAFILA_TEST_SEED=${seed} repeats it).`);
  const total = (key) => done.reduce((sum, step) => sum + step[key], 0);
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 ? 0 : 1;
}

const folder = mkdtempSync(join(tmpdir(), 'qafila-results-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
console.log(`Seed: ${seed}`);
try {
  requireSystemPackages(console.log);
  process.exitCode = report(await runAll(folder));
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
