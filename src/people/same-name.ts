import { foldText, searchKey } from '../shared/text/fold.js';
import type { NameParts, NameScript, PersonName } from './person-name.js';

const SCRIPTS: readonly NameScript[] = ['fr', 'ar'];

/** A name without letters to fold, of emoji alone for instance, is compared as it stands. */
function keyOf({ given, family }: NameParts): string {
  const part = (text: string): string => (foldText(text) === '' ? text.trim() : searchKey(text));
  return `${part(given)}\n${part(family)}`;
}

/** True when two names agree in a script that both have: on one phone that is one person. */
export function isSameName(a: PersonName, b: PersonName): boolean {
  return SCRIPTS.some((script) => {
    const [one, other] = [a[script], b[script]];
    return one !== undefined && other !== undefined && keyOf(one) === keyOf(other);
  });
}
