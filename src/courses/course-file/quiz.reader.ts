import { isScalar, isSeq, type Node as YamlNode } from 'yaml';
import { type QuizBlock, type QuizChoice, type QuizItem } from './course-document.js';
import { readOptionalText, readText } from './text.reader.js';
import { UniqueNames } from './unique-names.js';
import { YamlMapReader } from './yaml-map.reader.js';

const ITEM_KINDS = ['single', 'multiple', 'boolean', 'number'] as const;

/** Reads a block of kind `quiz`. */
export function readQuiz(map: YamlMapReader, id: string): QuizBlock {
  const ids = new UniqueNames('quiz item id');
  const title = readText(map, 'title', { max: 80 });
  const pass = map.number('pass', { min: 1, max: 100 });
  const nodes = map.list('items', { min: 1, max: 20 });
  const items = nodes.map((node) => readItem(YamlMapReader.of(map.file, node, 'a quiz item'), ids));
  return { kind: 'quiz', id, title, pass, items: items.filter((item) => item !== undefined), ...map.extra() };
}

function readItem(map: YamlMapReader, ids: UniqueNames): QuizItem | undefined {
  if (map.isBroken) return undefined;
  const id = ids.take(map, map.slug('id'));
  const kind = map.oneOf('kind', ITEM_KINDS);
  const prompt = readText(map, 'prompt', { max: 200, sentences: true });
  const reason = readText(map, 'reason', { sentences: true });
  const base = { id, prompt, reason };
  switch (kind) {
    case undefined:
      return undefined;
    case 'single': {
      const choices = readChoices(map);
      return { ...base, kind, choices, key: readChoiceKey(map, choices), ...map.extra() };
    }
    case 'multiple': {
      const choices = readChoices(map);
      return { ...base, kind, choices, key: readChoiceKeys(map, choices), ...map.extra() };
    }
    case 'boolean':
      return { ...base, kind, key: readBooleanKey(map), ...map.extra() };
    case 'number':
      return { ...base, kind, ...readNumberKey(map), ...map.extra() };
  }
}

function readChoices(map: YamlMapReader): QuizChoice[] {
  const ids = new UniqueNames('choice id');
  return map.list('choices', { min: 2, max: 6 }).map((node) => {
    const choice = YamlMapReader.of(map.file, node, 'a choice');
    const id = choice.isBroken ? '' : ids.take(choice, choice.slug('id'));
    const text = readText(choice, 'text', { max: 160 });
    const feedback = readText(choice, 'feedback', { sentences: true });
    return { id, text, feedback, ...choice.extra() };
  });
}

function readChoiceKey(map: YamlMapReader, choices: readonly QuizChoice[]): string {
  const scalar = map.scalar('key');
  return scalar ? chosen(map, scalar, choices) : '';
}

function readChoiceKeys(map: YamlMapReader, choices: readonly QuizChoice[]): string[] {
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

function chosen(map: YamlMapReader, node: YamlNode, choices: readonly QuizChoice[]): string {
  const value = isScalar(node) ? String(node.value) : '';
  const ids = choices.map((choice) => choice.id);
  if (!ids.includes(value)) {
    map.error(map.file.placeOf(node), `key "${value}" is not among the choices ${ids.join(', ')}`);
  }
  return value;
}

function readBooleanKey(map: YamlMapReader): boolean {
  const scalar = map.scalar('key');
  if (scalar && typeof scalar.value !== 'boolean') map.error(map.file.placeOf(scalar), 'key must be true or false');
  return scalar?.value === true;
}

function readNumberKey(map: YamlMapReader): Pick<QuizItem & { kind: 'number' }, 'key' | 'tolerance' | 'unit'> {
  const key = map.number('key', { min: -1e9, max: 1e9, integer: false });
  const tolerance = map.number('tolerance', { min: 0, max: 1e9, integer: false, otherwise: 0 });
  const unit = readOptionalText(map, 'unit', { max: 20 });
  return unit ? { key, tolerance, unit } : { key, tolerance };
}
