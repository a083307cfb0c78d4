import { Injectable } from '@nestjs/common';
import {
  blockOf,
  type PublishedCourse,
  type PublishedModule,
  type QuizBlock,
  QuizVersions,
} from '../courses/public.js';
import { Database } from '../shared/database/database.js';
import { type CountedAnswer, itemStatistics, type ItemStatistics, signatureOf } from './item-statistics.js';
import type { Answer } from './quiz-marking.js';

const VERSIONS = `SELECT DISTINCT version_id AS "versionId" FROM quiz_attempt WHERE module_id = $1`;
// An attempt at a quiz without a pool was asked every item of its version: those are given as two lists of one length.
const FIRST_ANSWERS = `
  WITH asked AS (
    SELECT a.person_id, a.at, a.id, a.answers, a.version_id, unnest(a.items) AS item
      FROM quiz_attempt a WHERE a.module_id = $1 AND a.items IS NOT NULL
    UNION ALL
    SELECT a.person_id, a.at, a.id, a.answers, a.version_id, w.item
      FROM quiz_attempt a
      JOIN unnest($2::uuid[], $3::text[]) AS w(version_id, item) ON w.version_id = a.version_id
     WHERE a.module_id = $1 AND a.items IS NULL),
  first AS (
    SELECT DISTINCT ON (k.person_id, k.item) k.item, k.answers -> k.item AS answer
      FROM asked k
      JOIN unnest($2::uuid[], $3::text[]) AS w(version_id, item) ON w.version_id = k.version_id AND w.item = k.item
     ORDER BY k.person_id, k.item, k.at, k.id)
  SELECT item, answer, count(*)::int AS count FROM first GROUP BY item, answer`;

interface Row {
  item: string;
  answer: Answer | null;
  count: number;
}

/** The questions of one module with how they are answered. */
export interface ModuleStatistics {
  readonly module: PublishedModule;
  readonly quiz: QuizBlock;
  readonly items: readonly ItemStatistics[];
}

/** How the questions of a course are answered at the first try, over everybody. */
@Injectable()
export class ItemStatisticsQuery {
  constructor(
    private readonly db: Database,
    private readonly versions: QuizVersions,
  ) {}

  /** Every module of the course that has a quiz, in its order. */
  async of(course: PublishedCourse): Promise<ModuleStatistics[]> {
    const found: ModuleStatistics[] = [];
    for (const module of course.modules) {
      const quiz = blockOf(module.document, 'quiz');
      if (quiz) found.push({ module, quiz, items: await this.ofModule(module, quiz) });
    }
    return found;
  }

  private async ofModule(module: PublishedModule, quiz: QuizBlock): Promise<ItemStatistics[]> {
    const same = await this.sameItems(module, quiz);
    const values = [module.id, same.map(([versionId]) => versionId), same.map(([, item]) => item)];
    const rows = await this.db.read<Row>('learning.firstAnswers', FIRST_ANSWERS, values);
    const counted = (id: string): CountedAnswer[] => rows.filter(({ item }) => item === id);
    return quiz.items.map((item) => itemStatistics(item, counted(item.id)));
  }

  /** Items of any version that are still the same question: their answers go on counting. */
  private async sameItems(
    module: PublishedModule,
    quiz: QuizBlock,
  ): Promise<[versionId: string, item: string][]> {
    const now = new Map(quiz.items.map((item) => [item.id, signatureOf(item)]));
    const rows = await this.db.read<{ versionId: string }>('learning.answeredVersions', VERSIONS, [
      module.id,
    ]);
    const same: [string, string][] = [];
    for (const { versionId } of rows) {
      const then = versionId === module.versionId ? quiz : await this.versions.quizOf(versionId, module.slug);
      for (const item of then?.items ?? [])
        if (now.get(item.id) === signatureOf(item)) same.push([versionId, item.id]);
    }
    return same;
  }
}
