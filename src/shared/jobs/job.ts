export const JOB_STATES = ['queued', 'running', 'done', 'dead'] as const;
export type JobState = (typeof JOB_STATES)[number];

export type JobPayload = Readonly<Record<string, unknown>>;

/** What a handler may do while its lease holds. */
export interface JobControl {
  readonly jobId: string;
  /** Number of this attempt; the first is 1. */
  readonly attempt: number;
  /** Aborted when the lease is lost or the process stops; long work looks at it. */
  readonly signal: AbortSignal;
  /** True once the process stops: a failure from then on costs no attempt, and is no reason to give the job up. */
  isStopping(): boolean;
  /** Shows how far the work is; what is said last stays, also where several ways of one job say it at once. Never inside of {@link commit}: it would wait for itself. */
  progress(done: number, total: number): Promise<void>;
  /**
   * Runs `work` in a transaction that commits only while the lease still holds, so a worker that was taken for dead
   * publishes nothing.
   *
   * @throws LeaseLost
   */
  commit<T>(work: () => Promise<T>): Promise<T>;
}

/** One kind of background work. `run` may happen more than once for a job: it must be safe to repeat. */
export interface JobHandler {
  readonly kind: string;
  run(payload: JobPayload, control: JobControl): Promise<JobPayload | void>;
}

/** Another worker has the job now. */
export class LeaseLost extends Error {
  constructor(jobId: string) {
    super(`The lease of job ${jobId} is lost`);
  }
}

/** A failure that no repetition mends: the job is dead at once, with these words. */
export class JobImpossible extends Error {}

/** Time a worker has before another may take its job; the heartbeat renews it. */
export const LEASE_SECONDS = 30;
export const HEARTBEAT_MS = 10_000;

/** Wait before attempt `attempt + 1`, in seconds: 5, 10, 20 … at most an hour. */
export function backoffSeconds(attempt: number): number {
  return Math.min(3600, 5 * 2 ** Math.max(0, attempt - 1));
}
