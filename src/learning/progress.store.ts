import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { postgresFailure } from '../shared/database/database.errors.js';
import { Gathered } from '../shared/database/gathered.js';
import { byTime, interpret, type WatchEvent } from './credit.js';
import { APPEND, appendCall, type ProgressKey } from './progress-append.js';
import { parseProgress, type ReceivedEvent } from './progress-events.js';
import { toMultirange } from './watched.js';

/** Calls that are kept by one statement, and one flush of the disk, at most. */
const APPENDED_AT_ONCE = 32;

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

/** What could not be kept together with others. */
const ALONE = Symbol('alone');
type Appended = StoredProgress | undefined | typeof ALONE;

interface Append {
  readonly key: ProgressKey;
  readonly call: object;
}

interface AppendedRow extends StoredProgress {
  readonly personId: string;
  readonly videoId: string;
}

/** Raw events and the progress derived from them. */
@Injectable()
export class ProgressStore {
  private readonly appends = new Gathered(APPENDED_AT_ONCE, (calls: readonly Append[]) =>
    this.appendEach(calls),
  );

  constructor(private readonly db: Database) {}

  /** Length of any video ever published. */
  async durationOf(videoId: string): Promise<number | undefined> {
    return (await this.db.readOne<{ durationMs: number }>('video.duration', DURATION, [videoId]))?.durationMs;
  }

  /** Keeps events (no id twice) and returns what the whole set amounts to. */
  async add(key: ProgressKey, events: readonly ReceivedEvent[]): Promise<StoredProgress> {
    const { personId, videoId, moduleIds } = key;
    const [first, ...more] = [...events].sort(byTime);
    if (!first) {
      const values = [personId, videoId, moduleIds];
      return (await this.db.readOne<StoredProgress>('progress.current', CURRENT, values)) ?? NOTHING;
    }
    const call = { key, call: appendCall(key, [first, ...more]) };
    let added = await this.appends.of(call);
    if (added === ALONE) added = (await this.append([call]))[0]?.[1];
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

  /** Keeps calls together; those that must go alone are told so, and do not hold up the next. */
  private async appendEach(calls: readonly Append[]): Promise<Appended[]> {
    const together = onceEach(calls);
    try {
      const kept = new Map(await this.append(together));
      return calls.map((call) => (kept.has(call) ? kept.get(call) : ALONE));
    } catch (error) {
      if (calls.length === 1 || !isOfOneCall(error)) throw error;
      return calls.map(() => ALONE);
    }
  }

  private async append(calls: readonly Append[]): Promise<Array<[Append, StoredProgress | undefined]>> {
    const rows = await this.db.read<AppendedRow>('progress.append', APPEND, [
      JSON.stringify(calls.map(({ call }) => call)),
    ]);
    const found = new Map(rows.map((row) => [row.personId + row.videoId, row]));
    return calls.map((call) => [call, found.get(call.key.personId + call.key.videoId)]);
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

/** The first call for each person and video, in an order that all processes keep. */
function onceEach(calls: readonly Append[]): Append[] {
  const first = new Map<string, Append>();
  for (const append of calls) {
    const name = append.key.personId + append.key.videoId;
    if (!first.has(name)) first.set(name, append);
  }
  return [...first].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, append]) => append);
}

/** One call's data, or the lock that one row waited for; when the database itself is in trouble, more statements are no help. */
function isOfOneCall(error: unknown): boolean {
  return /^(22|23|21000|55P03|40P01)/.test(postgresFailure(error)?.code ?? '');
}
