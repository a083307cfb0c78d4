/**
 * `npm run test:mutation`: changes the rules in some 1,600 small ways and counts how many of the changes the unit tests
 * notice, group by group. MUTATION_GROUPS=clock,seats takes some of them; MUTATION_WORKERS=1 leaves the machine usable.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chosenGroups, GROUPS, LEAST_SCORE, reportOf } from './groups.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const STRYKER = join(dirname(require.resolve('@stryker-mutator/core/package.json')), 'bin', 'stryker.js');
const NOTICED = new Set(['Killed', 'Timeout']);
const COUNTED = new Set([...NOTICED, 'Survived', 'NoCoverage']);

async function mutate(group) {
  const kept = await mkdtemp(join(tmpdir(), 'qafila-mutation-'));
  console.log(`\n── ${group} ──`);
  const child = spawn(process.execPath, [STRYKER, 'run', 'tools/mutation/stryker.config.mjs'], {
    cwd: ROOT,
    stdio: 'inherit',
    // The same random cases for every mutant.
    env: {
      PROPERTY_SEED: '20261122',
      PROPERTY_RUNS: GROUPS[group].propertyRuns ?? '100',
      // What is read once for all mutants of this run.
      MUTATION_KEPT: kept,
      ...process.env,
      MUTATION_GROUP: group,
    },
  });
  const [code] = await once(child, 'exit');
  await rm(kept, { recursive: true, force: true });
  if (code !== 0) throw new Error(`Stryker ended with ${code}`);
  const { files } = JSON.parse(await readFile(join(ROOT, reportOf(group)), 'utf8'));
  return Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ file, ...mutant })),
  );
}

function judge(group, all) {
  const mutants = all.filter(({ status }) => COUNTED.has(status));
  const missed = mutants.filter(({ status }) => !NOTICED.has(status));
  for (const { file, location, mutatorName, replacement, status } of missed)
    console.log(
      `  ${status} ${file}:${location.start.line}:${location.start.column} ${mutatorName} → ${replacement}`,
    );
  const score = (100 * (mutants.length - missed.length)) / Math.max(1, mutants.length);
  const isEnough = mutants.length > 0 && score >= (GROUPS[group].least ?? LEAST_SCORE);
  const figures = `${String(mutants.length).padStart(5)} mutants, ${String(missed.length).padStart(4)} missed`;
  const line =
    `${isEnough ? 'ok' : 'FAILED'}`.padEnd(8) +
    group.padEnd(12) +
    `${figures}, ${score.toFixed(1)} % noticed`;
  return { line, isEnough };
}

const results = [];
for (const group of chosenGroups()) results.push(judge(group, await mutate(group)));
console.log(`\n${results.map(({ line }) => line).join('\n')}`);
const enough = results.filter(({ isEnough }) => isEnough).length;
console.log(`${enough} passed, ${results.length - enough} failed`);
process.exitCode = enough === results.length ? 0 : 1;
