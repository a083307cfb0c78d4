const HASH = /^[0-9a-f]{64}$/;

/**
 * Where a stored file lies below the store's root, in every store alike: two levels by the first digits of its hash.
 *
 * @throws RangeError for anything but a hash, so that no name can leave the store
 */
export function storedPath(hash: string): string {
  if (!HASH.test(hash)) throw new RangeError('A stored file is named by 64 hexadecimal digits');
  return `${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}`;
}
