import type { CardBlock, CourseDocument, QuizItem } from '../course-file/course-document.js';
import { scriptOf, type SpokenLine, spokenUnits, wordsDigest } from './spoken-line.js';

const both = (fr: string, ar = `ع ${fr}`) => ({ fr, ar });

const CARD: CardBlock = {
  ...{
    kind: 'card',
    id: 'prix',
    title: both('Le prix'),
    text: both('Il paie **la laine**.\n\n- et les heures'),
  },
  ...{ image: { file: 'images/a.svg', alt: both('Laine') }, audio: {}, say: {} },
};
const choice = (id: string) => ({ id, text: both(id), feedback: both('non') });
const item = (over: object): QuizItem =>
  ({
    id: 'combien',
    kind: 'single',
    prompt: both('Combien ?'),
    reason: both('Parce que'),
    choices: [choice('peu'), choice('assez')],
    key: 'assez',
    ...over,
  }) as QuizItem;

/** A course of one module with these blocks, and a test of one question. */
function course(card: CardBlock, question = item({})): CourseDocument {
  const quiz = { kind: 'quiz', id: 'quiz', title: both('Quiz'), pass: 60, items: [question] };
  const module = { slug: 'le-prix', folder: '01-le-prix', title: both('Le prix'), blocks: [card, quiz] };
  const test = { title: both('Test'), intro: both('Bonjour'), items: [item({ id: 'avant' })] };
  return { modules: [module], test } as unknown as CourseDocument;
}

const lineOf = (id: string, document = course(CARD)): SpokenLine => {
  const line = spokenUnits(document)
    .flatMap(({ lines }) => lines)
    .find((each) => each.id === id);
  if (!line) throw new Error(`No line ${id}`);
  return line;
};

describe('what of a course is read aloud', () => {
  it('is every card, every question of a quiz and every question of the test, under names that stay', () => {
    const units = spokenUnits(course(CARD));
    expect(units.map(({ folder, lines }) => [folder, lines.map(({ id, part }) => [id, part])])).toEqual([
      [
        '01-le-prix',
        [
          ['le-prix/prix', 'prix'],
          ['le-prix/quiz.combien', 'quiz.combien'],
        ],
      ],
      ['test', [['test.avant', 'avant']]],
    ]);
  });

  it('is a card without its marks, and a question with its answers but never its reason or key', () => {
    expect(scriptOf(lineOf('le-prix/prix'), 'fr').words).toEqual([
      'Le prix',
      'Il paie la laine.',
      'et les heures',
    ]);
    expect(scriptOf(lineOf('le-prix/quiz.combien'), 'fr').words).toEqual(['Combien ?', 'peu', 'assez']);
    const pairs = item({ kind: 'match', options: [choice('mouton')], key: {} });
    expect(scriptOf(lineOf('le-prix/quiz.combien', course(CARD, pairs)), 'fr').words.at(-1)).toBe('mouton');
  });

  it('reads what is to be ordered or paired in another order than that of the file, which is the key', () => {
    const choices = ['Troisième', 'Premier', 'Deuxième'].map(choice);
    const order = item({ kind: 'order', choices, key: choices.map(({ id }) => id) });
    const read = (question: QuizItem) =>
      scriptOf(lineOf('le-prix/quiz.combien', course(CARD, question)), 'fr').words.slice(1);
    expect(read(order)).toEqual(['Deuxième', 'Premier', 'Troisième']);
    const pairs = item({ kind: 'match', choices, options: ['c', 'a', 'b'].map(choice), key: {} });
    expect(read(pairs)).toEqual(['Deuxième', 'Premier', 'Troisième', 'a', 'b', 'c']);
  });

  it('is told from the Arabic in the languages that people speak and do not read, unless the course has words for them', () => {
    for (const lang of ['ary', 'rif', 'zgh', 'ar'] as const)
      expect(scriptOf(lineOf('le-prix/prix'), lang)).toMatchObject({
        lang: 'ar',
        words: ['ع Le prix', expect.anything(), expect.anything()],
      });
    const card = { ...CARD, say: { ary: 'هاد الثمن\nكيخلص الصوف' } };
    expect(scriptOf(lineOf('le-prix/prix', course(card)), 'ary').words).toEqual(['هاد الثمن', 'كيخلص الصوف']);
    expect(scriptOf(lineOf('le-prix/prix', course(card)), 'rif').words[0]).toBe('ع Le prix');
  });
});

describe('the words of a recording', () => {
  const digest = (card: CardBlock, lang: 'fr' | 'ary') =>
    wordsDigest(lineOf('le-prix/prix', course(card)), lang);

  it('stay the same when only marks or the other language change', () => {
    const marked = { ...CARD, text: { ...CARD.text, fr: 'Il paie la *laine*.\n\n- **et les heures**' } };
    expect(digest(marked, 'fr')).toBe(digest(CARD, 'fr'));
    expect(digest({ ...CARD, title: both('Un prix', CARD.title.ar) }, 'ary')).toBe(digest(CARD, 'ary'));
  });

  it('change with a word', () => {
    expect(digest({ ...CARD, title: both('Un prix') }, 'fr')).not.toBe(digest(CARD, 'fr'));
    expect(digest({ ...CARD, title: both('Le prix', 'ثمن') }, 'ary')).not.toBe(digest(CARD, 'ary'));
    const asked = (question: QuizItem) =>
      wordsDigest(lineOf('le-prix/quiz.combien', course(CARD, question)), 'fr');
    expect(asked(item({ choices: [choice('peu'), choice('trop')] }))).not.toBe(asked(item({})));
    expect(asked(item({ reason: both('Autre') }))).toBe(asked(item({})));
  });
});
