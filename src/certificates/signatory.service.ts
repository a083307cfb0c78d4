import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import { LOCK_CAMPAIGN } from './campaign-print.js';
import type { Signatory } from './certificate.js';
import { NotPrintable } from './certificate.errors.js';
import { faultOfLetters, faultOfLine, oneLine } from './printed-line.js';
import { SpecimenService } from './specimen.service.js';
import type { CampaignScope } from '../campaigns/public.js';

const CLEAR = `DELETE FROM certificate_signatory WHERE campaign_id = $1`;
const INSERT = `
  INSERT INTO certificate_signatory (campaign_id, position, name_fr, name_ar, role_fr, role_ar) VALUES ($1, $2, $3, $4, $5, $6)`;

/** Most people who sign, and the longest of their names and offices in code points. */
export const MOST_SIGNATORIES = 2;
export const LONGEST_LINE = 80;

const LINES = ['nameFr', 'nameAr', 'roleFr', 'roleAr'] as const;
/** The lines of one signature as they were typed. */
export type SignatoryLines = Record<(typeof LINES)[number], string>;

function faultsOf(lines: SignatoryLines, n: number): FieldError[] {
  const isEmpty = LINES.every((line) => oneLine(lines[line]) === '');
  return LINES.flatMap((line): FieldError[] => {
    const pointer = `/${line}${n}`;
    const found = faultOfLine(pointer, lines[line], LONGEST_LINE);
    if (found.length > 0) return found;
    // Both languages are equal: a name in one only would leave the other half of the sheet unsigned.
    const isNeeded = !isEmpty && line.startsWith('name');
    return isNeeded && oneLine(lines[line]) === '' ? [{ pointer, code: 'required' }] : [];
  });
}

/** Who signs the certificates of a campaign. */
@Injectable()
export class SignatoryService {
  constructor(
    private readonly db: Database,
    private readonly specimens: SpecimenService,
    private readonly audit: AuditLog,
  ) {}

  /** Puts these signatures in the place of those before; empty ones are dropped. @throws InvalidFields, SheetTooFull */
  async save(
    actor: StaffActor,
    { campaignId, organisationId }: CampaignScope,
    all: readonly SignatoryLines[],
  ): Promise<void> {
    const faults = all.flatMap((lines, i) => faultsOf(lines, i + 1));
    if (faults.length > 0) throw new InvalidFields(faults);
    const kept = all
      .map(cleanLines)
      .filter(({ nameFr }) => nameFr !== '')
      .slice(0, MOST_SIGNATORIES);
    await this.tryOn(campaignId, kept);
    await this.db.transaction(async () => {
      await this.db.read('certificate.signatoryLock', LOCK_CAMPAIGN, [campaignId]);
      await this.db.write('certificate.signatoryClear', CLEAR, [campaignId]);
      for (const [i, lines] of kept.entries()) {
        const values = LINES.map((line) => lines[line]);
        await this.db.write('certificate.signatoryInsert', INSERT, [campaignId, i + 1, ...values]);
      }
      await this.audit.record(actor, {
        action: 'certificates.signatories',
        subjectKind: 'campaign',
        subjectId: campaignId,
        organisationId,
        facts: { signatories: kept.length },
      });
    });
  }

  /** A letter that no font has would stop every certificate of the campaign: it is said here, of the line it is in. */
  private async tryOn(campaignId: string, kept: readonly SignatoryLines[]): Promise<void> {
    try {
      await this.specimens.assertFits(campaignId, { signatories: kept.map(signatoryOf) });
    } catch (error) {
      if (!(error instanceof NotPrintable)) throw error;
      const found = kept.flatMap((lines, i) =>
        LINES.flatMap((line) => faultOfLetters(`/${line}${i + 1}`, lines[line], error.letters)),
      );
      throw found.length > 0 ? new InvalidFields(found) : error;
    }
  }
}

function cleanLines(lines: SignatoryLines): SignatoryLines {
  return Object.fromEntries(LINES.map((line) => [line, oneLine(lines[line])])) as SignatoryLines;
}

function signatoryOf({ nameFr, nameAr, roleFr, roleAr }: SignatoryLines): Signatory {
  return { name: { fr: nameFr, ar: nameAr }, role: { fr: roleFr, ar: roleAr } };
}

/** The lines of a signature, to be typed over. */
export function linesOf(signatory: Signatory | undefined): SignatoryLines {
  const { name, role } = signatory ?? { name: { fr: '', ar: '' }, role: { fr: '', ar: '' } };
  return { nameFr: name.fr, nameAr: name.ar, roleFr: role.fr, roleAr: role.ar };
}
