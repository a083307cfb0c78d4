import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import { isPublicAddress } from './public-address.js';

/**
 * The way to other sites. No setting opens it to addresses beside ours: tests that need a far end of their own put
 * another object in its place.
 */
@Injectable()
export class OutsideNetwork {
  /** The only port that is asked. */
  readonly port: number = 443;
  /** Milliseconds for a link with all its redirects. */
  readonly deadlineMs: number = 10_000;
  /** Certificates that are trusted, as PEM; unset: those that Node comes with. */
  readonly authority: string | undefined = undefined;

  /** Every address of a host, as this machine's resolver gives them. */
  async addressesOf(host: string): Promise<readonly string[]> {
    return (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);
  }

  mayReach(address: string): boolean {
    return isPublicAddress(address);
  }
}
