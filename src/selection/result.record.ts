import { Injectable } from '@nestjs/common';
import type { Call } from '../calls/public.js';
import { ResultNotice } from './result-notice.js';
import { type Reckoned, toldOf } from './result.reckoner.js';
import { ResultStore } from './result.store.js';
import type { Selection } from './selection.js';
import { SelectionStore } from './selection.store.js';

/** Writes a result and its messages, in the open transaction. */
@Injectable()
export class ResultRecord {
  constructor(
    private readonly selections: SelectionStore,
    private readonly results: ResultStore,
    private readonly notice: ResultNotice,
  ) {}

  /** The selection with its row held. */
  hold(callId: string): Promise<Selection | undefined> {
    return this.selections.lock(callId);
  }

  /** @returns how many people are told by SMS */
  async write(call: Call, { ranking, secret, byNumber }: Reckoned, now: Date): Promise<number> {
    await this.selections.publish(call.id, secret, now);
    const rows = ranking.dossiers.flatMap((one) => {
      const row = byNumber.get(one.number);
      return row ? [{ ...one, id: row.id, n: row.n }] : [];
    });
    await this.results.insert(call.id, rows);
    return this.notice.send(call.organisationId, toldOf(ranking, byNumber), 0);
  }
}
