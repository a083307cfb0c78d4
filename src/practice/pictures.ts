import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'pictures');

const drawings = new Map(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.svg'))
    .map((file) => [file.replace(/\.svg$/, ''), readFileSync(join(FOLDER, file))] as const),
);

/** Names of the drawings of the practice shop. */
export const PICTURES: ReadonlySet<string> = new Set(drawings.keys());

/** A drawing as SVG, or undefined when there is none of that name. */
export function drawingOf(name: string): Buffer | undefined {
  return drawings.get(name);
}
