import { searchKey } from '../text/fold.js';
import { cities } from './geography.js';

let known: ReadonlyMap<string, string> | undefined;

/** The slug of a city by any of its names, in either script and any usual spelling. */
export function cityNamed(text: string): string | undefined {
  known ??= new Map(
    cities().flatMap(({ slug, name, otherNames }) =>
      [slug, name.fr, name.ar, name.en ?? '', ...otherNames]
        .filter((one) => one !== '')
        .map((one) => [searchKey(one), slug] as const),
    ),
  );
  return known.get(searchKey(text));
}
