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

const CATEGORIES: Weighted<string> = [
  ['artisan', 34],
  ['maitre-artisan', 7],
  ['cooperative-artisanat', 18],
  ['autre-cooperative', 9],
  ['entreprise-artisanat', 3],
  ['commercant', 14],
  ['auto-entrepreneur', 9],
  ['porteur-de-projet', 6],
];
const CRAFTS: Weighted<string> = [
  ['tapis', 10],
  ['textile', 20],
  ['cuir', 12],
  ['bois', 10],
  ['poterie', 10],
  ['metaux', 6],
  ['bijouterie', 6],
  ['vannerie', 8],
  ['cosmetiques', 8],
  ['pierre', 2],
  ['batiment', 4],
  ['divers', 4],
];
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
const IN_TOWN = 0.62;
const FIRST_ENROLMENT = Date.UTC(2021, 10, 15, 9);
const ENROLMENT_SPAN_MINUTES = 25 * 24 * 60;
const MINUTE_MS = 60_000;

function sectorOf(category: string, random: SeededRandom): string {
  if (category === 'autre-cooperative') return random.weighted(FARMS);
  return category.includes('artisan') ? random.weighted(CRAFTS) : random.weighted(TRADES);
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

/** A phone of their own, or sometimes that of somebody before them in the same city. */
function phoneOf(
  n: number,
  neighbours: readonly Trainee[],
  random: SeededRandom,
): Pick<Trainee, 'phone' | 'relation'> {
  const owner = neighbours.length > 0 && random.chance(SHARES_A_PHONE) ? random.pick(neighbours) : undefined;
  if (owner) return { phone: owner.phone, relation: random.chance(0.6) ? 'family' : 'relay' };
  return { phone: `+2126000${String(n).padStart(5, '0')}`, relation: 'own' };
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
  const category = random.weighted(CATEGORIES);
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
    family: random.pick(FAMILIES),
    scripts: random.weighted(SCRIPTS),
    gender,
    birthYear: 1958 + Math.round((random.next() + random.next()) * 22),
    communeCode: communeOf(plan.city, random),
    category,
    sector: sectorOf(category, random),
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
