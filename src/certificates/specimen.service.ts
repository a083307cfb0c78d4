import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { t } from '../shared/i18n/i18n.js';
import { CAMPAIGN_PRINT, type CampaignPrint } from './campaign-print.js';
import type { Both, FrozenCertificate, PrintedName } from './certificate.js';
import { CertificateIssuer } from './certificate.issuer.js';
import { CertificatePrinter } from './certificate.printer.js';
import { printedTexts } from './certificate-texts.js';

// Of the courses, the first for the specimen, and the one of the longest title for the trial.
const FACTS = `
  SELECT json_build_object('fr', c.name_fr, 'ar', c.name_ar) AS campaign, json_build_object('fr', o.name_fr, 'ar', o.name_ar) AS organisation,${CAMPAIGN_PRINT},
         k.courses[1] AS course, l.course AS longest
    FROM campaign c
    JOIN organisation o ON o.id = c.organisation_id
    LEFT JOIN LATERAL (
         SELECT array_agg(json_build_object('fr', k.title_fr, 'ar', k.title_ar) ORDER BY k.position, k.slug) AS courses
           FROM course k WHERE k.id IN (SELECT course_id FROM session WHERE campaign_id = c.id)) k ON true
    LEFT JOIN LATERAL (
         SELECT json_build_object('fr', k.title_fr, 'ar', k.title_ar) AS course
           FROM course k WHERE k.id IN (SELECT course_id FROM session WHERE campaign_id = c.id)
          ORDER BY greatest(char_length(k.title_fr), char_length(k.title_ar)) DESC, k.slug LIMIT 1) l ON true
   WHERE c.id = $1`;

interface SpecimenFacts extends CampaignPrint {
  campaign: Both;
  organisation: Both;
  course: Both | null;
  longest: Both | null;
}

/** A code that no certificate has: its page says so. */
const SPECIMEN_CODE = '0000000000';
const SPECIMEN_SERIAL = '0000-000000';
/** A name longer than nearly all: what leaves room for it leaves room for people. */
const LONG_NAME: PrintedName = {
  fr: 'Fatima-Zohra Bent El Hadj Abdessalam Chahdi El Ouazzani',
  ar: 'مولاي عبد السلام بن محمد بن عبد القادر الإدريسي الوزاني',
};

/** What is not saved yet, in the place of what is. */
export type Unsaved = Partial<Pick<CampaignPrint, 'signatories' | 'texts' | 'logos'>>;

/** Prints what the certificates of a campaign will look like, with a name that is nobody's. */
@Injectable()
export class SpecimenService {
  constructor(
    private readonly db: Database,
    private readonly printer: CertificatePrinter,
    private readonly issuer: CertificateIssuer,
  ) {}

  /** @throws NotFound, and NotPrintable when a signature has a letter that the fonts lack */
  async pdf(campaignId: string, unsaved: Unsaved = {}): Promise<Buffer> {
    const facts = await this.factsOf(campaignId, unsaved);
    const name = {
      fr: t('fr', 'certificates:signed.specimenFr'),
      ar: t('ar', 'certificates:signed.specimenAr'),
    };
    return this.printer.pdf(this.frozen(facts, name, facts.course), SPECIMEN_CODE, SPECIMEN_SERIAL);
  }

  /**
   * Tries whether all has its place on the page, also with a long name and the longest title of a course.
   *
   * @throws NotFound, NotPrintable, TextTooWide, SheetTooFull
   */
  async assertFits(campaignId: string, unsaved: Unsaved): Promise<void> {
    const facts = await this.factsOf(campaignId, unsaved);
    const frozen = this.frozen(facts, LONG_NAME, facts.longest);
    await this.printer.assertFits(frozen, SPECIMEN_CODE, SPECIMEN_SERIAL);
  }

  private async factsOf(campaignId: string, unsaved: Unsaved): Promise<SpecimenFacts> {
    const facts = await this.db.readOne<SpecimenFacts>('certificate.specimen', FACTS, [campaignId]);
    if (!facts) throw new NotFound('campaign');
    return { ...facts, ...unsaved };
  }

  private frozen(facts: SpecimenFacts, name: PrintedName, course: Both | null): FrozenCertificate {
    const { campaign, organisation, funders, signatories, logos } = facts;
    return {
      ...{ name, campaign, organisation, funders, signatories, logos },
      texts: printedTexts(facts.texts),
      course: course ?? campaign,
      ...{ city: null, dates: null, minutes: 0 },
      issuedOn: this.issuer.today(),
    };
  }
}
