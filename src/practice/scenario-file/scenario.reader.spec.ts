import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownFacts } from '../engine/facts.js';
import { PICTURES } from '../pictures.js';
import { readScenario, type ScenarioReading } from './scenario.reader.js';

const FOLDER = join(process.cwd(), 'courses', 'practice');

describe("the project's own scenarios", () => {
  it('load without an error or a warning, for three courses', async () => {
    const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.yaml'));
    const readings = await Promise.all(files.map((file) => readScenario(join(FOLDER, file), PICTURES)));
    expect(
      readings.flatMap(({ errors, warnings }) => [...errors, ...warnings].map(({ message }) => message)),
    ).toEqual([]);
    expect(readings.map(({ scenario }) => scenario?.course).sort()).toEqual([
      'e-marketing',
      'paiement-electronique',
      'vente-en-ligne',
    ]);
  });

  it('are led to from lessons that there are', async () => {
    const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.yaml'));
    const readings = await Promise.all(files.map((file) => readScenario(join(FOLDER, file), PICTURES)));
    const lessons = readings.flatMap(({ scenario }) => scenario?.lessons ?? []);
    const courses = readings.map(({ scenario }) => scenario?.course ?? '');
    const folders = await Promise.all(courses.map((course) => readdir(join(FOLDER, '..', course))));
    const modules = folders.flat().map((folder) => folder.replace(/^\d+-/, ''));
    expect(lessons.filter((lesson) => !modules.includes(lesson))).toEqual([]);
    expect(lessons).toHaveLength(12);
  });
});

