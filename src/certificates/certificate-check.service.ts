import { Injectable } from '@nestjs/common';
import { AuditLog } from '../shared/audit/audit-log.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { networkOf } from '../shared/limits/network-of.js';
import { RateLimiter } from '../shared/limits/rate-limiter.js';
import { readCertificateCode } from './certificate-code.js';
import type { CertificateRow } from './certificate.js';
import { CertificateQuery } from './certificate.query.js';

/** Unknown codes an address may try in a minute; known ones are not counted. */
export const UNKNOWN_PER_MINUTE = 30;

/** Answers strangers who have a code. */
@Injectable()
export class CertificateCheckService {
  constructor(
    private readonly query: CertificateQuery,
    private readonly limits: RateLimiter,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The certificate of a code, however it was typed.
   *
   * @param address network address of whoever asks
   * @throws NotFound, and TooMany after thirty unknown codes in a minute
   */
  async find(typed: string, address: string): Promise<CertificateRow> {
    const code = readCertificateCode(typed);
    const row = code === undefined ? undefined : await this.query.byCode(code);
    if (row) return row;
    const bucket = `certificate.unknown:${this.audit.digest(networkOf(address))}`;
    await this.limits.hit({ bucket, max: UNKNOWN_PER_MINUTE, windowSeconds: 60 });
    throw new NotFound('certificate');
  }
}
