import { Injectable } from '@nestjs/common';
import { mayManage } from '../../campaigns/public.js';
import type { StaffActor } from '../../shared/access/actor.js';
import { Clock } from '../../shared/clock/clock.js';
import type { Locale } from '../../shared/i18n/i18n.js';
import type { Impediment } from '../impediments/impediment.js';
import { ImpedimentService, teachesStill } from '../impediments/impediment.service.js';
import type { SessionRow } from '../session.row.js';
import { TrainerNoticeQuery } from '../trainer-news/trainer-notice.query.js';
import { presentAlert } from './impediment.presenter.js';
import { presentNotices } from './trainer-notice.presenter.js';

/** What a session's page says of its trainers: who cannot come, and what they were told. */
@Injectable()
export class SessionNews {
  constructor(
    private readonly notices: TrainerNoticeQuery,
    private readonly impediments: ImpedimentService,
    private readonly clock: Clock,
  ) {}

  async of(actor: StaffActor, row: SessionRow, locale: Locale): Promise<object> {
    const notices = mayManage(actor.grants, row)
      ? presentNotices(await this.notices.ofSession(row.id), locale)
      : undefined;
    const impediments = await this.impediments.ofSession(actor, row);
    const isOwn = ({ trainer }: Impediment): boolean => trainer.id === actor.accountId;
    const hasSaid = impediments.some((one) => one.answer === null && isOwn(one));
    const teaches = row.status === 'planned' && teachesStill(row, actor.accountId, this.clock.now());
    return {
      ...(notices?.rows.length ? { notices } : {}),
      impediments: shownOf(impediments).map((one) =>
        presentAlert(one, { zone: row.units[0]?.zone, isOwn: isOwn(one) }, locale),
      ),
      mayReport: teaches && !hasSaid,
    };
  }
}

/** What waits for an answer, and else the last word. */
function shownOf(impediments: readonly Impediment[]): readonly Impediment[] {
  const open = impediments.filter(({ answer }) => answer === null);
  return open.length > 0 ? open : impediments.slice(0, 1);
}
