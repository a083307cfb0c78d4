import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { AuditLog } from '../shared/audit/audit-log.js';
import { Database } from '../shared/database/database.js';
import { type FieldError, InvalidFields } from '../shared/errors/domain-error.js';
import type { Signatory } from './certificate.js';
import type { CampaignScope } from '../campaigns/public.js';

const CLEAR = `DELETE FROM certificate_signatory WHERE campaign_id = $1`;
const INSERT = `
  INSERT INTO certificate_signatory (campaign_id, position, name_fr, name_ar, role_fr, role_ar) VALUES ($1, $2, $3, $4, $5, $6)`;
const LOCK = `SELECT id FROM campaign WHERE id = $1 FOR UPDATE`;

/** Most people who sign, and the longest of their names and offices in code points. */
export const MOST_SIGNATORIES = 2;
export const LONGEST_LINE = 80;

const LINES = ['nameFr', 'nameAr', 'roleFr', 'roleAr'] as const;
/** The lines of one signature as they were typed. */
export type SignatoryLines = Record<(typeof LINES)[number], string>;

function faultsOf(lines: SignatoryLines, n: number): FieldError[] {
  const isEmpty = LINES.every((line) => lines[line].trim() === '');
  return LINES.flatMap((line): FieldError[] => {
    const pointer = `/${line}${n}`;
    const text = lines[line];
    if (/[\0\p{Surrogate}]/u.test(text)) return [{ pointer, code: 'not-unicode' }];
    if ([...text].length > LONGEST_LINE)
      return [{ pointer, code: 'too-long', params: { max: LONGEST_LINE } }];
    // Both languages are equal: a name in one only would leave the other half of the sheet unsigned.
    const isNeeded = !isEmpty && line.startsWith('name');
    return isNeeded && text.trim() === '' ? [{ pointer, code: 'required' }] : [];
  });
}

/** Who signs the certificates of a campaign. */
@Injectable()
export class SignatoryService {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditLog,
  ) {}

  /** Puts these signatures in the place of those before; empty ones are dropped. @throws InvalidFields */
  async save(
    actor: StaffActor,
    { campaignId, organisationId }: CampaignScope,
    all: readonly SignatoryLines[],
  ): Promise<void> {
    const faults = all.flatMap((lines, i) => faultsOf(lines, i + 1));
    if (faults.length > 0) throw new InvalidFields(faults);
    const kept = all.filter((lines) => lines.nameFr.trim() !== '').slice(0, MOST_SIGNATORIES);
    await this.db.transaction(async () => {
      await this.db.read('certificate.signatoryLock', LOCK, [campaignId]);
      await this.db.write('certificate.signatoryClear', CLEAR, [campaignId]);
      for (const [i, lines] of kept.entries()) {
        const values = LINES.map((line) => lines[line].trim());
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
}

/** The lines of a signature, to be typed over. */
export function linesOf(signatory: Signatory | undefined): SignatoryLines {
  const { name, role } = signatory ?? { name: { fr: '', ar: '' }, role: { fr: '', ar: '' } };
  return { nameFr: name.fr, nameAr: name.ar, roleFr: role.fr, roleAr: role.ar };
}
