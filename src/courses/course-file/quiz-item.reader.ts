import { isScalar, isSeq, type Node as YamlNode } from 'yaml';
import { readImage, readOptionalImage } from './card.reader.js';
import {
  type BooleanFeedback,
  type PictureChoice,
  type QuizChoice,
  type QuizItem,
  type QuizPiece,
} from './course-document.js';
import { type PictureFiles } from './module-files.js';
import { readOptionalText, readText } from './text.reader.js';
import { UniqueNames } from './unique-names.js';
import { YamlMapReader } from './yaml-map.reader.js';

const ITEM_KINDS = ['single', 'multiple', 'boolean', 'number', 'order', 'match', 'picture'] as const;
const MOST_PIECES = 8;

/** Reads one question of a quiz or of a test; undefined where even its kind is not known. */
export async function readItem(
  map: YamlMapReader,
  ids: UniqueNames,
  files: PictureFiles,
): Promise<QuizItem | undefined> {
  if (map.isBroken) return undefined;
  const id = ids.take(map, map.slug('id'));
  const kind = map.oneOf('kind', ITEM_KINDS);
  const prompt = readText(map, 'prompt', { max: 200, sentences: true });
  const reason = readText(map, 'reason', { sentences: true });
  const image = await readOptionalImage(map, files);
  const shuffle = map.flag('shuffle');
  if (kind === undefined) return undefined;
  const base = {
    ...{ id, prompt, reason },
    ...(image ? { image } : {}),
    ...(shuffle === undefined ? {} : { shuffle }),
  };
  const answers = await readAnswers(map, kind, files);
  return { ...base, ...answers, ...map.extra() };
}

/** What an item can be answered with, and its key. */
type Answerable = QuizItem extends infer Item
  ? Item extends QuizItem
    ? Pick<Item, Extract<keyof Item, AnswerKeys>>
    : never
  : never;
type AnswerKeys = 'kind' | 'choices' | 'options' | 'key' | 'tolerance' | 'unit' | 'feedback';

async function readAnswers(
  map: YamlMapReader,
  kind: (typeof ITEM_KINDS)[number],
  files: PictureFiles,
): Promise<Answerable> {
  switch (kind) {
    case 'single': {
      const choices = readChoices(map).map(({ choice }) => choice);
      return { kind, choices, key: readChoiceKey(map, choices) };
    }
    case 'picture': {
      const choices: PictureChoice[] = [];
      for (const { choice, at } of readChoices(map, ['image']))
        choices.push({ ...choice, image: await readImage(at, files) });
      return { kind, choices, key: readChoiceKey(map, choices) };
    }
    case 'multiple': {
      const choices = readChoices(map).map(({ choice }) => choice);
      return { kind, choices, key: readChoiceKeys(map, choices) };
    }
    case 'order': {
      const choices = readPieces(map, 'choices', { min: 3, max: MOST_PIECES });
      return { kind, choices, key: readWholeOrder(map, choices) };
    }
    case 'match': {
      const choices = readPieces(map, 'choices', { min: 2, max: MOST_PIECES });
      const options = readPieces(map, 'options', { min: 2, max: MOST_PIECES });
      return { kind, choices, options, key: readPairs(map, choices, options) };
    }
    case 'boolean':
      return { kind, key: readBooleanKey(map), ...readBooleanFeedback(map) };
    case 'number':
      return { kind, ...readNumberKey(map) };
  }
}

/** @param known keys of a choice that are read afterwards */
function readChoices(
  map: YamlMapReader,
  known: readonly string[] = [],
): { choice: QuizChoice; at: YamlMapReader }[] {
  const ids = new UniqueNames('choice id');
  return map.list('choices', { min: 2, max: 6 }).map((node) => {
    const at = YamlMapReader.of(map.file, node, 'a choice');
    const id = at.isBroken ? '' : ids.take(at, at.slug('id'));
    const text = readText(at, 'text', { max: 160 });
    const feedback = readText(at, 'feedback', { sentences: true });
    for (const key of known) at.node(key, false);
    return { choice: { id, text, feedback, ...at.extra() }, at };
  });
}

