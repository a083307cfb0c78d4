import { Injectable, type OnModuleInit } from '@nestjs/common';
import { blockOf, CatalogueService, type PublishedModule, type QuizBlock } from '../courses/public.js';
import { markQuiz, parseProgress, ProgressStore } from '../learning/public.js';
import { STOPS_2021 } from './apdn-2021.demo.js';
import { demoId } from './demo-id.js';
import { DemoWriter, type Row } from './demo-writer.js';
import { inventAnswers } from './invented-answers.js';
import { SeededRandom } from './random.js';
import { SEED, type Trainee, trainees } from './trainees-plan.js';

const STEP_MS = 30_000;
/** Real time between two reports of a phone: a little longer than what it reports. */
const REPORT_MS = 32_000;
/** When lessons are followed: two an evening, on the last evenings before the day. */
const LESSONS = ['T19:00:00Z', 'T20:00:00Z'] as const;
const DAY_MS = 86_400_000;
/** Most follow all lessons; the others stop somewhere, and of the lesson they stop in they see a part. */
const FOLLOWS_ALL = 0.84;
const RIGHT_ANSWER = 0.9;
/** A quiz is tried again until it is passed, but no more often than this. */
const MOST_TRIES = 3;
const FIRST_TRY_MS = 600_000;
const NEXT_TRY_MS = 300_000;

/** What the trainees of 2021 watched and answered in the evenings before their day. */
@Injectable()
export class Learning2021Demo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly catalogue: CatalogueService,
    private readonly progress: ProgressStore,
  ) {}

  onModuleInit(): void {
    this.demo.register('learning-2021', 130, () => this.load());
  }

  private async load(): Promise<void> {
    const random = new SeededRandom('learning-2021');
    const catalogue = await this.catalogue.current();
    const attempts: Row[] = [];
    for (const one of trainees().filter(({ status }) => status === 'booked')) {
      const stop = STOPS_2021.find(({ city }) => city === one.city);
      const modules = catalogue.course(stop?.course ?? '')?.modules ?? [];
      const followed = random.chance(FOLLOWS_ALL) ? modules.length : random.between(0, modules.length - 1);
      for (const [n, module] of modules.entries()) {
        if (n > followed) break;
        const startsAt = lessonStart(stop?.localDate ?? '', n, modules.length);
        await this.watch(one, module, n < followed ? 1 : random.next(), startsAt);
        const quiz = blockOf(module.document, 'quiz');
        if (quiz && n < followed) attempts.push(...attemptRows(one, module, quiz, startsAt, random));
      }
    }
    await this.demo.put('quiz_attempt', attempts);
  }

  private async watch(one: Trainee, module: PublishedModule, share: number, from: number): Promise<void> {
    const { video } = module;
    if (!video) return;
    const until = Math.round(video.durationMs * share);
    const events = Array.from({ length: Math.ceil(until / STEP_MS) }, (_, n) => {
      const start = n * STEP_MS;
      const end = Math.min(start + STEP_MS, until);
      const at = new Date(from + n * REPORT_MS).toISOString();
      return {
        id: demoId(`watched ${one.id} ${module.slug} ${n}`),
        ranges: [[start / 1000, end / 1000]],
        position: end / 1000,
        at,
      };
    });
    const key = { personId: one.id, videoId: video.id, moduleIds: [module.id], durationMs: video.durationMs };
    const receivedAt = new Date(from + events.length * REPORT_MS);
    if (events.length === 0) return;
    await this.progress.add({ ...key, receivedAt }, parseProgress({ events }, video.durationMs, receivedAt));
  }
}

/** Milliseconds since 1970 of the n-th lesson of so many, before a day. */
function lessonStart(localDate: string, n: number, lessons: number): number {
  const evenings = Math.ceil(lessons / LESSONS.length);
  const evening = Math.floor(n / LESSONS.length);
  return Date.parse(`${localDate}${LESSONS[n % LESSONS.length]}`) - (evenings - evening) * DAY_MS;
}

function attemptRows(
  one: Trainee,
  module: PublishedModule,
  quiz: QuizBlock,
  startsAt: number,
  random: SeededRandom,
): Row[] {
  const rows: Row[] = [];
  for (let n = 0; n < MOST_TRIES; n += 1) {
    const answers = inventAnswers(quiz.items, RIGHT_ANSWER, random);
    const { score, max, passed } = markQuiz(quiz, answers);
    const at = new Date(startsAt + FIRST_TRY_MS + n * NEXT_TRY_MS);
    rows.push({
      id: demoId(`attempt ${one.id} ${module.slug} ${SEED} ${n}`),
      person_id: one.id,
      module_id: module.id,
      version_id: module.versionId,
      ...{ answers, score, max, passed },
      at,
      received_at: at,
    });
    if (passed) break;
  }
  return rows;
}
