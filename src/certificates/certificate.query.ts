import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import type { Position } from '../shared/paging/cursor.js';
import { CAMPAIGN_PRINT, type CampaignPrint } from './campaign-print.js';
import type { Both, CertificateRow, CompletionKey, Signatory } from './certificate.js';
import { NAME_COLUMNS, type NameStateColumns } from './name-state.js';

const COLUMNS = `
  SELECT c.id, c.organisation_id AS "organisationId", c.campaign_id AS "campaignId", c.course_id AS "courseId",
         c.person_id AS "personId", c.session_id AS "sessionId", c.code, c.serial, c.status, n.code AS "replacedByCode",
         c.revoked_reason AS "revokedReason", c.frozen, c.pdf_hash AS "pdfHash", c.issued_at AS "issuedAt",
         c.status_at AS "statusAt"
    FROM certificate c
    LEFT JOIN certificate n ON n.id = c.replaced_by`;

const BY_CODE = `${COLUMNS} WHERE c.code = $1`;
const OF_PERSON = `${COLUMNS} WHERE c.person_id = $1 AND c.status <> 'replaced' ORDER BY c.issued_at DESC, c.id DESC LIMIT 200`;
const OF_COMPLETION = `
  ${COLUMNS}
   WHERE c.person_id = $1 AND c.course_id = $2 AND c.campaign_id = $3
   ORDER BY (c.status = 'valid') DESC, c.issued_at DESC, c.id DESC
   LIMIT 1`;
const OF_CAMPAIGN = `
  ${COLUMNS}
   WHERE c.campaign_id = $1
     AND ($2::text IS NULL OR c.status = $2)
     AND ($3::text IS NULL OR c.code = $3 OR c.serial = $3 OR strpos(lower(coalesce(c.frozen->'name'->>'fr', '')), lower($3)) > 0
          OR strpos(coalesce(c.frozen->'name'->>'ar', ''), $3) > 0)
     AND ($4::timestamptz IS NULL OR (c.issued_at, c.id) < ($4, $5::uuid))
   ORDER BY c.issued_at DESC, c.id DESC
   LIMIT $6`;

// The person's days in the room for this course, whichever sessions they were; the last one gives the city.
const ISSUE_FACTS = `
  SELECT ${NAME_COLUMNS},
         EXISTS (SELECT 1 FROM completion d WHERE d.person_id = p.id AND d.course_id = k.id AND d.campaign_id = c.id) AS completed,
         json_build_object('fr', k.title_fr, 'ar', k.title_ar) AS course,
         json_build_object('fr', c.name_fr, 'ar', c.name_ar) AS campaign,
         c.organisation_id AS "organisationId", json_build_object('fr', o.name_fr, 'ar', o.name_ar) AS organisation,${CAMPAIGN_PRINT},
         room.session_id AS "sessionId", room.minutes, room.first, room.last,
         CASE WHEN city.slug IS NOT NULL THEN json_build_object('fr', city.name_fr, 'ar', city.name_ar) END AS city
    FROM person p
    LEFT JOIN certificate_name n ON n.person_id = p.id
   CROSS JOIN course k
   CROSS JOIN campaign c
    JOIN organisation o ON o.id = c.organisation_id
    LEFT JOIN LATERAL (
         SELECT coalesce(sum(pr.minutes), 0)::int AS minutes, min(u.local_date) AS first, max(u.local_date) AS last,
                (array_agg(s.id ORDER BY u.local_date DESC, u.n DESC))[1] AS session_id
           FROM presence pr
           JOIN unit u ON u.id = pr.unit_id
           JOIN session s ON s.id = u.session_id
          WHERE pr.person_id = p.id AND pr.state IN ('present', 'partial') AND s.course_id = k.id AND s.campaign_id = c.id
         ) room ON true
    LEFT JOIN session s ON s.id = room.session_id
    LEFT JOIN stop st ON st.id = s.stop_id
    LEFT JOIN city ON city.slug = st.city_slug
   WHERE p.id = $1 AND k.id = $2 AND c.id = $3`;

const SIGNATORIES = `
  SELECT json_build_object('fr', name_fr, 'ar', name_ar) AS name, json_build_object('fr', role_fr, 'ar', role_ar) AS role
    FROM certificate_signatory
   WHERE campaign_id = $1
   ORDER BY position`;

/** What is read when a certificate is frozen. */
export interface IssueFacts extends NameStateColumns, CampaignPrint {
  completed: boolean;
  course: Both;
  campaign: Both;
  organisationId: string;
  organisation: Both;
  sessionId: string | null;
  minutes: number;
  first: string | null;
  last: string | null;
  city: Both | null;
}

/** What a list of a campaign's certificates is narrowed by. */
export interface CertificateFilter {
  status?: string | undefined;
  /** A code, a serial number, or a part of a printed name. */
  search?: string | undefined;
}

/** Reads of certificates. */
@Injectable()
export class CertificateQuery {
  constructor(private readonly db: Database) {}

  byCode(code: string): Promise<CertificateRow | undefined> {
    return this.db.readOne<CertificateRow>('certificate.byCode', BY_CODE, [code]);
  }

  /** The certificate of a code that is known to exist. @throws NotFound */
  async existing(code: string): Promise<CertificateRow> {
    const row = await this.byCode(code);
    if (!row) throw new NotFound('certificate');
    return row;
  }

  /** The person's own: those that a newer one replaced are left out. */
  ofPerson(personId: string): Promise<CertificateRow[]> {
    return this.db.read<CertificateRow>('certificate.ofPerson', OF_PERSON, [personId]);
  }

  /** The valid certificate of a completion, else its latest. */
  ofCompletion({ personId, courseId, campaignId }: CompletionKey): Promise<CertificateRow | undefined> {
    return this.db.readOne('certificate.ofCompletion', OF_COMPLETION, [personId, courseId, campaignId]);
  }

  /** Newest first; one more than `limit`, so that the caller sees whether there are more. */
  ofCampaign(
    campaignId: string,
    { status, search }: CertificateFilter,
    after: Position | undefined,
    limit: number,
  ): Promise<CertificateRow[]> {
    const values = [
      campaignId,
      status ?? null,
      search || null,
      after?.at ?? null,
      after?.id ?? null,
      limit + 1,
    ];
    return this.db.read<CertificateRow>('certificate.ofCampaign', OF_CAMPAIGN, values);
  }

  /** @returns undefined when person, course or campaign does not exist */
  issueFacts({ personId, courseId, campaignId }: CompletionKey): Promise<IssueFacts | undefined> {
    return this.db.readOne<IssueFacts>('certificate.issueFacts', ISSUE_FACTS, [
      personId,
      courseId,
      campaignId,
    ]);
  }

  signatories(campaignId: string): Promise<Signatory[]> {
    return this.db.read<Signatory>('certificate.signatories', SIGNATORIES, [campaignId]);
  }
}
