/** What became of a task, and of each step of it. */
export const TASK_STATES = ['handed-in', 'accepted', 'returned'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** What shows that an exercise was done. */
export const PROOFS = ['photo', 'link', 'tick'] as const;
export type Proof = (typeof PROOFS)[number];

/** One step of a task: something handed in, or a decision on it. */
export interface TaskStep {
  readonly id: string;
  readonly kind: TaskState;
  readonly at: Date;
  /** Of what was handed in. */
  readonly proof: Proof | null;
  readonly link: string | null;
  /** Hash of the stored picture. */
  readonly photo: string | null;
  readonly note: string | null;
  /** Of a decision: the step it decides on. */
  readonly ofStep: string | null;
  /** Why it was returned. */
  readonly reason: string | null;
  /** Name of whoever decided. */
  readonly by: string | null;
}

/** A person's answer to one exercise of a module, with all its steps, oldest first. */
export interface Task {
  readonly id: string;
  readonly personId: string;
  readonly courseId: string;
  readonly courseSlug: string;
  readonly moduleId: string;
  readonly moduleSlug: string;
  /** Id of the exercise within its module. */
  readonly block: string;
  readonly state: TaskState;
  /** Instant of the latest step. */
  readonly changedAt: Date;
  readonly steps: readonly TaskStep[];
}

/** What may be handed in. */
export const LONGEST_NOTE = 1000;
export const LONGEST_LINK = 500;
/** Words with which work is returned. */
export const LONGEST_REASON = 1000;
