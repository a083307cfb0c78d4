import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keys } from '../security/keys.js';

/** The CSRF token of a sign-in: an HMAC of its token, so nothing is stored and it ends with the sign-in. */
@Injectable()
export class Csrf {
  constructor(private readonly keys: Keys) {}

  tokenFor(signInToken: string): string {
    return digest(this.keys.current('csrf').secret, signInToken).toString('base64url');
  }

  /** True for the token made with the current secret or the one before it. */
  matches(signInToken: string, sent: string): boolean {
    const given = Buffer.from(sent, 'base64url');
    return this.keys.all('csrf').some(({ secret }) => {
      const expected = digest(secret, signInToken);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}

function digest(secret: Buffer, signInToken: string): Buffer {
  return createHmac('sha256', secret).update(signInToken).digest();
}
