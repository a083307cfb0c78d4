/** What is mutated, by the promise it carries. Each group has to keep its own score. */
export const GROUPS = {
  clock: ['src/shared/clock/*.ts'],
  seats: [
    'src/enrolment/enrolment.policy.ts',
    'src/enrolment/enrolment-status.ts',
    'src/enrolment/offer-deadline.ts',
    'src/enrolment/seat-lane.ts',
    'src/enrolment/seat-refusal.ts',
  ],
  attendance: [
    'src/attendance/presence.ts',
    'src/attendance/interpretation.ts',
    'src/attendance/event-reader.ts',
    'src/attendance/raw-event.ts',
  ],
  progress: ['src/learning/watched.ts', 'src/learning/credit.ts', 'src/learning/progress-events.ts'],
  completion: ['src/completion/completion.rule.ts'],
};

/** Percent of the mutants of each group that the tests must notice. */
export const LEAST_SCORE = 90;

/** The groups of this run: all, or those that MUTATION_GROUPS names, comma-separated. */
export function chosenGroups() {
  const named = (process.env['MUTATION_GROUPS'] ?? '').split(',').filter(Boolean);
  const unknown = named.find((name) => !(name in GROUPS));
  if (unknown)
    throw new Error(`MUTATION_GROUPS: no group ${unknown}; there are ${Object.keys(GROUPS).join(', ')}`);
  return named.length > 0 ? named : Object.keys(GROUPS);
}

export const chosenFiles = () => chosenGroups().flatMap((name) => GROUPS[name]);
