import { DomainError } from '../shared/errors/domain-error.js';

/** A sound goes on after its film has ended. */
export class TrackTooLong extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'track-too-long';
  override readonly params;

  constructor(durationMs: number) {
    super('The sound is longer than its film');
    this.params = { seconds: Math.round(durationMs / 1000) };
  }
}
