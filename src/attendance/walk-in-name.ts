import { checkPersonName, type PersonName } from '../people/public.js';

const ARABIC = /\p{Script=Arabic}/u;

/**
 * The name of somebody at the door: `{given, family}`, the same by script as `{fr: …, ar: …}`, or one line as it was
 * said, whose first word is then the given name.
 *
 * @returns undefined when there is no given or no family name in it
 */
export function readWalkInName(value: unknown): PersonName | undefined {
  const checked = checkPersonName(typeof value === 'string' ? ofLine(value) : ofScript(value));
  return 'name' in checked ? checked.name : undefined;
}

function ofLine(line: string): unknown {
  const [, given, family] = /^(\S+)\s+(.+)$/su.exec(line.trim()) ?? [];
  return ofScript({ given, family });
}

/** The script is seen, not asked for. */
function ofScript(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('given' in value) || !('family' in value))
    return value;
  const { given, family } = value;
  return { [ARABIC.test(`${String(given)} ${String(family)}`) ? 'ar' : 'fr']: { given, family } };
}
