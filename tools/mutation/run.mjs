/**
 * `npm run test:mutation`: changes the rules in a thousand small ways and counts how many of the changes the unit tests
 * notice, group by group. MUTATION_GROUPS=clock,seats takes some of them; MUTATION_WORKERS=1 leaves the machine usable.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chosenGroups, GROUPS, LEAST_SCORE } from './groups.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HERE = 'tools/mutation';
const require = createRequire(import.meta.url);
const NOTICED = new Set(['Killed', 'Timeout']);
const COUNTED = new Set(['Killed', 'Timeout', 'Survived', 'NoCoverage']);

async function runStryker() {
  const stryker = join(dirname(require.resolve('@stryker-mutator/core/package.json')), 'bin', 'stryker.js');
  const child = spawn(process.execPath, [stryker, 'run', `${HERE}/stryker.config.mjs`], {
    cwd: ROOT,
    stdio: 'inherit',
    // The same random cases for every mutant, and few of them: a mutant is noticed at once or never.
    env: { PROPERTY_SEED: '20261122', PROPERTY_RUNS: '100', ...process.env },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Stryker ended with ${code}`);
}

const matches = (pattern, file) =>
  pattern === file || (pattern.endsWith('/*.ts') && dirname(file) === dirname(pattern));

function mutantsOf(files, group) {
  return Object.entries(files)
    .filter(([file]) => GROUPS[group].some((pattern) => matches(pattern, file)))
    .flatMap(([file, { mutants }]) => mutants.map((mutant) => ({ file, ...mutant })))
    .filter(({ status }) => COUNTED.has(status));
}

function report(group, mutants) {
  const missed = mutants.filter(({ status }) => !NOTICED.has(status));
  const score = (100 * (mutants.length - missed.length)) / Math.max(1, mutants.length);
  for (const { file, location, mutatorName, replacement, status } of missed)
    console.log(
      `  ${status} ${file}:${location.start.line}:${location.start.column} ${mutatorName} → ${replacement}`,
    );
  const line = `${group.padEnd(12)}${String(mutants.length).padStart(6)} mutants ${score.toFixed(1).padStart(6)} % noticed`;
  return {
    line: score < LEAST_SCORE ? `${line}, less than ${LEAST_SCORE} %` : line,
    isEnough: score >= LEAST_SCORE,
  };
}

await runStryker();
const { files } = JSON.parse(await readFile(join(ROOT, 'var/mutation/report.json'), 'utf8'));
const results = chosenGroups().map((group) => report(group, mutantsOf(files, group)));
console.log(`\n${results.map(({ line }) => line).join('\n')}`);
const enough = results.filter(({ isEnough }) => isEnough).length;
console.log(`${enough} passed, ${results.length - enough} failed`);
process.exitCode = enough === results.length ? 0 : 1;
