import { createRequire } from 'node:module';

/** What jest itself uses; its default export. */
const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/**
 * The files that take the longest, longest first. Jest knows how long a file took only where it ran before, and goes by
 * its size in a fresh clone: there a short file of long loops would start last, and one worker would wait for it.
 */
const LONGEST = [
  'test/pages/every-page',
  'test/journeys/browser-journey',
  'test/video/film-jobs',
  'test/house/process',
  'test/embedded/embedded-postgres',
  'test/video/film-inputs',
  'test/learning/lesson',
  'test/house/hostile-forms',
  'test/jobs/bell',
  'test/house/hostile-routes',
  'test/demo/demo-mix',
].map((path) => `/${path}.e2e-spec.ts`);

const rank = ({ path }) => {
  const at = LONGEST.findIndex((end) => path.endsWith(end));
  return at === -1 ? LONGEST.length : at;
};

/** Starts the long files first, the others in the order of jest. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
}
