export const TEST_METHODS = ['screen', 'read-aloud'] as const;
/** How a test was taken: alone on a screen, or read to the group and written down by the trainer. */
export type TestMethod = (typeof TEST_METHODS)[number];
export const TEST_PHASES = ['pre', 'post'] as const;
/** Before the course, or after it. */
export type TestPhase = (typeof TEST_PHASES)[number];

const HOUR_MS = 3600 * 1000;
/** A day in a room is between the two tests; whoever learns online is not held up by it. */
export const POST_OPENS_MS = 3 * HOUR_MS;

/** What is known of a person's test at one course. */
export interface TestStanding {
  readonly pre: { readonly at: Date; readonly method: TestMethod } | undefined;
  readonly post: { readonly method: TestMethod } | undefined;
  /** When the person last answered a quiz of the course. */
  readonly learnedAt: Date | undefined;
}

/** What a person can do with the test on a screen: take it, wait until it opens, be asked by the trainer, or read the result. */
export type TestStep = TestPhase | 'early' | 'read-aloud' | 'done';

/**
 * The first test is one before anything was learned; whoever has answered a quiz already is asked the second one only.
 * The second opens once something was learned since the first, or three hours later. A pair is of one method.
 */
export function nextStep({ pre, post, learnedAt }: TestStanding, now: Date): TestStep {
  if (post) return 'done';
  if (!pre) return learnedAt ? 'post' : 'pre';
  if (pre.method === 'read-aloud') return 'read-aloud';
  const hasLearned = learnedAt !== undefined && learnedAt > pre.at;
  return hasLearned || now.getTime() - pre.at.getTime() >= POST_OPENS_MS ? 'post' : 'early';
}
