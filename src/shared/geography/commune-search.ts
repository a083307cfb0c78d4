import { foldText, searchKey } from '../text/fold.js';
import { cities, communes } from './geography.js';
import type { Commune } from './geography.types.js';

interface Entry {
  readonly commune: Commune;
  /** Every name of the commune, its city's other names included. */
  readonly names: readonly { readonly key: string; readonly words: readonly string[] }[];
}

const entries: readonly Entry[] = communes().map((commune) => {
  const city = cities().find(({ communeCode }) => communeCode === commune.code);
  const names = [
    commune.name.fr,
    commune.name.ar,
    ...(city ? [city.name.fr, city.name.en, ...city.otherNames] : []),
  ];
  return {
    commune,
    names: names.map((name) => ({ key: searchKey(name), words: foldText(name).split(' ') })),
  };
});

/**
 * Communes whose name matches what was typed, in either script and spelling: whole names first, then beginnings, then
 * beginnings of a later word, then anything inside; the larger commune first among equals.
 * @param limit most communes given, 10 by default
 */
export function searchCommunes(query: string, limit = 10): readonly Commune[] {
  const key = searchKey(query);
  const found = matching(key);
  // Half a digraph is typed before the whole: `chefc` on the way to `chefch` folds to another letter.
  return (found.length > 0 ? found : matching(/[csgko]$/.test(key) ? key.slice(0, -1) : '')).slice(0, limit);
}

function matching(key: string): Commune[] {
  if (key === '') return [];
  return entries
    .map(({ commune, names }) => ({ commune, rank: Math.min(...names.map((name) => rankOf(name, key))) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || b.commune.population - a.commune.population)
    .map(({ commune }) => commune);
}

function rankOf({ key, words }: Entry['names'][number], query: string): number {
  if (key === query) return 0;
  if (key.startsWith(query)) return 1;
  if (words.some((_, n) => searchKey(words.slice(n).join(' ')).startsWith(query))) return 2;
  return key.includes(query) ? 3 : Infinity;
}
