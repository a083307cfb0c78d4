import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { allowanceMs, byTime, interpret, type WatchEvent } from './credit.js';
import type { ReceivedEvent } from './progress-events.js';
import { parseProgress } from './progress-events.js';
import { head, toMultirange, union, type Watched } from './watched.js';

/** Whose progress on what; `moduleIds` are those whose quiz verifies it. */
export interface ProgressKey {
  readonly personId: string;
  readonly videoId: string;
  readonly moduleIds: readonly string[];
  readonly durationMs: number;
  readonly receivedAt: Date;
}

/** What is stored of a person on a video, and whether a quiz of its modules was passed. */
export interface StoredProgress {
  readonly watchedMs: number;
  readonly claimedMs: number;
  readonly positionMs: number;
  readonly quizPassed: boolean;
}

const SHOWN = `
  p.position_ms AS "positionMs", p.watched_ms AS "watchedMs", p.claimed_ms AS "claimedMs",
  EXISTS (SELECT 1 FROM quiz_attempt q WHERE q.person_id = $1 AND q.module_id = ANY ($3::uuid[]) AND q.passed) AS "quizPassed"`;

/**
 * The common case in one round trip: the events are new and later than all before. Keeps them raw and adds what they
 * credit; the credit of the first hangs on the time of the event before, which only the row knows. The database cuts its
 * claim at the end of the allowance: $13 to $15 are its stretches (from, length, length of those before).
 * Gives no row when an event was known or comes late: then the whole set is interpreted again.
 */
const APPEND = `
  WITH fresh AS (
    INSERT INTO progress_event (person_id, video_id, id, at, body, received_at)
    SELECT $1, $2, e.id, e.at, e.body, $4 FROM unnest($5::uuid[], $6::timestamptz[], $7::jsonb[]) AS e(id, at, body)
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  INSERT INTO video_progress AS p (person_id, video_id, watched, claimed, position_ms, last_event_at, last_event_id)
  SELECT $1, $2, $8::int4multirange, $9::int4multirange, $10, $6[cardinality($6)], $5[cardinality($5)]
   WHERE (SELECT count(*) FROM fresh) = cardinality($5)
  ON CONFLICT (person_id, video_id) DO UPDATE SET
    watched = p.watched + $11::int4multirange + $12::int4multirange * int4multirange(coalesce((
      SELECT int4range(0, max(c.lower + least(c.length, a.ms - c.before)))
        FROM unnest($13::int[], $14::int[], $15::int[]) AS c(lower, length, before),
             (SELECT least(2 * extract(epoch FROM $6[1] - p.last_event_at) * 1000, 1e9)::int + 30000 AS ms) AS a
       WHERE c.before < a.ms), 'empty')),
    claimed = p.claimed + EXCLUDED.claimed,
    position_ms = EXCLUDED.position_ms, last_event_at = EXCLUDED.last_event_at, last_event_id = EXCLUDED.last_event_id
   WHERE (p.last_event_at, p.last_event_id) < ($6[1], $5[1])
  RETURNING ${SHOWN}`;

const LOCK = `SELECT 1 AS locked FROM video_progress WHERE person_id = $1 AND video_id = $2 FOR UPDATE`;
const EVENTS = `SELECT id, at, body FROM progress_event WHERE person_id = $1 AND video_id = $2`;
const REPLACE = `
  UPDATE video_progress AS p
     SET watched = $4::int4multirange, claimed = $5::int4multirange, position_ms = $6, last_event_at = $7, last_event_id = $8
   WHERE p.person_id = $1 AND p.video_id = $2
  RETURNING ${SHOWN}`;
const CURRENT = `SELECT ${SHOWN} FROM video_progress p WHERE p.person_id = $1 AND p.video_id = $2`;
const DURATION = `SELECT duration_ms AS "durationMs" FROM video WHERE id = $1`;
const ALL = `
  SELECT p.person_id AS "personId", p.video_id AS "videoId", v.duration_ms AS "durationMs"
    FROM video_progress p JOIN video v ON v.id = p.video_id`;

