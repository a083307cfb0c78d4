import { Injectable, type OnModuleInit } from '@nestjs/common';
import { blockOf, CatalogueService, type PublishedModule, type QuizBlock } from '../courses/public.js';
import { type Answers, markQuiz, parseProgress, ProgressStore } from '../learning/public.js';
import { STOPS_2021 } from './apdn-2021.demo.js';
import { demoId } from './demo-id.js';
import { DemoWriter, type Row } from './demo-writer.js';
import { SeededRandom } from './random.js';
import { SEED, type Trainee, trainees } from './trainees-plan.js';

const STEP_MS = 30_000;
/** Real time between two reports of a phone: a little longer than what it reports. */
const REPORT_MS = 32_000;
const EVENING = 'T19:00:00Z';
const WATCHED_ALL = 0.9;
const TRIED_QUIZ = 0.97;
const RIGHT_ANSWER = 0.9;

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
      const evening = Date.parse(`${stop?.localDate}${EVENING}`) - 86_400_000;
      for (const module of modules) {
        const share = random.chance(WATCHED_ALL) ? 1 : random.next();
        await this.watch(one, module, share, evening);
        const quiz = blockOf(module.document, 'quiz');
        if (quiz && random.chance(TRIED_QUIZ)) attempts.push(attemptRow(one, module, quiz, evening, random));
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

function attemptRow(
  one: Trainee,
  module: PublishedModule,
  quiz: QuizBlock,
  evening: number,
  random: SeededRandom,
): Row {
  const answers: Answers = Object.fromEntries(
    quiz.items.map((item) => {
      const choices = 'choices' in item && item.kind !== 'match' ? item.choices : [];
      const wrong = choices.find(
        ({ id }) => id !== item.key && !(Array.isArray(item.key) && item.key.includes(id)),
      );
      if (random.chance(RIGHT_ANSWER) || !wrong) return [item.id, item.key];
      return [item.id, Array.isArray(item.key) ? [wrong.id] : wrong.id];
    }),
  );
  const { score, max, passed } = markQuiz(quiz, answers);
  const at = new Date(evening + 600_000);
  return {
    id: demoId(`attempt ${one.id} ${module.slug} ${SEED}`),
    person_id: one.id,
    module_id: module.id,
    version_id: module.versionId,
    answers,
    score,
    max,
    passed,
    at,
    received_at: at,
  };
}
