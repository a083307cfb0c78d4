/** The world of a practice shop and what judges it; the rest of the engine is the trainee's doing. Two groups, as each takes half an hour. */
const PRACTICE_WORLD = ['bank', 'facts', 'margin', 'rules', 'world'].map(
  (name) => `src/practice/engine/${name}.ts`,
);
const PRACTICE = {
  tests: 'src/practice/engine',
  // Each random case plays whole shops.
  propertyRuns: '12',
  timeoutMs: 8000,
  least: 80,
  instead: {
    '^.*/courses/public\\.js$': '<rootDir>/tools/mutation/light/courses-public.ts',
    '^.*/scenario-file/scenario\\.reader\\.js$': '<rootDir>/tools/mutation/light/scenario-reader.ts',
  },
};

/**
 * What is mutated, by the promise it carries, and the folder whose unit tests must notice: the tests beside the code,
 * so that a rule is held by tests of the rule. Each group has to keep its own score. `instead` maps a module to a lighter one
 * that gives the tests what they use of it.
 */
export const GROUPS = {
  clock: { tests: 'src/shared/clock', mutate: ['src/shared/clock/*.ts'] },
  seats: {
    tests: 'src/enrolment',
    mutate: [
      'src/enrolment/enrolment.policy.ts',
      'src/enrolment/enrolment-status.ts',
      'src/enrolment/offer-deadline.ts',
      'src/enrolment/seat-lane.ts',
      'src/enrolment/seat-refusal.ts',
    ],
  },
  attendance: {
    tests: 'src/attendance',
    mutate: [
      'src/attendance/presence.ts',
      'src/attendance/interpretation.ts',
      'src/attendance/event-reader.ts',
      'src/attendance/raw-event.ts',
    ],
  },
  progress: {
    tests: 'src/learning',
    mutate: ['src/learning/watched.ts', 'src/learning/credit.ts', 'src/learning/progress-events.ts'],
  },
  practice: {
    ...PRACTICE,
    mutate: ['src/practice/engine/*.ts', ...PRACTICE_WORLD.map((file) => `!${file}`)],
  },
  'practice-world': { ...PRACTICE, mutate: PRACTICE_WORLD },
  completion: { tests: 'src/completion', mutate: ['src/completion/completion.rule.ts'] },
};

/** Percent of the mutants of each group that the tests must notice, unless the group says `least`. */
export const LEAST_SCORE = 90;

/** Names of the groups of this run: all, or those that MUTATION_GROUPS lists, comma-separated. */
export function chosenGroups() {
  const named = (process.env['MUTATION_GROUPS'] ?? '').split(',').filter(Boolean);
  const unknown = named.find((name) => !(name in GROUPS));
  if (unknown)
    throw new Error(`MUTATION_GROUPS: no group ${unknown}; there are ${Object.keys(GROUPS).join(', ')}`);
  return named.length > 0 ? named : Object.keys(GROUPS);
}

/** The group of one run of Stryker: run.mjs starts one after the other. */
export const presentGroup = () => GROUPS[process.env['MUTATION_GROUP']];

/** Where the report of a group is written, from the root of the project. */
export const reportOf = (group) => `var/mutation/${group}.json`;
