import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CatalogueService, type PublishedCourse } from '../courses/public.js';
import { asQuiz, markQuiz } from '../learning/public.js';
import { STOPS_2021 } from './apdn-2021.demo.js';
import { CAMPAIGN_2021 } from './campaign-ids.js';
import { demoId } from './demo-id.js';
import { sessionId, unitsOf } from './demo-tour.js';
import { DemoWriter, type Row } from './demo-writer.js';
import { inventAnswers } from './invented-answers.js';
import { SeededRandom } from './random.js';
import { TRAINERS } from './staff.demo.js';
import { SEED, type Trainee, trainees } from './trainees-plan.js';

/** In the mountains the test was read aloud to the room, and the trainer wrote the answers down. */
const READ_ALOUD: ReadonlySet<string> = new Set(['chefchaouen', 'ouezzane']);
const DAY_MS = 86_400_000;
const QUARTER_MS = 15 * 60_000;
/** A week before the day, or as soon as they had a seat. */
const BEFORE_MS = 7 * DAY_MS;
/** What people knew, and what they know after; the share of the questions differs from one to the next. */
const KNEW = { least: 0.2, most: 0.6 } as const;
const LEARNED = { least: 0.15, most: 0.4 } as const;
const TAKES_IT = 0.9;

const ATTENDED = `
  SELECT person_id AS "personId" FROM participation WHERE campaign_id = $1 AND units_attended > 0`;

type Phase = 'pre' | 'post';

/** The tests before and after, of those who came: on their screens, or read aloud in the room. */
@Injectable()
export class Tests2021Demo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly catalogue: CatalogueService,
  ) {}

  onModuleInit(): void {
    this.demo.register('tests-2021', 145, () => this.load());
  }

  private async load(): Promise<void> {
    const random = new SeededRandom('tests-2021');
    const catalogue = await this.catalogue.current();
    const rows = await this.demo.db.read<{ personId: string }>('demo.attended', ATTENDED, [CAMPAIGN_2021]);
    const attended = new Set(rows.map(({ personId }) => personId));
    const attempts = STOPS_2021.flatMap((stop) => {
      const course = catalogue.course(stop.course);
      const came = trainees().filter(({ id, city }) => city === stop.city && attended.has(id));
      return course?.document.test ? came.flatMap((one) => testsOf(one, stop, course, random)) : [];
    });
    await this.demo.put('test_attempt', attempts);
  }
}

function testsOf(
  one: Trainee,
  stop: (typeof STOPS_2021)[number],
  course: PublishedCourse,
  random: SeededRandom,
): Row[] {
  const within = ({ least, most }: { least: number; most: number }): number =>
    least + random.next() * (most - least);
  const knew = within(KNEW);
  const knows: Record<Phase, number> = { pre: knew, post: Math.min(0.98, knew + within(LEARNED)) };
  const units = unitsOf(stop);
  const starts = units[0]?.startsAt.getTime() ?? 0;
  const ends = units.at(-1)?.endsAt.getTime() ?? 0;
  const isAloud = READ_ALOUD.has(one.city);
  const at = {
    pre: isAloud ? starts + QUARTER_MS : Math.max(starts - BEFORE_MS, one.enrolledAt.getTime() + QUARTER_MS),
    post: ends - QUARTER_MS,
  };
  const test = course.document.test;
  if (!test) return [];
  return (['pre', 'post'] as const).flatMap((phase) => {
    const answers = inventAnswers(test.items, knows[phase], random);
    if (!random.chance(TAKES_IT)) return [];
    const { score, max } = markQuiz(asQuiz(test), answers);
    const when = new Date(at[phase]);
    return [
      {
        ...{ id: demoId(`test ${SEED} ${one.id} ${phase}`), person_id: one.id, course_id: course.id, phase },
        ...{ version_id: course.versionId, session_id: isAloud ? sessionId(SEED, one.city) : null },
        ...{ method: isAloud ? 'read-aloud' : 'screen', entered_by: isAloud ? TRAINERS[0] : null },
        ...{ answers, score, max, at: when, received_at: when },
      },
    ];
  });
}
