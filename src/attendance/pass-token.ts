import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isUuid } from '../shared/new-id.js';
import { Keys } from '../shared/security/keys.js';

const PREFIX = 'Q1';
const SIGNATURE_BYTES = 16;
const TOKEN = /^Q1\.([\w-]{22})\.([\w-]{22})$/;

/** The text of a pass's QR: the enrolment's id and an HMAC over it, so that nobody makes or alters one. */
@Injectable()
export class PassToken {
  constructor(private readonly keys: Keys) {}

  make(enrolmentId: string): string {
    const id = bytesOf(enrolmentId);
    return `${PREFIX}.${id.toString('base64url')}.${sign(id, this.keys.current('pass').secret).toString('base64url')}`;
  }

  /** The enrolment of a sound token; undefined for anything else. */
  read(token: string): string | undefined {
    const match = TOKEN.exec(token);
    if (!match) return undefined;
    const [id, given] = match.slice(1).map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer];
    const sound = this.keys.all('pass').some(({ secret }) => timingSafeEqual(given, sign(id, secret)));
    const enrolmentId = textOf(id);
    // The last character of base64url has bits to spare: only the one spelling that we print is the pass.
    const isOurSpelling = given.toString('base64url') === match[2] && id.toString('base64url') === match[1];
    return sound && isOurSpelling && isUuid(enrolmentId) ? enrolmentId : undefined;
  }
}

/** Digest under which a phone recognises a pass or a spoken code without holding it. */
export function passDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sign(id: Buffer, secret: Buffer): Buffer {
  return createHmac('sha256', secret).update('pass').update(id).digest().subarray(0, SIGNATURE_BYTES);
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function textOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
