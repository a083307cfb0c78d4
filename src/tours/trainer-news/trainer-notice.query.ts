import { Injectable } from '@nestjs/common';
import type { MessageState } from '../../messages/public.js';
import { Database } from '../../shared/database/database.js';
import type { News } from './trainer-news.js';

/** What a session's page shows at most. */
const SHOWN = 50;

const OF_SESSION = `
  SELECT n.id, n.account_id AS "accountId", a.name, n.news, m.state, m.error, m.created_at AS at
    FROM trainer_notice n
    JOIN account a ON a.id = n.account_id
    JOIN message m ON m.id = n.message_id
   WHERE n.session_id = $1
   ORDER BY n.id DESC
   LIMIT ${SHOWN}`;

/** What a trainer was told of a session, and what became of the e-mail. */
export interface TrainerNotice {
  id: string;
  accountId: string;
  name: string;
  news: News;
  state: MessageState;
  /** Why it was not sent: `no-gateway` where the house has no mail server. */
  error: string | null;
  at: Date;
}

/** Reads of what trainers were told. */
@Injectable()
export class TrainerNoticeQuery {
  constructor(private readonly db: Database) {}

  /** The latest first, {@link SHOWN} at most. Index: trainer_notice_session_id_idx. */
  ofSession(sessionId: string): Promise<TrainerNotice[]> {
    return this.db.read('trainerNews.ofSession', OF_SESSION, [sessionId]);
  }
}
