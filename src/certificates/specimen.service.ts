import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { t } from '../shared/i18n/i18n.js';
import type { Both, Signatory } from './certificate.js';
import { CertificateIssuer } from './certificate.issuer.js';
import { CertificatePrinter } from './certificate.printer.js';

const FACTS = `
  SELECT json_build_object('fr', c.name_fr, 'ar', c.name_ar) AS campaign, json_build_object('fr', o.name_fr, 'ar', o.name_ar) AS organisation,
         (SELECT coalesce(json_agg(json_build_object('fr', f.name_fr, 'ar', f.name_ar) ORDER BY f.name_fr COLLATE "fr-x-icu"), '[]')
            FROM organisation f
           WHERE f.id IN (SELECT a.funder_id FROM agreement a WHERE a.campaign_id = c.id) AND f.id <> o.id) AS funders,
         (SELECT json_build_object('fr', k.title_fr, 'ar', k.title_ar) FROM course k
           WHERE k.id IN (SELECT course_id FROM session WHERE campaign_id = c.id) ORDER BY k.position, k.slug LIMIT 1) AS course,
         (SELECT coalesce(json_agg(json_build_object('name', json_build_object('fr', g.name_fr, 'ar', g.name_ar),
                   'role', json_build_object('fr', g.role_fr, 'ar', g.role_ar)) ORDER BY g.position), '[]')
            FROM certificate_signatory g WHERE g.campaign_id = c.id) AS signatories
    FROM campaign c
    JOIN organisation o ON o.id = c.organisation_id
   WHERE c.id = $1`;

interface SpecimenFacts {
  campaign: Both;
  organisation: Both;
  funders: Both[];
  course: Both | null;
  signatories: Signatory[];
}

/** A code that no certificate has: its page says so. */
const SPECIMEN_CODE = '0000000000';

/** Prints what the certificates of a campaign will look like, with a name that is nobody's. */
@Injectable()
export class SpecimenService {
  constructor(
    private readonly db: Database,
    private readonly printer: CertificatePrinter,
    private readonly issuer: CertificateIssuer,
  ) {}

  /** @throws NotFound, and NotPrintable when a signature has a letter that the fonts lack */
  async pdf(campaignId: string): Promise<Buffer> {
    const facts = await this.db.readOne<SpecimenFacts>('certificate.specimen', FACTS, [campaignId]);
    if (!facts) throw new NotFound('campaign');
    const { campaign, organisation, funders, signatories } = facts;
    const frozen = {
      name: { fr: t('fr', 'certificates:signed.specimenFr'), ar: t('ar', 'certificates:signed.specimenAr') },
      course: facts.course ?? campaign,
      ...{ campaign, organisation, funders, signatories },
      ...{ city: null, dates: null, minutes: 0 },
      issuedOn: this.issuer.today(),
    };
    return this.printer.pdf(frozen, SPECIMEN_CODE, '0000-000000');
  }
}
