import { DomainError } from '../shared/errors/domain-error.js';
import type { TaskStep } from './task.js';

/** Work that was accepted is done: nothing more is handed in. */
export class TaskAccepted extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'task-accepted';

  constructor() {
    super('The task was accepted');
  }
}

/** Another trainer was faster: the answer says what was decided. */
export class TaskDecided extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'task-decided';
  override readonly facts;

  constructor({ kind, at, by, reason }: TaskStep) {
    super(`The task was ${kind} already`);
    this.facts = { decision: kind, at: at.toISOString(), by, reason };
  }
}

/** Something newer was handed in than what was looked at. */
export class TaskChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'task-changed';
  override readonly facts;

  constructor(handIn: string) {
    super('Something newer was handed in');
    this.facts = { handIn };
  }
}
