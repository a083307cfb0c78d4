import { Injectable } from '@nestjs/common';
import type { CampaignScope } from '../campaigns/public.js';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields } from '../shared/errors/domain-error.js';
import { LOCK_CAMPAIGN } from './campaign-print.js';
import { TEXT_KEYS } from './certificate.js';
import { NotPrintable, TextTooWide } from './certificate.errors.js';
import { cleanTexts, faultsOfTexts, type OwnTexts, ownTexts } from './certificate-texts.js';
import { faultOfLetters } from './printed-line.js';
import { SpecimenService } from './specimen.service.js';

const FIND = `
  SELECT json_object_agg(key, json_build_object('fr', text_fr, 'ar', text_ar)) AS texts FROM certificate_text WHERE campaign_id = $1`;
const CLEAR = `DELETE FROM certificate_text WHERE campaign_id = $1`;
const INSERT = `
  INSERT INTO certificate_text (campaign_id, key, text_fr, text_ar)
  SELECT $1, k, fr, ar FROM unnest($2::text[], $3::text[], $4::text[]) AS t(k, fr, ar)`;

/** The words that a campaign puts on its certificates. */
@Injectable()
export class CertificateTextsService {
  constructor(
    private readonly db: Database,
    private readonly specimens: SpecimenService,
    private readonly audit: AuditLog,
  ) {}

  /** The words of a campaign; empty where it leaves ours. */
  async of(campaignId: string): Promise<OwnTexts> {
    const row = await this.db.readOne<{ texts: Partial<OwnTexts> | null }>('certificate.texts', FIND, [
      campaignId,
    ]);
    return ownTexts(row?.texts ?? null);
  }

  /**
   * What would be kept of these words; tried on a sheet with all else that the campaign prints.
   *
   * @throws InvalidFields with pointers as `/heading/fr`; SheetTooFull
   */
  async check(campaignId: string, typed: OwnTexts): Promise<OwnTexts> {
    const faults = faultsOfTexts(typed);
    if (faults.length > 0) throw new InvalidFields(faults);
    const texts = cleanTexts(typed);
    try {
      await this.specimens.assertFits(campaignId, { texts });
    } catch (error) {
      throw refusalOf(error, texts);
    }
    return texts;
  }

  /** The PDF of a specimen with these words, which are not saved. @throws as {@link check} */
  async preview(campaignId: string, typed: OwnTexts): Promise<Buffer> {
    const texts = await this.check(campaignId, typed);
    return this.specimens.pdf(campaignId, { texts });
  }

  /** Puts these words in the place of those before; certificates that are out keep theirs. @throws as {@link check} */
  async save(
    actor: StaffActor,
    { campaignId, organisationId }: CampaignScope,
    typed: OwnTexts,
  ): Promise<OwnTexts> {
    const texts = await this.check(campaignId, typed);
    const kept = TEXT_KEYS.filter((key) => texts[key].fr !== '' || texts[key].ar !== '');
    await this.db.transaction(async () => {
      await this.db.read('certificate.textLock', LOCK_CAMPAIGN, [campaignId]);
      await this.db.write('certificate.textClear', CLEAR, [campaignId]);
      const column = (lang: 'fr' | 'ar'): string[] => kept.map((key) => texts[key][lang]);
      await this.db.write('certificate.textInsert', INSERT, [campaignId, kept, column('fr'), column('ar')]);
      await this.audit.record(actor, {
        action: 'certificates.texts',
        subjectKind: 'campaign',
        subjectId: campaignId,
        organisationId,
        facts: { texts: kept.join() },
      });
    });
    return texts;
  }
}

/** What a trial refused, said of the fields it is about; of what is in no field, the refusal itself. */
function refusalOf(error: unknown, texts: OwnTexts): unknown {
  if (error instanceof TextTooWide)
    return new InvalidFields([{ pointer: `/${error.key}/${error.lang}`, code: 'certificate-text-too-wide' }]);
  if (!(error instanceof NotPrintable)) return error;
  const found = TEXT_KEYS.flatMap((key) =>
    (['fr', 'ar'] as const).flatMap((lang) =>
      faultOfLetters(`/${key}/${lang}`, texts[key][lang], error.letters),
    ),
  );
  return found.length > 0 ? new InvalidFields(found) : error;
}
