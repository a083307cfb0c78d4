import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../shared/clock/clock.js';
import { Database } from '../../shared/database/database.js';
import type { LinkFinding } from './link-finding.js';

/** What was found at the last check of a link. */
export interface CheckedLink extends LinkFinding {
  readonly url: string;
  readonly checkedAt: Date;
}

const OF_SLUG = `
  SELECT l.url, l.outcome, l.status, l.reason, l.moved_to AS "movedTo", l.checked_at AS "checkedAt"
    FROM course_link_check l JOIN course c ON c.id = l.course_id
   WHERE c.slug = $1`;
const PUT = `
  INSERT INTO course_link_check (course_id, digest, url, outcome, status, reason, moved_to, checked_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (course_id, digest) DO UPDATE SET outcome = EXCLUDED.outcome, status = EXCLUDED.status,
    reason = EXCLUDED.reason, moved_to = EXCLUDED.moved_to, checked_at = EXCLUDED.checked_at`;
const FORGET = `DELETE FROM course_link_check WHERE course_id = $1 AND url <> ALL ($2::text[])`;

/** Rows of checked links: one for each address that a course leads to. */
@Injectable()
export class LinkCheckStore {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** What is known of a course's links, by their addresses. */
  async ofSlug(slug: string): Promise<Map<string, CheckedLink>> {
    const rows = await this.db.read<CheckedLink>('linkCheck.ofSlug', OF_SLUG, [slug]);
    return new Map(rows.map((row) => [row.url, row]));
  }

  async put(courseId: string, url: string, { outcome, status, reason, movedTo }: LinkFinding): Promise<void> {
    // An address may be longer than an index takes.
    const digest = createHash('sha256').update(url).digest('hex');
    const values = [courseId, digest, url, outcome, status, reason, movedTo, this.clock.now()];
    await this.db.write('linkCheck.put', PUT, values);
  }

  /** Drops what was found of links that the course has no more. */
  async keepOnly(courseId: string, urls: readonly string[]): Promise<void> {
    await this.db.write('linkCheck.forget', FORGET, [courseId, urls]);
  }
}
