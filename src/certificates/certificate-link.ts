import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/app-config.js';
import { Keys } from '../shared/security/keys.js';
import { checkAddress } from './check-address.js';

/** 128 bits of the HMAC: enough for a link that opens one file, and short in a message. */
const SIGNATURE_BYTES = 16;

function signature(secret: Buffer, code: string): Buffer {
  return createHmac('sha256', secret).update(`certificate.pdf:${code}`).digest().subarray(0, SIGNATURE_BYTES);
}

/** The link of the message that brings a certificate: whoever has it may have the PDF. */
@Injectable()
export class CertificateLink {
  constructor(
    private readonly keys: Keys,
    private readonly config: AppConfig,
  ) {}

  /** Address of the PDF with its signature. */
  pdfAddress(code: string): string {
    const signed = signature(this.keys.current('link').secret, code).toString('base64url');
    return `${checkAddress(this.config, code)}.pdf?k=${signed}`;
  }

  /** True for a signature by the current secret or the one before it. */
  opens(code: string, given: string | undefined): boolean {
    if (!given) return false;
    const sent = Buffer.from(given, 'base64url');
    return (
      sent.length === SIGNATURE_BYTES &&
      this.keys.all('link').some(({ secret }) => timingSafeEqual(sent, signature(secret, code)))
    );
  }
}