describe('a scenario file', () => {
  let folder: string;
  let source: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'qafila-scenario-'));
    source = await readFile(join(FOLDER, 'semaine-de-commandes.yaml'), 'utf8');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Reads the file with one piece changed. */
  async function read(from: string, to: string): Promise<ScenarioReading> {
    expect(source).toContain(from);
    const path = join(folder, 'semaine-de-commandes.yaml');
    await writeFile(path, source.replace(from, to));
    return readScenario(path, PICTURES);
  }

  const lineOf = (text: string): number => source.slice(0, source.indexOf(text)).split('\n').length;

  it.each<[string, string, string, string?]>([
    ['order: 2', 'order: two', 'order must be a whole number from 1 to 1000'],
    ['slug: semaine-de-commandes', 'slug: at', 'slug "at" must be the file\'s name, "semaine-de-commandes"'],
    ['days: 7', 'days: 29', 'days must be a whole number from 1 to 28'],
    [
      'lessons: [commande-emballage-livraison,',
      'lessons: [Commande emballage,',
      '"Commande emballage" is no slug of a module',
    ],
    ['deliveryFee: 30', 'deliveryFee: 30.123', 'deliveryFee has more than two decimals'],
    ['materials: 90', 'material: 90', 'materials is missing', 'id: sac\n'],
    ['grams: 600', 'grams: 0', 'grams must be a whole number from 1 to 30000'],
    ['pictures: [bag-window]', 'pictures: [no-such]', 'unknown picture "no-such"'],
    [
      'customer: salma, hour: 2, good: sac',
      'customer: nobody, hour: 2, good: sac',
      'unknown customer "nobody"',
    ],
    ['hour: 2, good: sac', 'hour: 2, good: nothing', 'unknown good "nothing"'],
    ['method: wallet', 'method: barter', 'unknown method "barter"; one of cash, transfer, card, wallet'],
    ['cash: refuses', 'cash: maybe', 'unknown cash "maybe"; one of pays, pays-if-called, refuses'],
    ['id: tapis-driss, customer', 'id: sac-salma, customer', 'duplicate order "sac-salma"; first at line 61'],
    ['hour: 8, good', 'good', 'order "bols-inconnu" has no hour and no chat opens it', '- { id: sac-salma'],
    ['id: faute\n', 'id: excuse\n', 'duplicate choice "excuse"; first at line 75'],
    ['figures: [84.50]', 'figures: [none]', 'a figure must be dirhams above 0'],
    [
      'fact: order.sac-salma.cameBack, is: true',
      'fact: order.sac-salma.wentBack, is: true',
      'unknown fact "order.sac-salma.wentBack"',
    ],
    [
      'fact: order.sac-salma.cameBack, is: true',
      'fact: order.sac-salma.cameBack, atLeast: 1',
      'order.sac-salma.cameBack is no number',
    ],
    [
      'fact: order.sac-salma.cameBack, is: true',
      'fact: order.sac-salma.cameBack, is: yes-it-did',
      'order.sac-salma.cameBack is compared with something that is no boolean',
    ],
    [
      'fact: order.sac-salma.cameBack, is: true',
      'fact: order.sac-salma.cameBack',
      'a condition needs exactly one of all, any, none, is, in, atLeast, atMost',
    ],
    ['costs: 8', 'cost: 8', 'unknown key "cost"'],
    ['carriers:\n', 'terms: {}\ncarriers:\n', 'deliveryFees is missing'],
    [
      'carriers:\n',
      'terms: { deliveryFees: [30, 20], returnDays: [0, 7] }\ncarriers:\n',
      'deliveryFees must be whole numbers from 0 to 1000, each larger than the last',
    ],
    [
      'carriers:\n',
      'terms: { deliveryFees: [0, 20], returnDays: [0, 7.5] }\ncarriers:\n',
      'returnDays must be whole numbers from 0 to 365, each larger than the last',
    ],
    [
      'carriers:\n',
      'terms: { deliveryFees: [0, 20], returnDays: [0, 7], refund: no }\ncarriers:\n',
      'unknown key "refund"',
    ],
  ])('with %j as %j names the line and says why', async (from, to, reason, at = from) => {
    const { scenario, errors } = await read(from, to);
    expect(scenario).toBeUndefined();
    expect(errors.map((error) => [error.line, error.reason])).toContainEqual([lineOf(at), reason]);
  });

  it('that is no YAML, or not there, is one error with its place', async () => {
    const path = join(folder, 'broken.yaml');
    await writeFile(path, 'format: 1\n  slug: [');
    const { errors } = await readScenario(path, PICTURES);
    expect(errors[0]?.message).toMatch(/broken\.yaml:1:\d+ is not valid YAML/);
    const missing = await readScenario(join(folder, 'missing.yaml'), PICTURES);
    expect(missing.errors.map(({ reason }) => reason)).toEqual(['is missing']);
    await writeFile(path, '- a list\n');
    expect((await readScenario(path, PICTURES)).errors[0]?.reason).toBe(
      'a scenario must be a map of keys and values',
    );
  });

  it('that lacks a language, a second wrong path or a depth that one can follow is refused', async () => {
    const withoutEnglish = await read(', en: A week of orders }', ' }');
    expect(withoutEnglish.errors.map(({ reason }) => reason)).toEqual(['title has no translation "en"']);
    const wrong = source.slice(source.indexOf('      - id: se-justifier'), source.indexOf('  - id: caisse'));
    const onePath = await read(wrong, wrong.slice(0, wrong.indexOf('      - id: promesse-vide')));
    expect(onePath.errors.map(({ reason }) => reason)).toEqual(['wrong has 1 entries, at least 2 needed']);
    const done = 'done: { fact: order.sac-salma.status, is: delivered }';
    const deep = await read(
      done,
      `done: { all: [{ all: [{ all: [{ all: [{ all: [${done.slice(6)}] }] }] }] }] }`,
    );
    expect(deep.errors.map(({ reason }) => reason)).toEqual(['a condition is at most 4 groups deep']);
  });

  it('knows every fact from the first minute', async () => {
    const { scenario } = await read('days: 7', 'days: 7');
    const names = [...knownFacts(scenario!).keys()];
    expect(names).toContain('order.bols-nadia.refundChannel');
    expect(names).toContain('sheet.sac.countsHours');
    expect(new Set(names).size).toBe(names.length);
  });
});
