import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Deed, ScenarioShelf } from '../practice/public.js';
import { STOPS_2021 } from './apdn-2021.demo.js';
import { demoId } from './demo-id.js';
import { DemoWriter, type Row } from './demo-writer.js';
import { type Play, PLAYS } from './practice-plays.js';
import { SeededRandom } from './random.js';
import { trainees } from './trainees-plan.js';

/** So many of those who had a seat opened the practice shop of their course. */
const PLAYED = 0.7;
/** They did so in the ten evenings after their day. */
const EVENINGS = 10;
const EVENING = 'T19:30:00Z';
const DAY_MS = 86_400_000;
/** Between two things that somebody does. */
const PAUSE_MS = 20_000;
const LARGEST_SEED = 2 ** 31 - 2;
const CODE_LETTERS = 'abcdefghjkmnpqrstvwxyz23456789';

/** The practice shops of the trainees of 2021: some got everything right, most are stuck somewhere. */
@Injectable()
export class Practice2021Demo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly shelf: ScenarioShelf,
  ) {}

  onModuleInit(): void {
    this.demo.register('practice-2021', 135, () => this.load());
  }

  private async load(): Promise<void> {
    const random = new SeededRandom('practice-2021');
    const shops: Row[] = [];
    const actions: Row[] = [];
    for (const { id: personId, city } of trainees().filter(({ status }) => status === 'booked')) {
      const stop = STOPS_2021.find((one) => one.city === city);
      const kept = this.shelf.all().find(({ scenario }) => scenario.course === stop?.course);
      const plays = PLAYS[kept?.scenario.slug ?? ''];
      if (!stop || !kept || !plays || !random.chance(PLAYED)) continue;
      const id = demoId(`practice shop ${personId}`);
      const openedAt = Date.parse(`${stop.localDate}${EVENING}`) + random.between(1, EVENINGS) * DAY_MS;
      shops.push({
        id,
        code: codeOf(id),
        person_id: personId,
        scenario_slug: kept.scenario.slug,
        digest: kept.digest,
        number: 1,
        seed: random.between(0, LARGEST_SEED),
        opened_at: new Date(openedAt),
      });
      actions.push(...actionRows(id, random.weighted(plays), openedAt));
    }
    await this.demo.put('practice_shop', shops);
    await this.demo.put('practice_action', actions);
  }
}

/** Deeds with the simulated minute at which each is done. */
export function minutesOf(play: Play): { at: number; deed: Deed }[] {
  return play.flatMap(([hour, ...deeds]) => deeds.map((deed, n) => ({ at: hour * 60 + n + 1, deed })));
}

function actionRows(shopId: string, play: Play, openedAt: number): Row[] {
  return minutesOf(play).map(({ at, deed }, n) => ({
    shop_id: shopId,
    id: demoId(`practice deed ${shopId} ${n}`),
    at_minute: at,
    deed,
    done_at: new Date(openedAt + (n + 1) * PAUSE_MS),
  }));
}

function codeOf(id: string): string {
  const digest = createHash('sha256').update(id).digest();
  return Array.from({ length: 6 }, (_, n) => CODE_LETTERS[(digest[n] ?? 0) % CODE_LETTERS.length]).join('');
}
