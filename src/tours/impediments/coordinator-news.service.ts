import { Injectable } from '@nestjs/common';
import { inLanguage } from '../../campaigns/public.js';
import { AppConfig } from '../../config/app-config.js';
import { publicAddress } from '../../config/public-address.js';
import { MessageQueue } from '../../messages/public.js';
import { formatDay, formatTime } from '../../shared/clock/format-date.js';
import { wallTimeOf } from '../../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../../shared/clock/zone-data.js';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import type { SessionRow } from '../session.row.js';
import { ANSWER_MINUTES, type Impediment } from './impediment.js';

// Whoever plans the campaign; the installation's administrators only where nobody else does.
const COORDINATORS = `
  WITH near AS (
    SELECT DISTINCT a.id, a.email, a.name, a.language
      FROM account a
      JOIN role_grant g ON g.account_id = a.id
     WHERE a.disabled_at IS NULL AND g.role IN ('manager', 'coordinator') AND g.scope_id IN ($1, $2)
       AND (g.ends_at IS NULL OR g.ends_at > $3)),
       far AS (
    SELECT DISTINCT a.id, a.email, a.name, a.language
      FROM account a
      JOIN role_grant g ON g.account_id = a.id
     WHERE a.disabled_at IS NULL AND g.role IN ('manager', 'coordinator', 'admin') AND g.scope_kind = 'installation'
       AND (g.ends_at IS NULL OR g.ends_at > $3) AND NOT EXISTS (SELECT 1 FROM near))
  SELECT * FROM near UNION ALL SELECT * FROM far ORDER BY id`;

interface Account {
  id: string;
  email: string;
  name: string;
  language: Locale;
}

/** Tells those who plan a campaign by e-mail what cannot wait. */
@Injectable()
export class CoordinatorNews {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: AppConfig,
    private readonly messages: MessageQueue,
  ) {}

  /** A trainer cannot come: what happens unless somebody answers, and where to answer. */
  impeded(impediment: Impediment, session: SessionRow): Promise<void> {
    return this.tell('impeded', impediment, session);
  }

  /** Nobody answered: everybody was told that the session is postponed. */
  unanswered(impediment: Impediment, session: SessionRow): Promise<void> {
    return this.tell('unanswered', impediment, session);
  }

  private async tell(
    what: 'impeded' | 'unanswered',
    { id, trainer, reason, dueAt }: Impediment,
    session: SessionRow,
  ): Promise<void> {
    const values = [session.campaignId, session.organisationId, this.clock.now()];
    const origin = publicAddress(this.config);
    for (const account of await this.db.read<Account>('coordinators.of', COORDINATORS, values)) {
      const { language } = account;
      const link = `${origin}/${language}/staff/sessions/${session.id}`;
      const words = this.words(session, language);
      const until = wallTimeOf(dueAt, session.units[0]?.zone ?? DEFAULT_ZONE).localTime;
      await this.messages.send({
        recipient: account.email,
        channel: 'email',
        template: `tours:${what}.text`,
        language,
        values: {
          ...words,
          ...{ name: account.name, trainer: trainer.name, link, minutes: ANSWER_MINUTES },
          reason: t(language, `tours:impediment.reason.${reason}`),
          until: formatTime(until, language),
        },
        organisationId: session.organisationId,
        dedupeKey: `impediment:${id}:${what}:${account.id}`,
        staleAt: session.endsAt,
        sendsAgain: true,
        isUrgent: true,
      });
    }
  }

  private words(session: SessionRow, locale: Locale): { course: string; city: string; day: string } {
    const [first] = session.units;
    return {
      course: inLanguage(session.course.title, locale),
      city: inLanguage(session.cityName, locale),
      day: first ? formatDay(first.localDate, locale) : '',
    };
  }
}
