import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { type Locale, t } from '../../shared/i18n/i18n.js';
import { CampaignQuery, inLanguage, reachOf, READING_ROLES } from '../../campaigns/public.js';
import { ImpedimentService } from '../impediments/impediment.service.js';
import { SESSION_STATUSES } from '../session.row.js';
import { type StaffFilter, StaffSessionQuery } from '../staff-session.query.js';
import { TourQuery } from '../tour.query.js';
import { presentAlert } from './impediment.presenter.js';

interface Choice {
  value: string;
  label: string;
}

/** The table's rows and what it can be filtered by. */
@Injectable()
export class StaffLists {
  constructor(
    private readonly table: StaffSessionQuery,
    private readonly campaigns: CampaignQuery,
    private readonly tours: TourQuery,
    private readonly impediments: ImpedimentService,
  ) {}

  /** Trainers who cannot come and wait for an answer. */
  async alerts(actor: StaffActor, locale: Locale): Promise<Array<{ href: string; text: string }>> {
    const open = await this.impediments.open(actor);
    return open.map((one) => {
      const { title, then, sessionHref } = presentAlert(one, { isOwn: false }, locale);
      return { href: sessionHref, text: `${title} ${then}` };
    });
  }

  /** How many sessions wait for a new date; undefined when none does. */
  async undated(actor: StaffActor, locale: Locale): Promise<{ href: string; text: string } | undefined> {
    const count = await this.table.postponed(actor);
    if (count === 0) return undefined;
    const text = t(locale, 'tours:staff.undated', { count });
    return { href: `/${locale}/staff/sessions?status=postponed`, text };
  }

  sessions(...values: Parameters<StaffSessionQuery['list']>): ReturnType<StaffSessionQuery['list']> {
    return this.table.list(...values);
  }

  /** One select for each filter, with the chosen value. */
  async choices(
    actor: StaffActor,
    filter: StaffFilter,
    locale: Locale,
  ): Promise<Array<{ name: string; label: string; value: string; options: Choice[] }>> {
    const campaigns = await this.campaigns.within(reachOf(actor.grants, READING_ROLES));
    const cities = await this.tours.cities();
    const teams = await this.table.teams(actor, filter.campaignId);
    const all = (key: string): Choice => ({ value: '', label: t(locale, key) });
    const select = (name: string, key: string, value: string | undefined, options: Choice[]) => ({
      name,
      label: t(locale, key),
      value: value ?? '',
      options,
    });
    return [
      select('campaign', 'tours:staff.campaign', filter.campaignId, [
        all('tours:staff.allCampaigns'),
        ...campaigns.map(({ id, name }) => ({ value: id, label: inLanguage(name, locale) })),
      ]),
      select('city', 'tours:staff.city', filter.city, [
        all('tours:list.allCities'),
        ...cities
          .map(({ slug, name }) => ({ value: slug, label: inLanguage(name, locale) }))
          .sort((a, b) => a.label.localeCompare(b.label, locale)),
      ]),
      select('team', 'tours:staff.team', filter.teamId, [
        all('tours:staff.allTeams'),
        ...teams.map(({ id, name, tour }) => ({ value: id, label: `${name} · ${inLanguage(tour, locale)}` })),
      ]),
      select('status', 'tours:staff.status', filter.status, [
        all('tours:staff.allStatuses'),
        ...SESSION_STATUSES.map((status) => ({ value: status, label: t(locale, `tours:status.${status}`) })),
      ]),
    ];
  }
}
