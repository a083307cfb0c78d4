import { DomainError } from '../shared/errors/domain-error.js';

/** Others are being made and wait, or the server stops: the same sound is taken a little later. */
export class TrackBusy extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'track-busy';

  constructor() {
    super('No sound is taken now');
  }
}

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
