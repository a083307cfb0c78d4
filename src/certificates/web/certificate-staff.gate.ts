import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { readCertificateCode } from '../certificate-code.js';
import type { CertificateRow } from '../certificate.js';
import { mayIssueIn, mayIssueInRoom, mayReadIn } from '../certificate.policy.js';
import { CertificateQuery } from '../certificate.query.js';
import { type CampaignPlace, CertificateScopeQuery, type SessionPlace } from '../certificate-scope.query.js';

/** Finds what a request of the staff is about; what is somebody else's is as unknown as what does not exist. */
@Injectable()
export class CertificateStaffGate {
  constructor(
    private readonly scopes: CertificateScopeQuery,
    private readonly query: CertificateQuery,
  ) {}

  /** @param key id or slug @throws NotFound */
  async campaign(actor: StaffActor, key: string, want: 'read' | 'issue'): Promise<CampaignPlace> {
    const campaign = await this.scopes.campaign(key);
    if (!(want === 'issue' ? mayIssueIn : mayReadIn)(actor, campaign)) throw new NotFound('campaign');
    return campaign;
  }

  /** A session whose people the actor may issue to. @throws NotFound */
  async session(actor: StaffActor, id: string): Promise<SessionPlace> {
    const session = await this.scopes.session(id);
    if (!mayIssueInRoom(actor, session)) throw new NotFound('session');
    return session;
  }

  /** @throws NotFound */
  async certificate(actor: StaffActor, typed: string, want: 'read' | 'issue'): Promise<CertificateRow> {
    const code = readCertificateCode(typed);
    const row = code === undefined ? undefined : await this.query.byCode(code);
    if (!row || !(want === 'issue' ? mayIssueIn : mayReadIn)(actor, row)) throw new NotFound('certificate');
    return row;
  }
}
