import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, daysBetween } from '../shared/clock/local-date.js';
import { instantOf, wallTimeOf } from '../shared/clock/wall-time.js';
import { DEFAULT_ZONE } from '../shared/clock/zone-data.js';
import { SUPPORT_PHONE } from '../shared/web/page-renderer.js';
import { CAMPAIGN_2027 } from './campaign-ids.js';
import { putCampaign, readCourseIds } from './demo-campaign.js';
import { putTour } from './demo-tour.js';
import { DemoWriter } from './demo-writer.js';
import { APDN } from './organisations.demo.js';

const SLUG = 'caravane-2027';
const FIRST_MONDAY = '2027-01-11';
const CREATED_AT = '2026-10-05T09:00:00Z';
const AMOUNT_CENTIMES = 80_000_000;
/** At least 40 seats in every room, and as many in every session. */
const CAPACITY = 40;
/** The first session is at least so many days away when the demo is made. */
const NOTICE_DAYS = 7;
const LENGTH_DAYS = 12;

/** Days after the first Monday: 11 and 14 January are holidays, and the road to Al Hoceïma takes a day. */
const ROAD: ReadonlyArray<readonly [team: 0 | 1, city: string, day: number, course: string]> = [
  [0, 'tanger', 1, 'e-marketing'],
  [1, 'tetouan', 1, 'vente-en-ligne'],
  [0, 'asilah', 2, 'vente-en-ligne'],
  [1, 'mdiq', 2, 'e-marketing'],
  [0, 'larache', 4, 'paiement-electronique'],
  [1, 'fnideq', 4, 'paiement-electronique'],
  [0, 'ksar-el-kebir', 7, 'e-marketing'],
  [1, 'chefchaouen', 7, 'vente-en-ligne'],
  [0, 'ouezzane', 8, 'vente-en-ligne'],
  [1, 'al-hoceima', 9, 'e-marketing'],
];

/** The Monday from which the tour counts: that of January 2027, or whole weeks later so that all of it is to come. */
export function firstMonday(today: string): string {
  const late = daysBetween(FIRST_MONDAY, today) + NOTICE_DAYS;
  return addDays(FIRST_MONDAY, Math.max(0, Math.ceil(late / 7)) * 7);
}

/** The campaign to come, open for enrolment. */
@Injectable()
export class Caravane2027Demo implements OnModuleInit {
  constructor(private readonly demo: DemoWriter) {}

  onModuleInit(): void {
    this.demo.register(SLUG, 130, () => this.load());
  }

  private async load(): Promise<void> {
    const courses = await readCourseIds(this.demo);
    const monday = firstMonday(wallTimeOf(this.demo.clock.now(), DEFAULT_ZONE).localDate);
    const [starts_on, ends_on] = [addDays(monday, 1), addDays(monday, LENGTH_DAYS)];
    await putCampaign(this.demo, courses, {
      id: CAMPAIGN_2027,
      slug: SLUG,
      name_fr: 'Caravane du e-commerce 2027',
      name_ar: 'قافلة التجارة الإلكترونية 2027',
      name_en: 'E-commerce caravan 2027',
      summary_fr:
        'Une journée près de chez vous pour apprendre à vendre en ligne, gratuite, avec ou sans ordinateur.',
      summary_ar: 'يوم قريب منك لتتعلم البيع عبر الإنترنت، بالمجان، بحاسوب أو بدونه.',
      summary_en: 'A day near you to learn how to sell online, free, with or without a computer.',
      starts_on,
      ends_on,
      enrolment_opens_at: '2026-11-01T09:00:00Z',
      enrolment_closes_at: instantOf({ date: ends_on, time: '23:59', zone: DEFAULT_ZONE }),
      support_phone: SUPPORT_PHONE,
      created_at: CREATED_AT,
    });
    await this.demo.put('agreement', [{ ...AGREEMENT, ends_on: addDays(ends_on, 100) }]);
    await putTour(this.demo, {
      campaign: SLUG,
      campaignId: CAMPAIGN_2027,
      name_fr: 'Tournée du Nord 2027',
      name_ar: 'جولة الشمال 2027',
      createdAt: CREATED_AT,
      stops: ROAD.map(([team, city, day, course]) => {
        return {
          team,
          city,
          localDate: addDays(monday, day),
          courseId: courses(course),
          capacity: CAPACITY,
          language: team === 0 ? 'ar' : 'fr',
        };
      }),
      session: () => ({ status: 'planned', booked: 0, waiting: 0, last_waiting_no: 0 }),
    });
  }
}

const AGREEMENT = {
  id: '01927a5a-0000-7000-8000-000000002027',
  organisation_id: APDN,
  campaign_id: CAMPAIGN_2027,
  funder_id: APDN,
  reference: 'APDN-CRI/2027',
  objectives_fr:
    'Former quatre cents personnes de la région à la vente en ligne et suivre leurs premières ventes.',
  objectives_ar: 'تكوين أربعمائة شخص بالجهة في البيع عبر الإنترنت وتتبع مبيعاتهم الأولى.',
  amount_centimes: AMOUNT_CENTIMES,
  signed_on: '2026-10-01',
  starts_on: '2026-10-01',
};
