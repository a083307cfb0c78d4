import { createHmac, randomBytes } from 'node:crypto';
import { hmacSha256 } from './hmac.js';

describe('hmacSha256', () => {
  it.each([0, 1, 20, 32, 63, 64])('is what createHmac gives for a key of %i bytes', (bytes) => {
    const key = randomBytes(bytes);
    for (const text of ['', 'a', 'é ⵣ قافلة', 'x'.repeat(5000), randomBytes(32).toString('base64url')]) {
      expect(hmacSha256(key, text)).toEqual(createHmac('sha256', key).update(text).digest());
    }
  });

  it('takes no longer key, which would have to be hashed first', () => {
    expect(() => hmacSha256(randomBytes(65), '')).toThrow(RangeError);
  });
});
