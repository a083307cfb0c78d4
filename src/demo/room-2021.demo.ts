import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PresenceRebuildService } from '../attendance/public.js';
import { STOPS_2021 } from './apdn-2021.demo.js';
import { demoId } from './demo-id.js';
import { sessionId, unitsOf } from './demo-tour.js';
import { DemoWriter, type Row } from './demo-writer.js';
import { SeededRandom, type Weighted } from './random.js';
import { enrolmentId } from './trainees.demo.js';
import { SEED, type Trainee, trainees } from './trainees-plan.js';

/** How people come: marks of the morning and the afternoon; nothing for whoever stays away. */
const WAYS: Weighted<readonly (string | null)[]> = [
  [['present', 'present'], 77],
  [['present', null], 5],
  [[null, 'present'], 2],
  [['partial', 'present'], 4],
  [[null, null], 12],
];
const ROLL_CALL_MS = 20 * 60_000;
/** Of the half-days that somebody missed, so many were marked by mistake at first, which the trainer put right. */
const MISTAKE = 0.08;

/** The roll calls of December 2021, as the trainers' phones sent them. */
@Injectable()
export class Room2021Demo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly presence: PresenceRebuildService,
  ) {}

  onModuleInit(): void {
    this.demo.register('room-2021', 140, () => this.load());
  }

  private async load(): Promise<void> {
    const random = new SeededRandom('room-2021');
    for (const stop of STOPS_2021) {
      const booked = trainees().filter(({ city, status }) => city === stop.city && status === 'booked');
      const events = booked.flatMap((one) => eventsOf(one, stop, random));
      await this.demo.put('attendance_event', events);
      await this.presence.rebuild(sessionId(SEED, stop.city));
    }
  }
}

function eventsOf(one: Trainee, stop: { city: string; localDate: string }, random: SeededRandom): Row[] {
  const marks = random.weighted(WAYS);
  return unitsOf(stop).flatMap(({ startsAt }, index) => {
    const kind = marks[index];
    const at = new Date(startsAt.getTime() + ROLL_CALL_MS);
    if (kind) return [eventRow(one, stop.city, index + 1, at, { kind })];
    if (!random.chance(MISTAKE)) return [];
    const later = new Date(at.getTime() + ROLL_CALL_MS);
    return [
      eventRow(one, stop.city, index + 1, at, { kind: 'present' }),
      eventRow(one, stop.city, index + 1, later, {
        kind: 'correction',
        value: 'absent',
        reason: 'Confusion de nom',
      }),
    ];
  });
}

function eventRow(
  one: Trainee,
  city: string,
  unit: number,
  at: Date,
  event: { kind: string; value?: string; reason?: string },
): Row {
  const id = demoId(`roll call ${one.id} ${unit} ${event.kind}`);
  return {
    id,
    session_id: sessionId(SEED, city),
    device_id: `demo-${city}`,
    app_version: 'demo',
    sent_at: at,
    received_at: at,
    skew_ms: 0,
    body: {
      id,
      by: 'trainer',
      unit,
      at: at.toISOString(),
      enrolmentId: enrolmentId(one),
      ...event,
    },
  };
}
