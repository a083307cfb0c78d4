import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CertificateIssuer, newCertificateCode } from '../certificates/public.js';
import { CAMPAIGN_2021 } from './campaign-ids.js';
import { DemoWriter } from './demo-writer.js';

const COMPLETED = `
  SELECT person_id AS "personId", course_id AS "courseId"
    FROM completion
   WHERE campaign_id = $1
   ORDER BY person_id, course_id`;
const ISSUED_AT = new Date('2021-12-22T10:00:00Z');
/** One in twenty has not come for it yet. */
const LEFT_OUT = 20;

/** The certificates of 2021: for nearly everybody who completed. */
@Injectable()
export class Certificates2021Demo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly issuer: CertificateIssuer,
  ) {}

  onModuleInit(): void {
    this.demo.register('certificates-2021', 150, () => this.load());
  }

  private async load(): Promise<void> {
    const completed = await this.demo.db.read<{ personId: string; courseId: string }>(
      'demo.completed',
      COMPLETED,
      [CAMPAIGN_2021],
    );
    for (const [n, key] of completed.entries()) {
      if (n % LEFT_OUT === LEFT_OUT - 1) continue;
      // The same person gets the same code in every demo, so that a link to it stays true.
      const digest = createHash('sha256').update(`certificate ${key.personId} ${key.courseId}`).digest();
      const code = newCertificateCode((bytes) => digest.subarray(0, bytes));
      const draft = await this.issuer.draft({ ...key, campaignId: CAMPAIGN_2021 }, { at: ISSUED_AT, code });
      await this.issuer.issue(draft, null);
    }
  }
}
