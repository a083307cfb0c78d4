import { communesOfProvince, cities, cityBySlug } from '../shared/geography/geography.js';
import { demoId } from './demo-id.js';
import { FAMILIES, MEN, type TwoScripts, WOMEN } from './invented-names.js';
import { SeededRandom, type Weighted } from './random.js';

export const SEED = 'apdn-2021';
/** People of the demo over the ten stops. */
const PEOPLE = 300;

export type DemoStatus = 'booked' | 'cancelled' | 'waiting';

/** An invented person with the seat they asked for. */
export interface Trainee {
  id: string;
  city: string;
  given: TwoScripts;
  family: TwoScripts;
  /** Scripts in which the name is known. */
  scripts: 'both' | 'fr' | 'ar';
  gender: 'female' | 'male' | 'unspecified';
  birthYear: number;
  communeCode: string;
  category: string;
  sector: string;
  language: 'ar' | 'fr' | 'en';
  /** E.164, of a block that no operator uses. */
  phone: string;
  relation: 'own' | 'relay' | 'family';
  /** Consents given besides the one for training. */
  consents: readonly string[];
  status: DemoStatus;
  enrolledAt: Date;
}

/** People asking for a seat in a city, and the seats of its room. */
export interface StopPlan {
  city: string;
  people: number;
  cancelled: number;
  waiting: number;
  capacity: number;
}

/** Where all seats went, somebody waits; elsewhere seats were left. */
const STOPS: ReadonlyArray<readonly [city: string, people: number, cancelled: number, waiting: number]> = [
  ['tanger', 40, 3, 5],
  ['asilah', 24, 2, 0],
  ['larache', 31, 2, 2],
  ['ksar-el-kebir', 29, 3, 0],
  ['ouezzane', 26, 2, 0],
  ['tetouan', 38, 2, 4],
  ['mdiq', 25, 1, 0],
  ['fnideq', 27, 2, 1],
  ['chefchaouen', 32, 3, 2],
  ['al-hoceima', 28, 2, 0],
];
const SPARE_SEATS = 6;

export const STOP_PLANS: readonly StopPlan[] = STOPS.map(([city, people, cancelled, waiting]) => {
  const booked = people - cancelled - waiting;
  return { city, people, cancelled, waiting, capacity: waiting > 0 ? booked : booked + SPARE_SEATS };
});

type Side = 'woman' | 'man';

const CATEGORIES: Readonly<Record<Side, Weighted<string>>> = {
  woman: [
    ['artisan', 36],
    ['maitre-artisan', 3],
    ['cooperative-artisanat', 27],
    ['autre-cooperative', 13],
    ['entreprise-artisanat', 2],
    ['commercant', 8],
    ['auto-entrepreneur', 6],
    ['porteur-de-projet', 5],
  ],
  man: [
    ['artisan', 32],
    ['maitre-artisan', 11],
    ['cooperative-artisanat', 9],
    ['autre-cooperative', 5],
    ['entreprise-artisanat', 4],
    ['commercant', 20],
    ['auto-entrepreneur', 12],
    ['porteur-de-projet', 7],
  ],
};
/** Weaving, sewing and cosmetics are mostly the work of women in the region, wood, metal and leather that of men. */
const CRAFTS: Readonly<Record<Side, Weighted<string>>> = {
  woman: [
    ['tapis', 18],
    ['textile', 32],
    ['cuir', 4],
    ['bois', 1],
    ['poterie', 12],
    ['bijouterie', 5],
    ['vannerie', 11],
    ['cosmetiques', 13],
    ['divers', 4],
  ],
  man: [
    ['tapis', 4],
    ['textile', 10],
    ['cuir', 18],
    ['bois', 19],
    ['poterie', 11],
    ['metaux', 14],
    ['bijouterie', 6],
    ['vannerie', 4],
    ['pierre', 4],
    ['batiment', 7],
    ['divers', 3],
  ],
};
const TRADES: Weighted<string> = [
  ['commerce', 45],
  ['alimentaire', 25],
  ['services', 15],
  ['autre', 15],
];
const FARMS: Weighted<string> = [
  ['agriculture', 45],
  ['alimentaire', 35],
  ['cosmetiques', 20],
];
const GENDERS: Weighted<Trainee['gender']> = [
  ['female', 53],
  ['male', 45],
  ['unspecified', 2],
];
const SCRIPTS: Weighted<Trainee['scripts']> = [
  ['both', 74],
  ['ar', 16],
  ['fr', 10],
];
const LANGUAGES: Weighted<Trainee['language']> = [
  ['ar', 71],
  ['fr', 28],
  ['en', 1],
];
const SHARES_A_PHONE = 0.1;
/** Of those who share a phone: people of one family, who mostly have one name, and others who pass a message on. */
const OF_THE_FAMILY = 0.6;
const SAME_FAMILY_NAME = 0.75;
const IN_TOWN = 0.62;
const FIRST_ENROLMENT = Date.UTC(2021, 10, 15, 9);
const ENROLMENT_SPAN_MINUTES = 25 * 24 * 60;
const MINUTE_MS = 60_000;

