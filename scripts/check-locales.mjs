/** The build fails when a word exists in one language only, or when a page asks for a word that nobody wrote. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const LANGUAGES = ['ar', 'fr', 'en'];
/** The plural forms of each language (CLDR): a counted word needs every one of them. */
const PLURALS = {
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
  fr: ['one', 'many', 'other'],
  en: ['one', 'other'],
};
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flatten(words, prefix = '') {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value]] : flatten(value, `${prefix}${key}.`),
  );
}

const placeholders = (text) =>
  [...new Set([...text.matchAll(/{{\s*(\w+)[^}]*}}/g)].map((m) => m[1]))].sort().join();

async function filesBelow(root) {
  const entries = await readdir(join(root, 'src'), { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
}

/** @returns one sentence per fault */
export async function localeFaults(root) {
  const faults = [];
  const known = new Set();
  const files = await filesBelow(root);
  const folders = [
    ...new Set(files.filter((f) => basename(dirname(f)) === 'locales').map((f) => dirname(f))),
  ];
  for (const folder of folders) {
    const namespace = basename(dirname(folder));
    const words = {};
    for (const language of LANGUAGES) {
      const path = join(folder, `${language}.json`);
      if (!files.includes(path)) faults.push(`${namespace}: ${language}.json is missing`);
      else words[language] = new Map(flatten(JSON.parse(await readFile(path, 'utf8'))));
    }
    const stems = new Set(
      LANGUAGES.flatMap((l) => [...(words[l]?.keys() ?? [])].map((key) => key.replace(PLURAL, ''))),
    );
    for (const stem of stems) {
      known.add(`${namespace}:${stem}`);
      const counted = LANGUAGES.some((l) => words[l]?.has(`${stem}_other`));
      for (const language of LANGUAGES) {
        const wanted = counted ? PLURALS[language].map((form) => `${stem}_${form}`) : [stem];
        for (const key of wanted)
          if (!words[language]?.get(key)) faults.push(`${namespace}:${key} has no words in ${language}`);
      }
      const shapes = new Set(
        LANGUAGES.map((l) => placeholders(words[l]?.get(counted ? `${stem}_other` : stem) ?? '')),
      );
      if (shapes.size > 1)
        faults.push(`${namespace}:${stem} has different values in its languages: ${[...shapes].join(' | ')}`);
    }
  }
  for (const file of files.filter((f) => /\.(ts|hbs)$/.test(f) && !f.endsWith('.spec.ts'))) {
    const text = await readFile(file, 'utf8');
    for (const [, key] of text.matchAll(/["'`]((?:[a-z][a-z-]*):[a-zA-Z][\w-]*(?:\.[\w-]+)*)["'`]/g)) {
      const namespace = key.split(':')[0];
      if (folders.some((f) => basename(dirname(f)) === namespace) && !known.has(key)) {
        faults.push(`${file.slice(root.length + 1)} asks for ${key}, which has no words`);
      }
    }
  }
  return faults;
}
