import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/arabic-review.md'), 'utf8');
const SECTIONS = PAGE.split(/^## /m);

/** Paths of all files of a name below a folder, from the root of the project. */
function filesNamed(name: string, folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === name)
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
}

describe('the Arabic that a native speaker is to read', () => {
  it('names the words of every screen, by their file', () => {
    const words = filesNamed('ar.json', 'src');
    expect(words.length).toBeGreaterThan(15);
    expect(words.filter((path) => !PAGE.includes(`\`${path}\``))).toEqual([]);
  });

  it('names every module in the section of its course', () => {
    const modules = filesNamed('module.yaml', 'courses').map((path) => dirname(path));
    expect(modules.length).toBeGreaterThanOrEqual(18);
    const missing = modules.filter((path) => {
      const own = SECTIONS.find((text) => text.includes(`\`${basename(dirname(path))}/course.yaml\``)) ?? '';
      return ![`\`${basename(path)}\``, `\`${basename(path)}/module.yaml\``].some((name) =>
        own.includes(name),
      );
    });
    expect(missing).toEqual([]);
  });

  it('renders as tables: each begins with a head, and its rows are as wide', () => {
    const width = (line: string): number => line.split(/(?<!\\)\|/).length;
    const bad = PAGE.split(/\n(?!\|)/).flatMap((block) => {
      const [first = '', rule = '', ...rows] = block.split('\n').filter((line) => line.startsWith('|'));
      if (first === '') return [];
      // A table needs an empty line above, else it is part of the paragraph.
      const isTable = block.startsWith('\n|') && /^\|( --- \|)+$/.test(rule);
      return isTable ? rows.filter((row) => width(row) !== width(rule)) : [first];
    });
    expect(bad).toEqual([]);
  });
});
