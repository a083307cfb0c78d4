import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PresenceHooks, type PresenceWatcher } from '../attendance/public.js';
import { LearningHooks, type LearningWatcher } from '../learning/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { newId } from '../shared/new-id.js';
import {
  type CompletionChange,
  CompletionQuery,
  type CourseOfCampaign,
  type LiveCompletion,
} from './completion.query.js';
import { type CompletionEvidence, type CompletionRule, judge, type Judgement } from './completion.rule.js';
import { LearningFacts, NOTHING_TO_LEARN } from './learning-facts.js';

const LOCK_PERSONS = `SELECT id FROM person WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

/** How a person stands in a course of a campaign. */
export interface CompletionStanding {
  completedAt: Date | null;
  /** The rules that fail; none when it is completed. */
  failing: CompletionRule[];
  evidence: CompletionEvidence;
}

/** Recomputes who has completed a course whenever presence or learning changes, in both directions. */
@Injectable()
export class CompletionService implements PresenceWatcher, LearningWatcher, OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly query: CompletionQuery,
    private readonly learning: LearningFacts,
    private readonly hooks: PresenceHooks,
    private readonly learningHooks: LearningHooks,
  ) {}

  onModuleInit(): void {
    this.hooks.watch(this);
    this.learningHooks.watch(this);
  }

  /** Somebody finished a video or a quiz: it counts in each campaign where they were in the room and still lack it. */
  async learned(personId: string, courseId: string): Promise<void> {
    for (const campaignId of await this.query.campaignsWithout(personId, courseId)) {
      await this.recompute({ courseId, campaignId }, [personId]);
    }
  }

  async presenceChanged(sessionId: string, personIds: readonly string[]): Promise<void> {
    const course = await this.query.courseOf(sessionId);
    if (course) await this.recompute(course, personIds);
  }

  /** Judges these persons anew; joins the transaction that is open. */
  async recompute(course: CourseOfCampaign, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    await this.db.transaction(async () => {
      // Two sessions of one course may be marked at once: whoever judges last must see both.
      await this.db.read('completion.lockPersons', LOCK_PERSONS, [personIds]);
      const judged = await this.judgeAll(course, personIds);
      const live = new Map((await this.query.live(course, personIds)).map((one) => [one.personId, one]));
      await this.change(course, judged, live);
      await this.query.keepInStep(course, personIds);
    });
  }

  /** How a person stands, with the rules that fail: what certificates ask. */
  async standingOf(course: CourseOfCampaign, personId: string): Promise<CompletionStanding> {
    return this.db.transaction(async () => {
      const [judged] = await this.judgeAll(course, [personId]);
      const [live] = await this.query.live(course, [personId]);
      if (!judged) throw new Error('A judged person has a judgement');
      return { completedAt: live?.completedAt ?? null, failing: judged.failing, evidence: judged.evidence };
    });
  }

  private async judgeAll(
    course: CourseOfCampaign,
    personIds: readonly string[],
  ): Promise<Array<Judgement & { personId: string }>> {
    const shares = await this.query.sharesOf(course.campaignId);
    if (!shares) throw new Error(`No campaign ${course.campaignId}`);
    const rows = await this.query.attendedBy(course, personIds);
    const learned = await this.learning.learnedOf(course.courseId, personIds);
    return rows.map(({ personId, units, attended }) => ({
      personId,
      ...judge({ units, attended, learned: learned.get(personId) ?? NOTHING_TO_LEARN, shares }),
    }));
  }

  private async change(
    course: CourseOfCampaign,
    judged: ReadonlyArray<Judgement & { personId: string }>,
    live: ReadonlyMap<string, LiveCompletion>,
  ): Promise<void> {
    const now = this.clock.now();
    const complete: LiveCompletion[] = judged.flatMap(({ personId, reachedAt, evidence }) =>
      reachedAt ? [{ personId, completedAt: earlier(reachedAt, now), evidence }] : [],
    );
    const withdrawn = judged.flatMap(({ personId, reachedAt }) =>
      reachedAt ? [] : (live.get(personId) ?? []),
    );
    const added = complete.filter(({ personId }) => !live.has(personId));
    const changes: CompletionChange[] = [
      ...added.map((one) => ({ ...one, id: newId(), kind: 'completed' as const })),
      ...withdrawn.map((one) => ({ ...one, id: newId(), kind: 'withdrawn' as const })),
    ];
    if (withdrawn.length > 0)
      await this.query.withdraw(
        course,
        withdrawn.map(({ personId }) => personId),
      );
    if (complete.length > 0) await this.query.complete(course, complete);
    if (changes.length > 0) await this.query.remember(course, changes, now);
  }
}

/** A rehearsal marked before the day cannot have been completed in the future. */
function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
