import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { type DerivedKey, Keys } from '../security/keys.js';
import { MediaLinkExpired, MediaLinkRefused } from './media.errors.js';
import { addressOf, VOICE } from './media-shelf.service.js';

const DAY_SECONDS = 86_400;
/** 128 bits of the HMAC: nobody guesses them in two days. */
const SIGNATURE_BYTES = 16;
const PASS = /^(\d{1,12})\.([A-Za-z0-9_-]{22})$/;

/**
 * Addresses of media that are not everyone's: `/m/<expiry>.<signature>/<bundle>/<path>`, the expiry in Unix seconds.
 * They end at a midnight (UTC), 24 to 48 hours from now, so that all pages of a day name the same address and caches hit.
 */
@Injectable()
export class PrivateMedia {
  constructor(
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /** Address of the folder of a bundle, for pages of those who may have it. */
  folder(bundle: string): string {
    const expiry = (Math.floor(this.now() / DAY_SECONDS) + 2) * DAY_SECONDS;
    return `/m/${expiry}.${sign(this.keys.current('media'), String(expiry), bundle)}/${bundle}`;
  }

  /** Address of a recording: one for ever where everyone may hear it, else one that ends. */
  voice({ bundle, isPublic }: { readonly bundle: string; readonly isPublic: boolean }): string {
    return isPublic ? addressOf({ bundle }) : `${this.folder(bundle)}/${VOICE}`;
  }

  /**
   * Seconds for which a pass still opens a bundle.
   *
   * @throws MediaLinkRefused for a pass that we did not make, or made for another bundle; MediaLinkExpired
   */
  secondsLeft(pass: string, bundle: string): number {
    const [, expiry = '', signature = ''] = PASS.exec(pass) ?? [];
    const given = Buffer.from(signature);
    const isOurs = this.keys.all('media').some((key) => {
      const right = Buffer.from(sign(key, expiry, bundle));
      return given.length === right.length && timingSafeEqual(given, right);
    });
    if (!isOurs) throw new MediaLinkRefused();
    const left = Number(expiry) - this.now();
    if (left <= 0) throw new MediaLinkExpired();
    return Math.floor(left);
  }

  private now(): number {
    return this.clock.now().getTime() / 1000;
  }
}

function sign({ secret }: DerivedKey, expiry: string, bundle: string): string {
  const mac = createHmac('sha256', secret).update(`${expiry}/${bundle}`).digest();
  return mac.subarray(0, SIGNATURE_BYTES).toString('base64url');
}
