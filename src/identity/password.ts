import { hash, verify } from '@node-rs/argon2';

/** argon2id: 19 MiB, two passes, one lane; about 25 ms on a small server. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Shortest and longest password, in characters. */
export const PASSWORD_LENGTH = { min: 8, max: 200 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), COST);
}

let nobody: Promise<string> | undefined;

/**
 * True for the password of the hash. Without a hash the same work is done for nothing, so that an unknown address
 * takes as long as a wrong password.
 */
export async function passwordMatches(storedHash: string | undefined, password: string): Promise<boolean> {
  const known = storedHash?.startsWith('$argon2') ? storedHash : undefined;
  nobody ??= hashPassword('nobody has this password');
  const isRight = await verify(
    known ?? (await nobody),
    password.slice(0, PASSWORD_LENGTH.max + 1).normalize('NFC'),
  );
  return known !== undefined && isRight;
}