function readPieces(map: YamlMapReader, key: string, size: { min: number; max: number }): QuizPiece[] {
  const ids = new UniqueNames(key === 'options' ? 'option id' : 'choice id');
  return map.list(key, size).map((node) => {
    const piece = YamlMapReader.of(map.file, node, `an entry of ${key}`);
    const id = piece.isBroken ? '' : ids.take(piece, piece.slug('id'));
    return { id, text: readText(piece, 'text', { max: 100 }), ...piece.extra() };
  });
}

function readChoiceKey(map: YamlMapReader, choices: readonly QuizPiece[]): string {
  const scalar = map.scalar('key');
  return scalar ? chosen(map, scalar, choices) : '';
}

function readChoiceKeys(map: YamlMapReader, choices: readonly QuizPiece[]): string[] {
  const node = map.node('key');
  if (node === undefined) return [];
  if (!isSeq(node) || node.items.length === 0) {
    map.error(map.file.placeOf(node), 'key must be a list of choice ids');
    return [];
  }
  const keys = node.items.map((item) => chosen(map, item as YamlNode, choices));
  if (new Set(keys).size < keys.length) map.error(map.file.placeOf(node), 'key names a choice twice');
  return keys;
}

function readWholeOrder(map: YamlMapReader, choices: readonly QuizPiece[]): string[] {
  const keys = readChoiceKeys(map, choices);
  if (keys.length > 0 && new Set(keys).size < choices.length) {
    map.error(map.placeOfKey('key'), `key must name each of the ${choices.length} choices`);
  }
  return keys;
}

function readPairs(
  map: YamlMapReader,
  choices: readonly QuizPiece[],
  options: readonly QuizPiece[],
): Record<string, string> {
  const pairs = map.child('key');
  if (!pairs || pairs.isBroken) return {};
  const ids = new Set(choices.map(({ id }) => id));
  for (const id of pairs.keys().filter((key) => !ids.has(key))) {
    pairs.error(pairs.placeOfKey(id), `key "${id}" is not among the choices ${[...ids].join(', ')}`);
  }
  return Object.fromEntries(
    [...ids].map((id) => {
      const scalar = pairs.scalar(id);
      return [id, scalar ? chosen(pairs, scalar, options, 'options') : ''];
    }),
  );
}

function chosen(map: YamlMapReader, node: YamlNode, among: readonly QuizPiece[], what = 'choices'): string {
  const value = isScalar(node) ? String(node.value) : '';
  const ids = among.map(({ id }) => id);
  if (!ids.includes(value)) {
    map.error(map.file.placeOf(node), `key "${value}" is not among the ${what} ${ids.join(', ')}`);
  }
  return value;
}

function readBooleanKey(map: YamlMapReader): boolean {
  const scalar = map.scalar('key');
  if (scalar && typeof scalar.value !== 'boolean')
    map.error(map.file.placeOf(scalar), 'key must be true or false');
  return scalar?.value === true;
}

/** Feedback of the one answer or the other may be left out: the item's reason explains both, less well. */
function readBooleanFeedback(map: YamlMapReader): { feedback?: BooleanFeedback } {
  const given = map.child('feedback', false);
  const feedback: { -readonly [answer in keyof BooleanFeedback]: BooleanFeedback[answer] } = {};
  for (const answer of ['true', 'false'] as const) {
    const text = given && readOptionalText(given, answer, { sentences: true });
    if (text) feedback[answer] = text;
    else if (!map.isBroken) map.warn(map.place, `feedback of the answer "${answer}" is not written`);
  }
  for (const key of (given?.keys() ?? []).filter((name) => name !== 'true' && name !== 'false'))
    map.error(given?.placeOfKey(key) ?? map.place, `unknown feedback "${key}"; one of true, false`);
  return given ? { feedback } : {};
}

function readNumberKey(
  map: YamlMapReader,
): Pick<QuizItem & { kind: 'number' }, 'key' | 'tolerance' | 'unit'> {
  const key = map.number('key', { min: -1e9, max: 1e9, integer: false });
  const tolerance = map.number('tolerance', { min: 0, max: 1e9, integer: false, otherwise: 0 });
  const unit = readOptionalText(map, 'unit', { max: 20 });
  return unit ? { key, tolerance, unit } : { key, tolerance };
}
