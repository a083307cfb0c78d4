import { Injectable } from '@nestjs/common';
import { SeatContended } from './enrolment.errors.js';

/** Longest wait for one's turn, in milliseconds: as long as a request waits for a connection of its pool. */
const PATIENCE_MS = 5000;

/**
 * Lets this process work on one session at a time. The database keeps the promise for all processes; the lane keeps a
 * rush for one session from holding every connection of the pool, waiting in PostgreSQL for the same row.
 */
@Injectable()
export class SeatLane {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Runs `work` once those who came before for the same session are done. @throws SeatContended after five seconds */
  async run<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
    const asked = Date.now();
    const before = this.tails.get(sessionId) ?? Promise.resolve();
    const turn = before.then(() => {
      if (Date.now() - asked > PATIENCE_MS) throw new SeatContended();
      return work();
    });
    const tail = turn.then(
      () => undefined,
      () => undefined,
    );
    this.tails.set(sessionId, tail);
    try {
      return await turn;
    } finally {
      if (this.tails.get(sessionId) === tail) this.tails.delete(sessionId);
    }
  }
}
