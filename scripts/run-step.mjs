import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A jest that has written its results must end within this time; else a test left something open, in milliseconds. */
const END_GRACE_MS = 60_000;

/**
 * Runs one step with its output on ours; that of a quiet one comes as a whole when it has ended.
 *
 * @param step `{ name, args, env?, jest?, quiet? }`: arguments of Node; `jest` when it writes results
 * @returns `{ passed, failed, skipped, suites, seconds, note }`
 */
export async function runStep(step, { root, folder, env, limitMs }) {
  const started = performance.now();
  const results = join(folder, `${step.name.replaceAll(/\W+/g, '-')}.json`);
  const args = step.jest ? [...step.args, '--json', `--outputFile=${results}`] : step.args;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, ...step.env },
    stdio: step.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => said.push(data));
  const guard = watch(child, results, limitMs);
  const [code] = await once(child, 'close');
  guard.stop();
  process.stdout.write(Buffer.concat(said));
  const seconds = (performance.now() - started) / 1000;
  const counts = step.jest ? readResults(results) : { passed: 0, failed: 0, skipped: 0, suites: [] };
  if (!step.jest && code === 0) counts.passed = 1;
  // A set-up that failed, a suite that left something open: no test failed, and yet the step did.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { ...counts, seconds, note: guard.reason };
}

function watch(child, results, limitMs) {
  const guard = { reason: '', stop: () => clearInterval(timer) };
  const started = performance.now();
  let written = null;
  const timer = setInterval(() => {
    if (written === null && existsSync(results)) written = performance.now();
    if (performance.now() - started > limitMs) guard.reason = `stopped after ${limitMs / 60_000} min`;
    if (written !== null && performance.now() - written > END_GRACE_MS)
      guard.reason = 'a test left something open';
    if (guard.reason) child.kill('SIGKILL');
  }, 1_000);
  return guard;
}

function readResults(file) {
  if (!existsSync(file)) return { passed: 0, failed: 0, skipped: 0, suites: [] };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
    skipped: results.numPendingTests + results.numTodoTests,
    suites: results.testResults.map(({ name, assertionResults }) => ({
      name,
      tests: assertionResults.length,
    })),
  };
}
