import { basename } from 'node:path';
import { isScalar } from 'yaml';
import { type CourseFileError, CourseFileFindings, YamlFile, YamlMapReader } from '../../courses/public.js';
import { knownFacts } from '../engine/facts.js';
import type { Carrier, CarrierTerms, Scenario } from '../engine/scenario.js';
import { readExercises } from './exercises.reader.js';
import { readCustomers, readGoods, readPapers } from './goods.reader.js';
import { readChats, readOrders } from './orders.reader.js';
import { noReferences, readDirhams, readWords, type References, refuseUnknown } from './scenario-map.js';

/** Addresses below /practice that are no scenario. */
const RESERVED = ['at', 'pictures'];
/** Days; a week of practice, at most four. */
const MOST_DAYS = 28;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What reading a scenario file gave: a scenario when nothing is wrong, else every error; warnings in both cases. */
export interface ScenarioReading {
  readonly scenario?: Scenario;
  readonly errors: readonly CourseFileError[];
  readonly warnings: readonly CourseFileError[];
}

/** Reads one file of `courses/practice/`; never throws for what is in it. */
export async function readScenario(path: string, pictures: ReadonlySet<string>): Promise<ScenarioReading> {
  const findings = new CourseFileFindings();
  const file = await YamlFile.read(path, findings);
  const scenario = file && readFrom(file, path, pictures);
  const { errors, warnings } = findings;
  return scenario && errors.length === 0 ? { scenario, errors, warnings } : { errors, warnings };
}

function readFrom(file: YamlFile, path: string, pictures: ReadonlySet<string>): Scenario | undefined {
  const map = YamlMapReader.of(file, file.root, 'a scenario');
  if (map.isBroken) return undefined;
  const references = noReferences();
  map.number('format', { min: 1, max: 1 });
  const slug = map.slug('slug');
  const expected = basename(path).replace(/\.yaml$/, '');
  if (slug.value !== '' && slug.value !== expected)
    map.error(slug.place, `slug "${slug.value}" must be the file's name, "${expected}"`);
  if (RESERVED.includes(slug.value)) map.error(slug.place, `"${slug.value}" is another page's address`);
  const scenario: Scenario = {
    format: 1,
    slug: slug.value,
    course: map.slug('course').value,
    lessons: readLessons(map),
    order: map.number('order', { min: 1, max: 1000 }),
    title: readWords(map, 'title', { max: 80 }),
    summary: readWords(map, 'summary', { sentences: true }),
    days: map.number('days', { min: 1, max: MOST_DAYS }),
    deliveryFee: readDirhams(map, 'deliveryFee', { min: 0, max: 1000 }),
    cardFee: map.number('cardFee', { min: 0, max: 20, integer: false }),
    collectionFee: readDirhams(map, 'collectionFee', { min: 0, max: 1000 }),
    ...readTerms(map),
    carriers: readCarriers(map),
    goods: readGoods(map, references),
    customers: readCustomers(map, references),
    orders: readOrders(map, references),
    chats: readChats(map, references),
    papers: readPapers(map),
    exercises: readExercises(map, references),
  };
  refuseUnknown(map);
  checkReferences(map, scenario, references, pictures);
  return scenario;
}

/** Modules that lead here besides the course. */
function readLessons(map: YamlMapReader): string[] {
  return map.list('lessons', { min: 0, max: 12 }).map((node) => {
    const slug = isScalar(node) ? String(node.value) : '';
    if (!SLUG.test(slug)) map.error(map.file.placeOf(node), `"${slug}" is no slug of a module`);
    return slug;
  });
}

/** `terms: { deliveryFees, returnDays }`: what a trainee may choose between, from two up. */
function readTerms(map: YamlMapReader): Pick<Scenario, 'terms'> {
  if (!map.keys().includes('terms')) return {};
  const terms = map.child('terms');
  if (!terms) return {};
  const read = {
    deliveryFees: readChoices(terms, 'deliveryFees', 1000).map((dirhams) => Math.round(dirhams * 100)),
    returnDays: readChoices(terms, 'returnDays', 365),
  };
  refuseUnknown(terms);
  return { terms: read };
}

/** Whole numbers, each larger than the one before. */
function readChoices(map: YamlMapReader, key: string, max: number): number[] {
  const values = map.list(key, { min: 2, max: 6 }).map((node) => (isScalar(node) ? node.value : undefined));
  const numbers = values.filter(
    (value): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max,
  );
  const isRising = numbers.every((value, index) => index === 0 || value > (numbers[index - 1] ?? value));
  if (numbers.length < values.length || !isRising)
    map.error(
      map.placeOfKey(key),
      `${key} must be whole numbers from 0 to ${max}, each larger than the last`,
    );
  return numbers;
}

function readCarriers(map: YamlMapReader): Record<Carrier, CarrierTerms> {
  const carriers = map.child('carriers');
  const terms = (key: Carrier): CarrierTerms => {
    const carrier = carriers?.child(key);
    if (!carrier) return { price: 0, hours: 1 };
    const read = {
      price: readDirhams(carrier, 'price', { min: 0, max: 1000 }),
      hours: carrier.number('hours', { min: 1, max: 240 }),
    };
    refuseUnknown(carrier);
    return read;
  };
  const read = { post: terms('post'), private: terms('private') };
  if (carriers) refuseUnknown(carriers);
  return read;
}

function checkReferences(
  map: YamlMapReader,
  scenario: Scenario,
  references: References,
  pictures: ReadonlySet<string>,
): void {
  const known = (list: References['goods'], ids: ReadonlySet<string>, what: string): void => {
    for (const { id, place } of list) if (!ids.has(id)) map.error(place, `unknown ${what} "${id}"`);
  };
  const idsOf = (list: readonly { id: string }[]): Set<string> => new Set(list.map(({ id }) => id));
  known(references.goods, idsOf(scenario.goods), 'good');
  known(references.customers, idsOf(scenario.customers), 'customer');
  known(references.pictures, pictures, 'picture');
  const unplanned = scenario.orders.filter(({ hour }) => hour === undefined);
  known(references.opened, idsOf(unplanned), 'order without an hour');
  const opened = new Set(references.opened.map(({ id }) => id));
  for (const { id } of unplanned)
    if (!opened.has(id))
      map.error(map.placeOfKey('orders'), `order "${id}" has no hour and no chat opens it`);
  checkFacts(map, scenario, references.facts);
}

function checkFacts(map: YamlMapReader, scenario: Scenario, facts: References['facts']): void {
  const known = knownFacts(scenario);
  for (const { fact, values, ordered, place } of facts) {
    const value = known.get(fact);
    if (value === undefined) map.error(place, `unknown fact "${fact}"`);
    else if (ordered && typeof value !== 'number') map.error(place, `${fact} is no number`);
    else if (values.some((one) => typeof one !== typeof value))
      map.error(place, `${fact} is compared with something that is no ${typeof value}`);
  }
}
