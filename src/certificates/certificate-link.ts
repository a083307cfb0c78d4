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

  /** Address of the check page with the signature that offers the PDF there. */
  pageAddress(code: string): string {
    return `${checkAddress(this.config, code)}?k=${this.signatureOf(code)}`;
  }

  /** Address of the PDF itself. */
  pdfAddress(code: string): string {
    return `${checkAddress(this.config, code)}.pdf?k=${this.signatureOf(code)}`;
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

  private signatureOf(code: string): string {
    return signature(this.keys.current('link').secret, code).toString('base64url');
  }
}
