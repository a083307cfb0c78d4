import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SUPPORT_PHONE } from '../shared/web/page-renderer.js';
import { CAMPAIGN_2021 } from './campaign-ids.js';
import { type CourseIds, putCampaign, readCourseIds } from './demo-campaign.js';
import { type DemoStop, putTour } from './demo-tour.js';
import { DemoWriter } from './demo-writer.js';
import { APDN } from './organisations.demo.js';
import { SEED, STOP_PLANS } from './trainees-plan.js';

const CREATED_AT = '2021-10-18T09:00:00Z';
/** 500,000.00 MAD. */
const AMOUNT_CENTIMES = 50_000_000;
const HOUR_MS = 3_600_000;

/** The road of each team; Al Hoceïma has its days of travel. */
const ROAD: ReadonlyArray<readonly [team: 0 | 1, city: string, localDate: string, course: string]> = [
  [0, 'tanger', '2021-12-13', 'e-marketing'],
  [1, 'tetouan', '2021-12-13', 'vente-en-ligne'],
  [0, 'asilah', '2021-12-14', 'vente-en-ligne'],
  [1, 'mdiq', '2021-12-14', 'e-marketing'],
  [0, 'larache', '2021-12-15', 'paiement-electronique'],
  [1, 'fnideq', '2021-12-15', 'paiement-electronique'],
  [0, 'ksar-el-kebir', '2021-12-16', 'e-marketing'],
  [0, 'ouezzane', '2021-12-17', 'vente-en-ligne'],
  [1, 'chefchaouen', '2021-12-17', 'vente-en-ligne'],
  [1, 'al-hoceima', '2021-12-20', 'e-marketing'],
];

/** City and day of every stop, for the files that put people into them. */
export const STOPS_2021: ReadonlyArray<{ city: string; localDate: string; course: string }> = ROAD.map(
  ([, city, localDate, course]) => ({ city, localDate, course }),
);

/** The reference case: the December 2021 tour over ten cities, held and closed. */
@Injectable()
export class Apdn2021Demo implements OnModuleInit {
  constructor(private readonly demo: DemoWriter) {}

  onModuleInit(): void {
    this.demo.register('apdn-2021', 110, () => this.load());
  }

  private async load(): Promise<void> {
    const courses = await readCourseIds(this.demo);
    await putCampaign(this.demo, courses, {
      id: CAMPAIGN_2021,
      slug: SEED,
      name_fr: 'Caravane du e-commerce 2021',
      name_ar: 'قافلة التجارة الإلكترونية 2021',
      name_en: 'E-commerce caravan 2021',
      summary_fr:
        'Dix villes du Nord en huit jours, pour que les artisans, les commerçants et les coopératives vendent en ligne.',
      summary_ar:
        'عشر مدن من الشمال في ثمانية أيام، ليبيع الصناع التقليديون والتجار والتعاونيات منتوجاتهم عبر الإنترنت.',
      summary_en:
        'Ten cities of the North in eight days, so that craftspeople, shopkeepers and cooperatives sell online.',
      starts_on: '2021-12-13',
      ends_on: '2021-12-20',
      enrolment_opens_at: '2021-11-15T09:00:00Z',
      enrolment_closes_at: '2021-12-12T22:00:00Z',
      support_phone: SUPPORT_PHONE,
      created_at: CREATED_AT,
    });
    await this.demo.put('agreement', [AGREEMENT]);
    await putTour(this.demo, {
      campaign: SEED,
      campaignId: CAMPAIGN_2021,
      name_fr: 'Tournée du Nord, décembre 2021',
      name_ar: 'جولة الشمال، دجنبر 2021',
      createdAt: CREATED_AT,
      stops: stopsOf(courses),
      session: ({ city }, endsAt) => ({
        status: 'closed',
        closed_at: new Date(endsAt.getTime() + HOUR_MS),
        ...countersOf(city),
      }),
    });
  }
}

const AGREEMENT = {
  id: '017c2b5a-0000-7000-8000-000000002021',
  organisation_id: APDN,
  campaign_id: CAMPAIGN_2021,
  funder_id: APDN,
  reference: 'APDN-CRI/2021',
  objectives_fr: 'Former les artisans, commerçants et coopératives de la région à la vente en ligne.',
  objectives_ar: 'تكوين الصناع التقليديين والتجار والتعاونيات بالجهة في البيع عبر الإنترنت.',
  amount_centimes: AMOUNT_CENTIMES,
  signed_on: '2021-10-15',
  starts_on: '2021-10-15',
  ends_on: '2022-03-31',
};

function stopsOf(courses: CourseIds): DemoStop[] {
  return ROAD.map(([team, city, localDate, course]) => {
    const capacity = STOP_PLANS.find((plan) => plan.city === city)?.capacity ?? 0;
    return { team, city, localDate, courseId: courses(course), capacity, language: team === 0 ? 'ar' : 'fr' };
  });
}

function countersOf(city: string): { booked: number; waiting: number; last_waiting_no: number } {
  const plan = STOP_PLANS.find((one) => one.city === city);
  const waiting = plan?.waiting ?? 0;
  return {
    booked: (plan?.people ?? 0) - (plan?.cancelled ?? 0) - waiting,
    waiting,
    last_waiting_no: waiting,
  };
}