function sectorOf(category: string, side: Side, random: SeededRandom): string {
  if (category === 'autre-cooperative') return random.weighted(FARMS);
  return category.includes('artisan') ? random.weighted(CRAFTS[side]) : random.weighted(TRADES);
}

function communeOf(city: string, random: SeededRandom): string {
  const place = cityBySlug(city);
  if (!place || random.chance(IN_TOWN)) return place?.communeCode ?? '';
  return random.pick(communesOfProvince(place.provinceCode)).code;
}

function consentsOf(random: SeededRandom): string[] {
  const chances: Weighted<string> = [
    ['sms', 0.78],
    ['whatsapp', 0.55],
    ['photo', 0.4],
    ['partners', 0.25],
    ['directory', 0.15],
  ];
  return chances.filter(([, share]) => random.chance(share)).map(([purpose]) => purpose);
}

/** A phone of their own, or sometimes that of somebody before them in the same city; with a name to go with it. */
function phoneOf(
  n: number,
  neighbours: readonly Trainee[],
  random: SeededRandom,
): Pick<Trainee, 'phone' | 'relation' | 'family'> {
  const family = random.pick(FAMILIES);
  const owners = neighbours.filter(({ relation }) => relation === 'own');
  const owner = owners.length > 0 && random.chance(SHARES_A_PHONE) ? random.pick(owners) : undefined;
  if (!owner) return { phone: `+2126000${String(n).padStart(5, '0')}`, relation: 'own', family };
  const { phone } = owner;
  if (!random.chance(OF_THE_FAMILY)) return { phone, relation: 'relay', family };
  return { phone, relation: 'family', family: random.chance(SAME_FAMILY_NAME) ? owner.family : family };
}

function trainee(
  n: number,
  plan: StopPlan,
  place: number,
  neighbours: readonly Trainee[],
  random: SeededRandom,
): Trainee {
  const gender = random.weighted(GENDERS);
  const isWoman = gender === 'female' || (gender === 'unspecified' && random.chance(0.5));
  const side = isWoman ? 'woman' : 'man';
  const category = random.weighted(CATEGORIES[side]);
  // The last to ask wait; some of those before them gave their seat back in time.
  const isWaiting = place >= plan.people - plan.waiting;
  const isCancelled =
    !isWaiting &&
    place % Math.ceil(plan.people / (plan.cancelled + 1)) === 3 &&
    countCancelled(neighbours) < plan.cancelled;
  return {
    id: demoId(`person ${SEED} ${n}`),
    city: plan.city,
    given: random.pick(isWoman ? WOMEN : MEN),
    scripts: random.weighted(SCRIPTS),
    gender,
    birthYear: 1958 + Math.round((random.next() + random.next()) * 22),
    communeCode: communeOf(plan.city, random),
    category,
    sector: sectorOf(category, side, random),
    language: random.weighted(LANGUAGES),
    ...phoneOf(n, neighbours, random),
    consents: consentsOf(random),
    status: isWaiting ? 'waiting' : isCancelled ? 'cancelled' : 'booked',
    enrolledAt: new Date(
      FIRST_ENROLMENT +
        Math.floor((ENROLMENT_SPAN_MINUTES * (place + random.next())) / plan.people) * MINUTE_MS,
    ),
  };
}

function countCancelled(people: readonly Trainee[]): number {
  return people.filter(({ status }) => status === 'cancelled').length;
}

/** The 300 invented trainees, the same at every call. */
export function trainees(): Trainee[] {
  const random = new SeededRandom(SEED);
  const all: Trainee[] = [];
  for (const plan of STOP_PLANS) {
    const here: Trainee[] = [];
    for (let place = 0; place < plan.people; place += 1) {
      here.push(trainee(all.length + here.length + 1, plan, place, here, random));
    }
    all.push(...here);
  }
  if (all.length !== PEOPLE || STOP_PLANS.length !== cities('tour').length)
    throw new RangeError('The demo has 300 people in ten cities');
  return all;
}
