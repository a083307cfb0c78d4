import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CAMPAIGN_2021 } from './campaign-ids.js';
import { type CourseIds, readCourseIds } from './demo-campaign.js';
import { DemoWriter, type Row } from './demo-writer.js';
import { demoId } from './demo-id.js';
import { multirange, sessionId } from './demo-tour.js';
import { STOPS_2021 } from './apdn-2021.demo.js';
import { CRI } from './organisations.demo.js';
import { SEED, type Trainee, trainees } from './trainees-plan.js';

const CONSENT_TEXT = '2021-10';
const CANCELLED_AFTER_MS = 3 * 86_400_000;

export const enrolmentId = ({ id }: Pick<Trainee, 'id'>): string => demoId(`enrolment ${id}`);
const phoneId = (e164: string): string => demoId(`phone ${e164}`);

/** The 300 invented trainees of the past campaign with their phones, consents and seats. */
@Injectable()
export class TraineesDemo implements OnModuleInit {
  constructor(private readonly demo: DemoWriter) {}

  onModuleInit(): void {
    this.demo.register('trainees-2021', 120, () => this.load());
  }

  private async load(): Promise<void> {
    const people = trainees();
    const courses = await readCourseIds(this.demo);
    await this.demo.put('person', people.map(personRow));
    await this.demo.put('phone', phoneRows(people));
    await this.demo.put(
      'person_phone',
      people.map((one) => ({
        person_id: one.id,
        phone_id: phoneId(one.phone),
        relation: one.relation,
        created_at: one.enrolledAt,
      })),
    );
    await this.demo.put('consent', people.flatMap(consentRows));
    await this.demo.put('enrolment', enrolmentRows(people));
    await this.demo.put(
      'participation',
      people.map((one) => participationRow(one, courses)),
    );
  }
}

/** What an enrolment and its participation copy from the person at that time. */
function copied({ gender, birthYear, communeCode, category, sector }: Trainee): Row {
  return { gender, birth_year: birthYear, commune_code: communeCode, category, sector };
}

function personRow(one: Trainee): Row {
  const { given, family, scripts } = one;
  const has = (script: 'fr' | 'ar'): boolean => scripts === 'both' || scripts === script;
  return {
    id: one.id,
    status: 'active',
    given_fr: has('fr') ? given[0] : null,
    family_fr: has('fr') ? family[0] : null,
    given_ar: has('ar') ? given[1] : null,
    family_ar: has('ar') ? family[1] : null,
    ...copied(one),
    city_slug: one.city,
    language: one.language,
    created_at: one.enrolledAt,
    activated_at: one.enrolledAt,
  };
}

function phoneRows(people: readonly Trainee[]): Row[] {
  const first = new Map<string, Date>();
  for (const { phone, enrolledAt } of people) if (!first.has(phone)) first.set(phone, enrolledAt);
  return [...first].map(([e164, at]) => ({
    id: phoneId(e164),
    e164,
    can_sms: true,
    verified_at: at,
    created_at: at,
  }));
}

function consentRows(one: Trainee): Row[] {
  return ['training', ...one.consents].map((purpose) => ({
    id: demoId(`consent ${one.id} ${purpose}`),
    person_id: one.id,
    purpose,
    text_version: CONSENT_TEXT,
    language: one.language,
    channel: 'form',
    asked_at: one.enrolledAt,
    in_force_at: one.enrolledAt,
  }));
}

function enrolmentRows(people: readonly Trainee[]): Row[] {
  const during = new Map(STOPS_2021.map((stop) => [stop.city, multirange(stop)]));
  const waiting = new Map<string, number>();
  return people.map((one) => {
    const isWaiting = one.status === 'waiting';
    if (isWaiting) waiting.set(one.city, (waiting.get(one.city) ?? 0) + 1);
    const changedAt = one.status === 'cancelled' ? CANCELLED_AFTER_MS : 0;
    return {
      id: enrolmentId(one),
      organisation_id: CRI,
      session_id: sessionId(SEED, one.city),
      person_id: one.id,
      during: during.get(one.city),
      status: one.status,
      waiting_no: isWaiting ? waiting.get(one.city) : null,
      ...copied(one),
      enrolled_at: one.enrolledAt,
      status_at: new Date(one.enrolledAt.getTime() + changedAt),
    };
  });
}

function participationRow(one: Trainee, courses: CourseIds): Row {
  return {
    person_id: one.id,
    session_id: sessionId(SEED, one.city),
    campaign_id: CAMPAIGN_2021,
    organisation_id: CRI,
    course_id: courses(STOPS_2021.find(({ city }) => city === one.city)?.course ?? ''),
    city_slug: one.city,
    ...copied(one),
    booked: one.status === 'booked',
    units_attended: 0,
    minutes_present: 0,
  };
}
