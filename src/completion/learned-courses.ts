import { Injectable } from '@nestjs/common';
import { LearningQuery, type ModuleFacts } from '../learning/public.js';
import type { Learned } from './completion.rule.js';
import { LearningFacts, NOTHING_TO_LEARN } from './learning-facts.js';

/** What people have learned of the published modules: videos seen and quizzes passed. */
@Injectable()
export class LearnedCourses extends LearningFacts {
  constructor(private readonly learning: LearningQuery) {
    super();
  }

  async learnedOf(courseId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, Learned>> {
    const facts = await this.learning.factsOf(personIds, courseId);
    return new Map([...facts].map(([personId, modules]) => [personId, learnedFrom(modules)]));
  }
}

/** The quiz result is the mean of the best results, a quiz never tried counting as nothing. */
export function learnedFrom(modules: readonly ModuleFacts[]): Learned {
  if (modules.length === 0) return NOTHING_TO_LEARN;
  const quizzes = modules.filter(({ hasQuiz }) => hasQuiz);
  const shares = quizzes.map(({ quiz }) => (quiz && quiz.max > 0 ? quiz.best / quiz.max : 0));
  const times = modules.flatMap(({ doneAt }) => (doneAt ? [doneAt.getTime()] : []));
  return {
    modules: modules.length,
    modulesDone: modules.filter(({ done }) => done).length,
    quizPercent:
      quizzes.length === 0 ? null : Math.floor((shares.reduce((a, b) => a + b) / quizzes.length) * 100),
    reachedAt: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}
