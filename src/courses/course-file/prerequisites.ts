import { type ReadModule } from './module.reader.js';

/** Reports prerequisites that are none of the course's `slugs`, and each module that is, in the end, required by itself. */
export function checkPrerequisites(modules: readonly ReadModule[], slugs: ReadonlySet<string>): void {
  const bySlug = new Map(modules.map((module) => [module.slug.value, module]));
  for (const module of modules) {
    for (const required of module.requires) {
      if (required.value !== '' && !slugs.has(required.value)) {
        module.map.error(required.place, `requires "${required.value}", which is no module of this course`);
        continue;
      }
      const cycle = pathTo(module.slug.value, required.value, bySlug, new Set());
      if (cycle)
        module.map.error(required.place, `requires itself: ${[module.slug.value, ...cycle].join(' → ')}`);
    }
  }
}

/** The slugs from `from` to `goal` along prerequisites, or undefined. */
function pathTo(
  goal: string,
  from: string,
  bySlug: ReadonlyMap<string, ReadModule>,
  visited: Set<string>,
): string[] | undefined {
  if (from === goal) return [goal];
  if (visited.has(from)) return undefined;
  visited.add(from);
  for (const next of bySlug.get(from)?.requires ?? []) {
    const rest = pathTo(goal, next.value, bySlug, visited);
    if (rest) return [from, ...rest];
  }
  return undefined;
}
