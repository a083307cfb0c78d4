import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { Database } from '../../shared/database/database.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { type CourseScope, mayPublish, mayWrite } from './course-author.policy.js';

/** A course as its authors see it, published or not. */
export interface AuthoredCourse {
  readonly id: string;
  readonly slug: string;
  readonly title: { readonly fr: string; readonly ar: string; readonly en: string | null };
  readonly organisationId: string | null;
  readonly campaigns: CourseScope['campaigns'];
  /** The published version; null before the first. */
  readonly published: {
    readonly id: string;
    readonly number: number;
    readonly origin: 'files' | 'browser';
  } | null;
  readonly draft: { readonly revision: number; readonly baseVersionId: string | null } | null;
  /** When files arrived that nobody has opened or dropped yet; ISO 8601. */
  readonly pendingSince: string | null;
  readonly mayPublish: boolean;
}

const SELECT = `
  SELECT c.id, c.slug, json_build_object('fr', c.title_fr, 'ar', c.title_ar, 'en', c.title_en) AS title,
         c.organisation_id AS "organisationId",
         (SELECT coalesce(json_agg(json_build_object('campaignId', k.id, 'organisationId', k.organisation_id)), '[]')
            FROM campaign_course cc JOIN campaign k ON k.id = cc.campaign_id WHERE cc.course_id = c.id) AS campaigns,
         (SELECT json_build_object('id', v.id, 'number', v.number, 'origin', v.origin)
            FROM course_version v WHERE v.course_id = c.id AND v.status = 'published') AS published,
         (SELECT json_build_object('revision', d.revision, 'baseVersionId', d.base_version_id)
            FROM course_draft d WHERE d.course_id = c.id AND d.closed_at IS NULL) AS draft,
         (SELECT to_json(p.arrived_at) #>> '{}' FROM course_pending p WHERE p.course_id = c.id) AS "pendingSince"
    FROM course c`;
const ALL = `${SELECT} ORDER BY c.position, c.slug LIMIT 500`;
const BY_KEY = `${SELECT} WHERE c.slug = $1 OR c.id::text = $1`;

type Row = Omit<AuthoredCourse, 'mayPublish'>;

/** Courses that somebody may write. */
@Injectable()
export class CourseAuthorQuery {
  constructor(private readonly db: Database) {}

  async list(actor: StaffActor): Promise<AuthoredCourse[]> {
    const rows = await this.db.read<Row>('courseAuthor.all', ALL);
    return rows.filter((row) => mayWrite(actor.grants, row)).map((row) => withRight(actor, row));
  }

  /** @throws NotFound also for a course that is none of the actor's */
  async get(actor: StaffActor, key: string): Promise<AuthoredCourse> {
    const row = key.includes('\0')
      ? undefined
      : await this.db.readOne<Row>('courseAuthor.byKey', BY_KEY, [key]);
    if (!row || !mayWrite(actor.grants, row)) throw new NotFound('course');
    return withRight(actor, row);
  }

  /** A course as the operator of the server reaches it. @returns undefined when there is none */
  async forOperator(key: string): Promise<AuthoredCourse | undefined> {
    const row = await this.db.readOne<Row>('courseAuthor.byKey', BY_KEY, [key]);
    return row && { ...row, mayPublish: true };
  }
}

function withRight(actor: StaffActor, row: Row): AuthoredCourse {
  return { ...row, mayPublish: mayPublish(actor.grants, row) };
}
