/**
 * Wakes a worker for a job. A ring may be lost (Redis away, process killed): every worker also looks at the table
 * each few seconds, so a lost ring costs time and never a job.
 */
export abstract class Bell {
  /** Returns at once, whatever the state of the far end; never throws. */
  abstract ring(jobId: string): void;
  /** Calls `wake` for each ring until `close`. */
  abstract listen(wake: (jobId: string) => Promise<void>): Promise<void>;
  abstract close(): Promise<void>;
}
