import { isScalar, isSeq, type Node as YamlNode } from 'yaml';
import { UniqueNames, YamlMapReader } from '../../courses/public.js';
import type { Condition, Exercise, FactValue, WrongPath } from '../engine/scenario.js';
import { readWords, type References, refuseUnknown } from './scenario-map.js';

const GROUPS = ['all', 'any', 'none'] as const;
const COMPARISONS = ['is', 'in', 'atLeast', 'atMost'] as const;
/** Groups inside groups; more than this nobody can follow. */
const DEEPEST = 4;

/** Reads `exercises`: what is to be done, and at least two ways of getting it wrong. */
export function readExercises(map: YamlMapReader, references: References): Exercise[] {
  const ids = new UniqueNames('exercise');
  return map.list('exercises', { min: 1, max: 20 }).map((node) => {
    const exercise = YamlMapReader.of(map.file, node, 'an exercise');
    const read: Exercise = {
      id: ids.take(exercise, exercise.slug('id')),
      title: readWords(exercise, 'title', { max: 80 }),
      task: readWords(exercise, 'task', { sentences: true }),
      points: exercise.number('points', { min: 1, max: 100 }),
      done: readCondition(exercise, exercise.node('done'), references),
      wrong: readWrong(exercise, references),
    };
    refuseUnknown(exercise);
    return read;
  });
}

function readWrong(exercise: YamlMapReader, references: References): WrongPath[] {
  const ids = new UniqueNames('wrong path');
  return exercise.list('wrong', { min: 2, max: 8 }).map((node) => {
    const path = YamlMapReader.of(exercise.file, node, 'a wrong path');
    const id = path.slug('id');
    if (id.value === 'done') path.error(id.place, '"done" is no name of a wrong path');
    const read: WrongPath = {
      id: ids.take(path, id),
      when: readCondition(path, path.node('when'), references),
      hint: readWords(path, 'hint', { sentences: true }),
      costs: path.number('costs', { min: 0, max: 100, otherwise: 0 }),
    };
    refuseUnknown(path);
    return read;
  });
}

function readCondition(
  map: YamlMapReader,
  node: YamlNode | undefined,
  references: References,
  depth = 0,
): Condition {
  const nothing: Condition = { all: [] };
  if (node === undefined) return nothing;
  const condition = YamlMapReader.of(map.file, node, 'a condition');
  if (condition.isBroken) return nothing;
  const group = GROUPS.find((name) => condition.keys().includes(name));
  if (!group) return readComparison(condition, references);
  if (depth >= DEEPEST) {
    condition.error(condition.place, `a condition is at most ${DEEPEST} groups deep`);
    return nothing;
  }
  const parts = condition.list(group, { min: 1, max: 20 });
  const read = parts.map((part) => readCondition(map, part, references, depth + 1));
  refuseUnknown(condition);
  if (group === 'all') return { all: read };
  return group === 'any' ? { any: read } : { none: read };
}

function readComparison(condition: YamlMapReader, references: References): Condition {
  const fact = condition.string('fact');
  const given = COMPARISONS.filter((name) => condition.keys().includes(name));
  const [comparison] = given;
  if (!comparison || given.length > 1) {
    condition.error(
      condition.place,
      `a condition needs exactly one of ${[...GROUPS, ...COMPARISONS].join(', ')}`,
    );
    return { all: [] };
  }
  const values = valuesOf(condition, comparison);
  const ordered = comparison === 'atLeast' || comparison === 'atMost';
  if (fact !== '') references.facts.push({ fact, values, ordered, place: condition.placeOfKey('fact') });
  refuseUnknown(condition);
  const [first = 0] = values;
  if (comparison === 'is') return { fact, is: first };
  if (comparison === 'in') return { fact, in: values };
  return comparison === 'atLeast' ? { fact, atLeast: Number(first) } : { fact, atMost: Number(first) };
}

function valuesOf(condition: YamlMapReader, key: string): FactValue[] {
  const node = condition.node(key);
  const nodes = isSeq(node) ? (node.items as YamlNode[]) : node ? [node] : [];
  if (nodes.length === 0 || (key !== 'in' && nodes.length !== 1))
    condition.error(condition.placeOfKey(key), `${key} needs ${key === 'in' ? 'a list' : 'one value'}`);
  return nodes.flatMap((item): FactValue[] => {
    const value = isScalar(item) ? item.value : null;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [value];
    condition.error(condition.file.placeOf(item), `${key} must be a text, a number, true or false`);
    return [];
  });
}
