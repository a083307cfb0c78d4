import { type QuizBlock } from './course-document.js';
import { type PictureFiles } from './module-files.js';
import { readItem } from './quiz-item.reader.js';
import { readText } from './text.reader.js';
import { UniqueNames } from './unique-names.js';
import { YamlMapReader } from './yaml-map.reader.js';

/** Items of one quiz; a pool may hold more than is asked at once. */
const MOST_ITEMS = 40;

/** Reads a block of kind `quiz`. */
export async function readQuiz(map: YamlMapReader, id: string, files: PictureFiles): Promise<QuizBlock> {
  const ids = new UniqueNames('quiz item id');
  const title = readText(map, 'title', { max: 80 });
  const pass = map.number('pass', { min: 1, max: 100 });
  const shuffle = map.flag('shuffle');
  const nodes = map.list('items', { min: 1, max: MOST_ITEMS });
  const items = [];
  for (const node of nodes) {
    const item = await readItem(YamlMapReader.of(map.file, node, 'a quiz item'), ids, files);
    if (item) items.push(item);
  }
  const draw = readDraw(map, nodes.length);
  return {
    ...{ kind: 'quiz', id, title, pass },
    ...(draw === undefined ? {} : { draw }),
    ...(shuffle === undefined ? {} : { shuffle }),
    items,
    ...map.extra(),
  };
}

function readDraw(map: YamlMapReader, length: number): number | undefined {
  if (!map.keys().includes('draw')) return undefined;
  const draw = map.number('draw', { min: 1, max: MOST_ITEMS });
  if (draw >= length)
    map.error(map.placeOfKey('draw'), `draw must be less than the ${length} items there are`);
  return draw;
}
