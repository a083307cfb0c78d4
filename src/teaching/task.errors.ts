import { DomainError } from '../shared/errors/domain-error.js';
import type { TaskStep } from './task.js';

/** A photo of more bytes than we take. */
export class PhotoTooLarge extends DomainError {
  readonly kind = 'too-large';
  readonly code = 'photo-too-large';
  override readonly params;
  override readonly facts;

  constructor(limitBytes: number) {
    super(`A photo of more than ${limitBytes} bytes`);
    this.params = { limit: `${limitBytes / 1024 / 1024} MB` };
    this.facts = { limitBytes };
  }
}

/** By its content it is no JPEG, PNG or WebP, whatever its name says. */
export class NotAPhoto extends DomainError {
  readonly kind = 'unsupported';
  readonly code = 'photo-wrong-type';
  override readonly facts = { taken: ['image/jpeg', 'image/png', 'image/webp'] };

  constructor() {
    super('Not a JPEG, PNG or WebP picture');
  }
}

/** It begins as a picture and cannot be read to its end, or is larger than any camera makes. */
export class PhotoUnusable extends DomainError {
  readonly kind = 'invalid';
  override readonly params;
  override readonly facts;

  constructor(
    readonly code: 'photo-broken' | 'photo-too-many-pixels',
    facts: Readonly<Record<string, number>> = {},
  ) {
    super(code);
    this.params = facts;
    this.facts = facts;
  }
}

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
