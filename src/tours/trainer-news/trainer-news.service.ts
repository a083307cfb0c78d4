import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { publicAddress } from '../../config/public-address.js';
import { MessageQueue } from '../../messages/public.js';
import type { Actor } from '../../shared/access/actor.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { newId } from '../../shared/new-id.js';
import { SessionQuery } from '../session.query.js';
import type { SessionRow } from '../session.row.js';
import { type News, newsLines, newsOf, type TeachingChange, type TrainerNews } from './trainer-news.js';

const ACCOUNTS = `
  SELECT id, email, name, language FROM account WHERE id = ANY($1::uuid[]) AND disabled_at IS NULL ORDER BY id`;
const NOTE = `
  INSERT INTO trainer_notice (id, session_id, account_id, message_id, news) VALUES ($1, $2, $3, $4, $5)`;

interface Account {
  id: string;
  email: string;
  name: string;
  language: Locale;
}

/** A trainer's news with the sessions they are about. */
interface Told extends TrainerNews {
  session: SessionRow;
}

/**
 * Tells trainers by e-mail what changed in their plan: one mail for each trainer and deed, written in the deed's own
 * transaction. Whoever did it knows already, and nothing is said of sessions that are over.
 */
@Injectable()
export class TrainerNewsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly sessions: SessionQuery,
    private readonly messages: MessageQueue,
  ) {}

  /** The plan of some sessions was made or changed; they stand in the open transaction as they are now. */
  async changed(actor: Actor, changes: readonly TeachingChange[]): Promise<void> {
    await this.tell(actor, changes.flatMap(newsOf));
  }

  /** A session has no date for now. */
  async postponed(actor: Actor | 'system', session: Pick<SessionRow, 'id' | 'units'>): Promise<void> {
    await this.tell(actor, toAll('postponed', session));
  }

  /** A session will not be held. */
  async calledOff(actor: Actor, session: Pick<SessionRow, 'id' | 'units'>): Promise<void> {
    await this.tell(actor, toAll('called-off', session));
  }

  private async tell(actor: Actor | 'system', news: readonly TrainerNews[]): Promise<void> {
    const own = actor !== 'system' && actor.kind === 'staff' ? actor.accountId : undefined;
    const others = news.filter(({ accountId }) => accountId !== own);
    if (others.length === 0) return;
    const rows = await this.sessions.byIds([...new Set(others.map(({ sessionId }) => sessionId))]);
    const known = new Map(rows.map((row) => [row.id, row]));
    const told = others
      .flatMap((one): Told[] => {
        const session = known.get(one.sessionId);
        return session && session.endsAt > this.clock.now() ? [{ ...one, session }] : [];
      })
      .sort((a, b) => a.session.startsAt.getTime() - b.session.startsAt.getTime());
    const ids = [...new Set(told.map(({ accountId }) => accountId))];
    const accounts = await this.db.read<Account>('trainerNews.accounts', ACCOUNTS, [ids]);
    for (const account of accounts)
      await this.write(
        account,
        told.filter(({ accountId }) => accountId === account.id),
      );
  }

  private async write({ id, email, name, language }: Account, told: readonly Told[]): Promise<void> {
    const origin = publicAddress(this.config);
    const [first] = told;
    if (!first) return;
    const lines = told.map((one) => newsLines(one, one.session, { locale: language, origin }));
    const [headline = ''] = newsLines(first, first.session, { locale: language, origin }).split('\n');
    const messageId = await this.messages.send({
      recipient: email,
      channel: 'email',
      template: 'tours:mail.text',
      language,
      values: {
        about: told.length === 1 ? headline : t(language, 'tours:mail.several'),
        name,
        lines: lines.join('\n\n'),
        calendars: `${origin}/${language}/staff/calendars`,
      },
      organisationId: first.session.organisationId,
      dedupeKey: `trainer-news:${newId()}`,
      staleAt: new Date(Math.max(...told.map(({ session }) => session.endsAt.getTime()))),
      // A mail that comes twice says the same twice; one that is lost leaves a room without its trainer.
      sendsAgain: true,
    });
    for (const { news, sessionId } of told)
      await this.db.write('trainerNews.note', NOTE, [newId(), sessionId, id, messageId, news]);
  }
}

/** The same for everybody who teaches the session. */
function toAll(news: News, { id, units }: Pick<SessionRow, 'id' | 'units'>): TrainerNews[] {
  const trainers = new Set(units.flatMap((unit) => unit.trainers.map((one) => one.id)));
  return [...trainers].map((accountId) => ({ news, accountId, sessionId: id }));
}
