import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hmacSha256 } from '../security/hmac.js';
import { Keys } from '../security/keys.js';

/** The CSRF token of a sign-in: an HMAC of its token, so nothing is stored and it ends with the sign-in. */
@Injectable()
export class Csrf {
  constructor(private readonly keys: Keys) {}

  tokenFor(signInToken: string): string {
    return hmacSha256(this.keys.current('csrf').secret, signInToken).toString('base64url');
  }

  /** True for the token made with the current secret or the one before it. */
  matches(signInToken: string, sent: string): boolean {
    const given = Buffer.from(sent, 'base64url');
    return this.keys.all('csrf').some(({ secret }) => {
      const expected = hmacSha256(secret, signInToken);
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}
