import { isScalar } from 'yaml';
import { UniqueNames, YamlMapReader } from '../../courses/public.js';
import type { Customer, Good, PaperScript } from '../engine/scenario.js';
import { readDirhams, readPicture, readWords, type References, refuseUnknown } from './scenario-map.js';

/** Dirhams; no good of a trainee costs more. */
const DEAREST = 100_000;
/** Hours in the longest scenario. */
export const LAST_HOUR = 28 * 24;

/** Reads `goods`: what the trainee makes. */
export function readGoods(map: YamlMapReader, references: References): Good[] {
  const ids = new UniqueNames('good');
  return map.list('goods', { min: 1, max: 12 }).map((node) => {
    const good = YamlMapReader.of(map.file, node, 'a good');
    const read: Good = {
      id: ids.take(good, good.slug('id')),
      name: readWords(good, 'name', { max: 60 }),
      pictures: readPictures(good, references),
      grams: good.number('grams', { min: 1, max: 30_000 }),
      materials: readDirhams(good, 'materials', { min: 0, max: DEAREST }),
      minutes: good.number('minutes', { min: 0, max: 10_000 }),
      hourRate: readDirhams(good, 'hourRate', { min: 0, max: 1000 }),
      packaging: readDirhams(good, 'packaging', { min: 0, max: 1000 }),
      commission: good.number('commission', { min: 0, max: 50, integer: false }),
      stock: good.number('stock', { min: 1, max: 1000 }),
      ...readSheet(good),
    };
    refuseUnknown(good);
    return read;
  });
}

function readPictures(good: YamlMapReader, references: References): string[] {
  return good.list('pictures', { min: 1, max: 6 }).map((node) => {
    const id = isScalar(node) ? String(node.value) : '';
    references.pictures.push({ id, place: good.file.placeOf(node) });
    return id;
  });
}

function readSheet(good: YamlMapReader): Pick<Good, 'sheet'> {
  const sheet = good.child('sheet', false);
  if (!sheet) return {};
  const read = {
    title: readWords(sheet, 'title', { max: 80 }),
    price: readDirhams(sheet, 'price', { min: 0.01, max: DEAREST }),
  };
  refuseUnknown(sheet);
  return { sheet: read };
}

/** Reads `customers`. */
export function readCustomers(map: YamlMapReader, references: References): Customer[] {
  const ids = new UniqueNames('customer');
  return map.list('customers', { min: 1, max: 30 }).map((node) => {
    const customer = YamlMapReader.of(map.file, node, 'a customer');
    const read: Customer = {
      id: ids.take(customer, customer.slug('id')),
      name: readWords(customer, 'name', { max: 40 }),
      city: readWords(customer, 'city', { max: 40 }),
      picture: readPicture(customer, 'picture', references),
    };
    refuseUnknown(customer);
    return read;
  });
}

/** Reads `papers`: what comes to the till without an order. */
export function readPapers(map: YamlMapReader): PaperScript[] {
  const ids = new UniqueNames('paper');
  return map.list('papers', { min: 0, max: 20 }).map((node) => {
    const paper = YamlMapReader.of(map.file, node, 'a paper');
    const read: PaperScript = {
      id: ids.take(paper, paper.slug('id')),
      hour: paper.number('hour', { min: 0, max: LAST_HOUR }),
      text: readWords(paper, 'text', { max: 160 }),
      amount: readDirhams(paper, 'amount', { min: -DEAREST, max: DEAREST }),
      figures: paper.list('figures', { min: 1, max: 4 }).map((figure) => {
        const dirhams = isScalar(figure) ? Number(figure.value) : Number.NaN;
        if (!(dirhams > 0 && dirhams <= DEAREST))
          paper.error(paper.file.placeOf(figure), 'a figure must be dirhams above 0');
        return Math.round(dirhams * 100);
      }),
    };
    refuseUnknown(paper);
    return read;
  });
}