const NOTHING: StoredProgress = { watchedMs: 0, claimedMs: 0, positionMs: 0, quizPassed: false };

/** Raw events and the progress derived from them. */
@Injectable()
export class ProgressStore {
  constructor(private readonly db: Database) {}

  /** Length of any video ever published. */
  async durationOf(videoId: string): Promise<number | undefined> {
    return (await this.db.readOne<{ durationMs: number }>('video.duration', DURATION, [videoId]))?.durationMs;
  }

  /** Keeps events (no id twice) and returns what the whole set amounts to. */
  async add(key: ProgressKey, events: readonly ReceivedEvent[]): Promise<StoredProgress> {
    const { personId, videoId, moduleIds } = key;
    const sorted = [...events].sort(byTime);
    const [first] = sorted;
    if (!first)
      return (
        (await this.db.readOne<StoredProgress>('progress.current', CURRENT, [
          personId,
          videoId,
          moduleIds,
        ])) ?? NOTHING
      );
    const added = await this.db.readOne<StoredProgress>(
      'progress.append',
      APPEND,
      appendValues(key, sorted, first),
    );
    return added ?? this.reinterpret(key);
  }

  /** Interprets every raw event again; gives what was there already, or mends it. @returns how many were looked at */
  async rebuild(): Promise<number> {
    const rows = await this.db.read<{ personId: string; videoId: string; durationMs: number }>(
      'progress.all',
      ALL,
    );
    for (const row of rows) await this.reinterpret({ ...row, moduleIds: [], receivedAt: new Date(0) });
    return rows.length;
  }

  private reinterpret({ personId, videoId, moduleIds, durationMs }: ProgressKey): Promise<StoredProgress> {
    return this.db.transaction(async () => {
      await this.db.read('progress.lock', LOCK, [personId, videoId]);
      const rows = await this.db.read<EventRow>('progress.events', EVENTS, [personId, videoId]);
      const credit = interpret(rows.map((row) => eventOf(row, durationMs)));
      if (!credit) return NOTHING;
      const { watched, claimed, positionMs, lastAtMs, lastId } = credit;
      const values = [toMultirange(watched), toMultirange(claimed), positionMs, new Date(lastAtMs), lastId];
      const shown = await this.db.readOne<StoredProgress>('progress.replace', REPLACE, [
        personId,
        videoId,
        moduleIds,
        ...values,
      ]);
      return shown ?? NOTHING;
    });
  }
}

interface EventRow {
  id: string;
  at: Date;
  body: unknown;
}

/** The event as it was read when it came; its time is the one it was given then. */
function eventOf({ id, at, body }: EventRow, durationMs: number): WatchEvent {
  const [event] = parseProgress({ events: [body] }, durationMs, at);
  if (!event) throw new Error(`Event ${id} cannot be read again`);
  return { ...event, atMs: at.getTime() };
}

function appendValues(key: ProgressKey, sorted: readonly ReceivedEvent[], first: ReceivedEvent): unknown[] {
  const last = sorted.at(-1) ?? first;
  const later = sorted
    .slice(1)
    .flatMap((event, index) =>
      head(event.claim, allowanceMs(event.atMs - (sorted[index]?.atMs ?? event.atMs))),
    );
  const claimed = union(...sorted.map(({ claim }) => claim));
  return [
    ...[key.personId, key.videoId, key.moduleIds, key.receivedAt],
    sorted.map(({ id }) => id),
    sorted.map(({ atMs }) => new Date(atMs).toISOString()),
    sorted.map(({ body }) => body),
    toMultirange(union(head(first.claim, allowanceMs()), later)),
    ...[toMultirange(claimed), last.positionMs],
    toMultirange(union(later)),
    ...[toMultirange(first.claim), ...columns(first.claim)],
  ];
}

function columns(claim: Watched): [from: number[], length: number[], before: number[]] {
  let before = 0;
  const sums = claim.map(([from, to]) => {
    const sum = before;
    before += to - from;
    return sum;
  });
  return [claim.map(([from]) => from), claim.map(([from, to]) => to - from), sums];
}
