import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CertificateIssuer, newCertificateCode } from '../certificates/public.js';
import type { JobControl } from '../shared/jobs/job.js';
import { JobQueue } from '../shared/jobs/job.queue.js';
import { JobRunner } from '../shared/jobs/job.runner.js';
import { CAMPAIGN_2021 } from './campaign-ids.js';
import { DemoWriter } from './demo-writer.js';

// One in twenty has not come for theirs yet. Whoever has one already is passed over, so a job cut off goes on.
const DUE = `
  SELECT d."personId", d."courseId", d.slug
    FROM (SELECT x.person_id AS "personId", x.course_id AS "courseId", c.slug, row_number() OVER (ORDER BY x.person_id, c.slug) AS n
            FROM completion x
            JOIN course c ON c.id = x.course_id
           WHERE x.campaign_id = $1) d
   WHERE d.n % 20 <> 0
     AND NOT EXISTS (SELECT 1 FROM certificate c
                      WHERE c.person_id = d."personId" AND c.course_id = d."courseId" AND c.campaign_id = $1)
   ORDER BY d.n`;
const ISSUED_AT = new Date('2021-12-22T10:00:00Z');
const KIND = 'demo.certificates';

/** The certificates of 2021. Printing takes seconds, so it happens behind the first start, as a job. */
@Injectable()
export class Certificates2021Demo implements OnModuleInit {
  constructor(
    private readonly demo: DemoWriter,
    private readonly issuer: CertificateIssuer,
    private readonly jobs: JobQueue,
    private readonly runner: JobRunner,
  ) {}

  onModuleInit(): void {
    if (!this.demo.config.hasDemoData) return;
    this.runner.register({ kind: KIND, run: (_, control) => this.issue(control) });
    this.demo.register(
      'certificates-2021',
      150,
      async () => void (await this.jobs.enqueue({ kind: KIND, dedupeKey: KIND })),
    );
  }

  private async issue(control: JobControl): Promise<{ issued: number }> {
    const due = await this.demo.db.read<{ personId: string; courseId: string; slug: string }>(
      'demo.due',
      DUE,
      [CAMPAIGN_2021],
    );
    let issued = 0;
    for (const { slug, ...key } of due) {
      if (control.signal.aborted) throw new Error('stopped before the last certificate');
      // The same person gets the same code in every demo, so that a link to it stays true; a course's id is another in each.
      const digest = createHash('sha256').update(`certificate ${key.personId} ${slug}`).digest();
      const code = newCertificateCode((bytes) => digest.subarray(0, bytes));
      const draft = await this.issuer.draft({ ...key, campaignId: CAMPAIGN_2021 }, { at: ISSUED_AT, code });
      await control.commit(() => this.issuer.issue(draft, null));
      issued += 1;
    }
    return { issued };
  }
}
