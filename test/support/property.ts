import fc from 'fast-check';

/** Seed of this run's property tests; `PROPERTY_SEED=<n>` replays one. */
export const PROPERTY_SEED = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2_147_483_647);

/** Cases per property; `PROPERTY_RUNS` raises it for the long run. */
export const PROPERTY_RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200);

let announced = false;

/** Says once per test file what any run can be replayed with. */
function announce(): void {
  if (!announced)
    process.stderr.write(`property tests: PROPERTY_SEED=${PROPERTY_SEED} PROPERTY_RUNS=${PROPERTY_RUNS}\n`);
  announced = true;
}

/** Runs a property with the run's seed, which is printed once per test file so that any run can be replayed. */
export function holds<Ts>(property: fc.IProperty<Ts>): void {
  announce();
  fc.assert(property, { seed: PROPERTY_SEED, numRuns: PROPERTY_RUNS });
}

/**
 * The same for a property whose every case is many round trips to the database: it gets one case where a pure one gets
 * `casesPerCase`, and never fewer than `least`. A race is not made smaller when it fails: it would not happen again.
 */
export async function holdsInDatabase<Ts>(
  property: fc.IAsyncProperty<Ts>,
  { casesPerCase, least, isRace = false }: { casesPerCase: number; least: number; isRace?: boolean },
): Promise<void> {
  announce();
  const numRuns = Math.max(least, Math.floor(PROPERTY_RUNS / casesPerCase));
  await fc.assert(property, { seed: PROPERTY_SEED, numRuns, endOnFailure: isRace });
}
