import type { Learned } from './completion.rule.js';

/** Whoever knows what people have learned of a course outside the room. */
export abstract class LearningFacts {
  /**
   * Runs in the transaction that recomputes, with the rows of these persons locked.
   *
   * @returns by person; whoever is left out has learned nothing and is asked for nothing
   */
  abstract learnedOf(courseId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, Learned>>;
}

/** A course without published modules has nothing to watch and no quiz to pass. */
export const NOTHING_TO_LEARN: Learned = { modules: 0, modulesDone: 0, quizPercent: null, reachedAt: null };
