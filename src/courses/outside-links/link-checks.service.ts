import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { Database } from '../../shared/database/database.js';
import type { LiveJob } from '../../shared/jobs/job.query.js';
import type { AuthoredCourse } from '../authoring/course-author.query.js';
import { CourseDraftStore } from '../authoring/course-draft.store.js';
import { DraftReader } from '../authoring/draft-reading.service.js';
import { CatalogueService } from '../catalogue.service.js';
import { type CheckedLink, LinkCheckStore } from './link-check.store.js';
import { LinkCheckJobs } from './link-check.jobs.js';
import { linksOf, type OutsideLink } from './outside-links.js';

/** A link to another site, and what was found at its last check. */
export interface LinkState extends OutsideLink {
  readonly checked?: CheckedLink;
}

/** What the page of the links shows. */
export interface LinksState {
  readonly links: readonly LinkState[];
  readonly job: LiveJob | undefined;
  /** The last check was given up, and none waits or runs. */
  readonly hasFailed: boolean;
}

/** Links of a course to other sites, asked when an author says so and at no other time. */
@Injectable()
export class LinkChecks {
  constructor(
    private readonly db: Database,
    private readonly drafts: CourseDraftStore,
    private readonly reader: DraftReader,
    private readonly catalogue: CatalogueService,
    private readonly store: LinkCheckStore,
    private readonly jobs: LinkCheckJobs,
  ) {}

  /** The links of the open draft, or of what is published where none is open. */
  async linksOf(course: { readonly id: string; readonly slug: string }): Promise<OutsideLink[]> {
    const draft = await this.drafts.find(course.id);
    const document = draft
      ? (await this.reader.read(course.slug, await this.drafts.files(draft))).document
      : (await this.catalogue.current()).course(course.id)?.document;
    return document ? linksOf(document) : [];
  }

  /** Each link with what is known of it, the check that waits or runs, and whether the last one failed for good. */
  async state(course: AuthoredCourse): Promise<LinksState> {
    const job = await this.jobs.live(course.id);
    const hasFailed = !job && (await this.jobs.ended(course.id))?.state === 'dead';
    const links = await this.linksOf(course);
    const checked = await this.store.ofSlug(course.slug);
    return {
      ...{ job, hasFailed },
      links: links.map((link) => {
        const found = checked.get(link.url);
        return found ? { ...link, checked: found } : link;
      }),
    };
  }

  /** Begins a check; where one waits or runs already, that one is it. @throws LinksJustChecked */
  async start(actor: StaffActor, course: AuthoredCourse): Promise<void> {
    await this.db.transaction(() => this.jobs.start(actor, course));
  }
}
