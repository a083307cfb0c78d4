/**
 * Runs every benchmark of this folder against its floor, on this machine, in one go.
 * Prints a table and writes bench/results/latest.json. `--quick` runs small sizes; names after it choose some.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const NOT_BENCHMARKS = new Set(['run.mjs']);

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const chosen = args.filter((arg) => !arg.startsWith('--'));

await build();
const files = (await readdir(HERE))
  .filter((file) => file.endsWith('.mjs') && !NOT_BENCHMARKS.has(file))
  .sort();
const results = [];
for (const file of files.filter(
  (name) => chosen.length === 0 || chosen.includes(name.replace(/\.mjs$/, '')),
)) {
  const { run } = await import(join(HERE, file));
  console.error(`${file} …`);
  results.push(await run({ quick }));
}

const row = (cells) => `| ${cells.join(' | ')} |`;
console.log(row(['what', 'unit', 'Qafila', 'floor', 'ratio', 'bar', 'verdict']));
console.log(row(Array(7).fill('---')));
for (const { name, unit, ours, floor, ratio, bar } of results) {
  console.log(
    row([
      name,
      unit,
      ours,
      floor ?? '–',
      ratio?.toFixed(2) ?? '–',
      bar ?? '–',
      bar === undefined ? '–' : ratio >= bar ? 'met' : 'missed',
    ]),
  );
}
const machine = {
  node: process.version,
  cpus: cpus().length,
  cpu: cpus()[0]?.model,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
};
await mkdir(join(HERE, 'results'), { recursive: true });
await writeFile(
  join(HERE, 'results', 'latest.json'),
  `${JSON.stringify({ at: new Date().toISOString(), quick, machine, results }, null, 2)}\n`,
);
process.exit(0);
