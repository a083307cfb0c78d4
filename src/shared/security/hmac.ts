import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

interface Pads {
  readonly inner: Buffer;
  readonly outer: Buffer;
}

const padsOf = new WeakMap<Buffer, Pads>();

function makePads(key: Buffer): Pads {
  if (key.length > BLOCK_BYTES) throw new RangeError('A key of ours has at most 64 bytes');
  const pad = (mask: number): Buffer => {
    const bytes = Buffer.alloc(BLOCK_BYTES, mask);
    key.forEach((byte, index) => (bytes[index] = byte ^ mask));
    return bytes;
  };
  return { inner: pad(INNER), outer: pad(OUTER) };
}

/**
 * HMAC-SHA-256 (RFC 2104) of a text under a key of at most 64 bytes. As `createHmac`, for what every request asks:
 * that one makes an object outside of JavaScript each time, which the collector pays for.
 */
export function hmacSha256(key: Buffer, text: string): Buffer {
  const known = padsOf.get(key);
  const { inner, outer } = known ?? makePads(key);
  if (!known) padsOf.set(key, { inner, outer });
  const digest = hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer');
  return hash('sha256', Buffer.concat([outer, digest]), 'buffer');
}
