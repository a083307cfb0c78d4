import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { JobControl, JobHandler, JobPayload } from '../../shared/jobs/job.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { LINKS_KIND } from './link-check.jobs.js';
import { LinkCheckStore } from './link-check.store.js';
import { LinkChecks } from './link-checks.service.js';
import { LinkProber } from './link-prober.js';

/** Links asked at the same time. */
const AT_ONCE = 4;

/** Asks every link of a course once and keeps what each said as soon as it is known. */
@Injectable()
export class LinkCheckHandler implements JobHandler, OnModuleInit {
  readonly kind = LINKS_KIND;

  constructor(
    private readonly runner: JobRunner,
    private readonly checks: LinkChecks,
    private readonly prober: LinkProber,
    private readonly store: LinkCheckStore,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async run(payload: JobPayload, control: JobControl): Promise<JobPayload> {
    const course = { id: String(payload['courseId']), slug: String(payload['slug']) };
    const urls = (await this.checks.linksOf(course)).map(({ url }) => url);
    await this.store.keepOnly(course.id, urls);
    let done = 0;
    await control.progress(done, urls.length);
    const waiting = [...urls];
    const lane = async (): Promise<void> => {
      for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
        const asked = url;
        const finding = await this.prober.probe(asked, control.signal);
        await control.commit(() => this.store.put(course.id, asked, finding));
        done += 1;
        await control.progress(done, urls.length);
      }
    };
    const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
    const failed = lanes.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    return { checked: done };
  }
}
