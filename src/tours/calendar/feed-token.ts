import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../config/app-config.js';
import { publicAddress } from '../../config/public-address.js';
import { isUuid } from '../../shared/new-id.js';
import { Keys } from '../../shared/security/keys.js';

/** 128 bits of the HMAC beside the 74 random ones of the id. */
const SIGNATURE_BYTES = 16;
const TOKEN = /^([0-9a-f]{32})([0-9a-f]{32})$/;

function signature(secret: Buffer, feedId: string): Buffer {
  return createHmac('sha256', secret).update(`calendar:${feedId}`).digest().subarray(0, SIGNATURE_BYTES);
}

/**
 * The secret in the address of a feed: its id and an HMAC over it, so that the address can be shown again and is not
 * stored. Hexadecimal, because some calendars do not keep capitals.
 */
@Injectable()
export class FeedToken {
  constructor(
    private readonly keys: Keys,
    private readonly config: AppConfig,
  ) {}

  /** Where a calendar reads the feed. */
  address(feedId: string): string {
    const mac = signature(this.keys.current('calendar').secret, feedId).toString('hex');
    return `${publicAddress(this.config)}/calendar/${feedId.replaceAll('-', '')}${mac}.ics`;
  }

  /** Where the installation is. */
  siteAddress(): string {
    return publicAddress(this.config);
  }

  /** The feed of a sound token, by the current secret or the one before it; undefined for anything else. */
  read(token: string): string | undefined {
    const [, hex = '', mac = ''] = TOKEN.exec(token) ?? [];
    const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
      '-',
    );
    if (!isUuid(id)) return undefined;
    const given = Buffer.from(mac, 'hex');
    const isSound = this.keys
      .all('calendar')
      .some(({ secret }) => timingSafeEqual(given, signature(secret, id)));
    return isSound ? id : undefined;
  }
}
