import { checkPersonName } from '../../people/public.js';
import { InvalidFields } from '../../shared/errors/domain-error.js';
import type { PrintedName } from '../certificate.js';
import { printedName } from '../printed-name.js';

/** A name from outside as it will be printed. @throws InvalidFields with pointers below `/name` */
export function readName(input: unknown): PrintedName {
  const checked = checkPersonName(input);
  if ('problems' in checked) {
    throw new InvalidFields(
      checked.problems.map((problem) => ({ ...problem, pointer: `/name${problem.pointer}` })),
    );
  }
  const { fr, ar } = checked.name;
  return printedName({
    givenFr: fr?.given ?? null,
    familyFr: fr?.family ?? null,
    givenAr: ar?.given ?? null,
    familyAr: ar?.family ?? null,
  });
}
