import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = 'docs/specs';
/** Folders of `src` that are no feature: one page speaks of all of them. */
const HOUSE: ReadonlySet<string> = new Set(['config', 'shared', 'startup']);

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const PAGES = readdirSync(join(ROOT, FOLDER))
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.slice(0, -'.md'.length));
const INDEX = textOf(`${FOLDER}/README.md`);

/** `| 1, 2 | [path](../../path) | title |` */
const ROW = /^\| (\d+(?:, \d+)*) \| \[([^\]]+)\]\(\.\.\/\.\.\/([^)]+)\) \| (.+) \|$/;
/** `| A1 | words | state | [page](page.md), [page](page.md) |` */
const ITEM = /^\| ([A-Z]\d) \| .+ \| (?:built|partly|not built) \| (.+) \|$/;

interface Evidence {
  promises: number[];
  path: string;
  target: string;
  title: string;
}

/** The part of a page below a heading. */
function section(page: string, heading: string): string {
  const [, below = ''] = textOf(`${FOLDER}/${page}.md`).split(`\n## ${heading}\n`);
  return below.split('\n## ')[0] ?? '';
}

/** Rows of the table of evidence; one that cannot be read is named. */
function evidenceOf(page: string): { rows: Evidence[]; unreadable: string[] } {
  const lines = section(page, 'Evidence').split('\n');
  const table = lines.filter((line) => line.startsWith('|')).slice(2);
  const rows = table.flatMap((line): Evidence[] => {
    const [, numbers = '', path = '', target = '', title = ''] = ROW.exec(line) ?? [];
    if (numbers === '') return [];
    return [{ promises: numbers.split(', ').map(Number), path, target, title: title.replaceAll('\\|', '|') }];
  });
  return { rows, unreadable: table.filter((line) => !ROW.test(line)) };
}

function promisesOf(page: string): number[] {
  return [...section(page, 'Promises').matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
}

/** True when the file gives this title to a test, a group of tests or a step: the first of two arguments or more. */
function hasTitle(source: string, title: string): boolean {
  const words = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`\\(\\s*(['"\`])${words}\\1\\s*,`).test(source.replace(/\\(['"`])/g, '$1'));
}

/** Items named in brackets: `[A1]`, `[A1, C3]`, `[I2–I5]`. */
function itemsOf(page: string): Set<string> {
  const named = textOf(`${FOLDER}/${page}.md`).matchAll(/\[([A-Z]\d(?:(?:, |–)[A-Z]\d)*)\]/g);
  return new Set([...named].flatMap(([, list = '']) => list.split(', ').flatMap(spread)));
}

function spread(range: string): string[] {
  const [from = '', to = from] = range.split('–');
  const length = Number(to.slice(1)) - Number(from.slice(1)) + 1;
  return Array.from({ length }, (_, i) => `${from.slice(0, 1)}${Number(from.slice(1)) + i}`);
}

describe('the specifications', () => {
  it('have a page for every feature, each in the index', () => {
    const features = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() && !HOUSE.has(entry.name) ? [entry.name] : [],
    );
    expect(features.filter((name) => !PAGES.includes(name))).toEqual([]);
    const pages = INDEX.split('\n## Pages\n')[1]?.split('\n## ')[0] ?? '';
    const linked = [...pages.matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, name]) => name);
    expect(linked.sort()).toEqual([...PAGES].sort());
  });

  it('name every item of the product where the index says, and no other', () => {
    const rows = INDEX.split('\n').flatMap((line) => {
      const [, item = '', links = ''] = ITEM.exec(line) ?? [];
      return item === ''
        ? []
        : [{ item, pages: [...links.matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, p]) => p ?? '') }];
    });
    const unnamed = rows.flatMap(({ item, pages }) =>
      pages.filter((page) => !itemsOf(page).has(item)).map((page) => `${item} on ${page}`),
    );
    expect(unnamed).toEqual([]);
    const known = new Set(rows.map(({ item }) => item));
    expect(PAGES.flatMap((page) => [...itemsOf(page)].filter((item) => !known.has(item)))).toEqual([]);
    expect(rows.length).toBe(known.size);
  });

  it('lead nowhere but to files there are', () => {
    const dead = ['README', ...PAGES].flatMap((page) =>
      [...textOf(`${FOLDER}/${page}.md`).matchAll(/\]\((?!https?:)([^)#]+)/g)]
        .filter(([, link = '']) => !existsSync(join(ROOT, FOLDER, link)))
        .map(([, link]) => `${page}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  describe.each(PAGES)('%s', (page) => {
    const { rows, unreadable } = evidenceOf(page);

    it('numbers its promises from 1, says what it refuses and what is missing', () => {
      const promises = promisesOf(page);
      expect(promises.length).toBeGreaterThan(0);
      expect(promises).toEqual(promises.map((_, index) => index + 1));
      for (const heading of ['Limits and answers', 'Evidence', 'Not tested, not built'])
        expect([heading, section(page, heading).trim()]).not.toEqual([heading, '']);
    });

    it('names tests that exist, by their file and title', () => {
      expect(unreadable).toEqual([]);
      const missing = rows.filter(({ path, target, title }) => {
        const isTest = path === target && path.endsWith('spec.ts') && existsSync(join(ROOT, path));
        return !isTest || !hasTitle(textOf(path), title);
      });
      expect(missing).toEqual([]);
    });

    it('has evidence for each promise, or says that it is not tested', () => {
      const shown = new Set(rows.flatMap(({ promises }) => promises));
      const open = section(page, 'Not tested, not built');
      const promises = promisesOf(page);
      expect(promises.filter((n) => !shown.has(n) && !new RegExp(`promise ${n}\\b`, 'i').test(open))).toEqual(
        [],
      );
      expect([...shown].filter((n) => !promises.includes(n))).toEqual([]);
    });
  });
});
