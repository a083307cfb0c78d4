import { Injectable } from '@nestjs/common';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { t } from '../shared/i18n/i18n.js';
import type { CampaignPrint } from './campaign-print.js';
import type { FrozenCertificate, PrintedName } from './certificate.js';
import { CertificateIssuer } from './certificate.issuer.js';
import { CertificatePrinter } from './certificate.printer.js';
import { printedTexts } from './certificate-texts.js';
import { SPECIMEN_FACTS, type SpecimenFacts, type SpecimenRoom } from './specimen-facts.js';

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
    return this.printer.pdf(this.frozen(facts, name, facts.first), SPECIMEN_CODE, SPECIMEN_SERIAL);
  }

  /**
   * Tries whether all has its place on the page, also with a long name, the longest title and city, and all days.
   *
   * @throws NotFound, NotPrintable, TextTooWide, SheetTooFull
   */
  async assertFits(campaignId: string, unsaved: Unsaved): Promise<void> {
    const facts = await this.factsOf(campaignId, unsaved);
    const frozen = this.frozen(facts, LONG_NAME, facts.widest);
    await this.printer.assertFits(frozen, SPECIMEN_CODE, SPECIMEN_SERIAL);
  }

  private async factsOf(campaignId: string, unsaved: Unsaved): Promise<SpecimenFacts> {
    const facts = await this.db.readOne<SpecimenFacts>('certificate.specimen', SPECIMEN_FACTS, [campaignId]);
    if (!facts) throw new NotFound('campaign');
    return { ...facts, ...unsaved };
  }

  private frozen(facts: SpecimenFacts, name: PrintedName, room: SpecimenRoom | null): FrozenCertificate {
    const { campaign, organisation, funders, signatories, logos } = facts;
    return {
      ...{ name, campaign, organisation, funders, signatories, logos },
      texts: printedTexts(facts.texts),
      course: room?.course ?? campaign,
      city: room?.city ?? null,
      dates: room?.dates ?? null,
      minutes: room?.minutes ?? 0,
      issuedOn: this.issuer.today(),
    };
  }
}
