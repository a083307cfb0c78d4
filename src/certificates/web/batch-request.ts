import { Injectable } from '@nestjs/common';
import type { StaffActor } from '../../shared/access/actor.js';
import { InvalidFields, NotFound } from '../../shared/errors/domain-error.js';
import { CertificateBatchService } from '../certificate-batch.service.js';
import { type CampaignPlace, CertificateScopeQuery } from '../certificate-scope.query.js';
import type { IssueBatchDto } from './certificate-input.dto.js';

/** Reads whom a batch is for, from the API or a form, and starts it. */
@Injectable()
export class BatchRequest {
  constructor(
    private readonly scopes: CertificateScopeQuery,
    private readonly batches: CertificateBatchService,
  ) {}

  /** @returns the job's id @throws InvalidFields, NotFound */
  async start(actor: StaffActor, campaign: CampaignPlace, body: IssueBatchDto): Promise<string> {
    const { sessionId, courseId, confirmNames } = body;
    if (sessionId !== undefined && courseId !== undefined) {
      throw new InvalidFields([{ pointer: '/courseId', code: 'session-or-course' }]);
    }
    if (sessionId !== undefined) {
      const session = await this.scopes.session(sessionId);
      if (session.campaignId !== campaign.campaignId) throw new NotFound('session');
    }
    const course = courseId === undefined ? null : await this.scopes.courseId(courseId);
    const { campaignId, organisationId } = campaign;
    const scope = { campaignId, organisationId, sessionId: sessionId ?? null, courseId: course };
    return this.batches.start(actor, scope, confirmNames ?? false);
  }
}
