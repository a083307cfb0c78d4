import { Module } from '@nestjs/common';
import { CertificateBatchQuery } from './certificate-batch.query.js';
import { CertificateBatchService } from './certificate-batch.service.js';
import { CertificateChangeService } from './certificate-change.service.js';
import { CertificateCheckService } from './certificate-check.service.js';
import { CertificateIssuer } from './certificate.issuer.js';
import { CompletionModule } from '../completion/public.js';
import { CertificateJournal } from './certificate.journal.js';
import { CertificateNotice } from './certificate-notice.js';
import { CertificateLink } from './certificate-link.js';
import { CertificatePrinter } from './certificate.printer.js';
import { CertificateQuery } from './certificate.query.js';
import { CertificateRoomQuery } from './certificate-room.query.js';
import { CertificateRoomService } from './certificate-room.service.js';
import { CertificateScopeQuery } from './certificate-scope.query.js';
import { CertificateService } from './certificate.service.js';
import { CertificateStore } from './certificate.store.js';
import { CertificateTextsService } from './certificate-texts.service.js';
import { CompletionGate } from './completion-gate.js';
import { IssueChecks } from './issue-checks.js';
import { CertificateBatchHandler } from './jobs/certificate-batch.handler.js';
import { CertificateNoticeHandler } from './jobs/certificate-notice.handler.js';
import { LogoService } from './logo.service.js';
import { LogoStore } from './logo.store.js';
import { NameConfirmationService } from './name-confirmation.service.js';
import { SignatoryService } from './signatory.service.js';
import { SpecimenService } from './specimen.service.js';
import { BatchJobPagesController } from './web/batch-job.pages.controller.js';
import { BatchRequest } from './web/batch-request.js';
import { CampaignCertificatesApiController } from './web/campaign-certificates.api.controller.js';
import { CertificateApiController } from './web/certificate.api.controller.js';
import { CertificateStaffGate } from './web/certificate-staff.gate.js';
import { CheckPagesController } from './web/check.pages.controller.js';
import { LogosApiController } from './web/logos.api.controller.js';
import { LogosPagesController } from './web/logos.pages.controller.js';
import { MyCertificatesApiController } from './web/my-certificates.api.controller.js';
import { MyCertificatesPagesController } from './web/my-certificates.pages.controller.js';
import { RoomPagesController } from './web/room.pages.controller.js';
import { SessionCertificatesApiController } from './web/session-certificates.api.controller.js';
import { SignatoryPagesController } from './web/signatory.pages.controller.js';
import { StaffCampaignPagesController } from './web/staff-campaign.pages.controller.js';
import { StaffCertificatePagesController } from './web/staff-certificate.pages.controller.js';
import { TextsApiController } from './web/texts.api.controller.js';
import { TextsPagesController } from './web/texts.pages.controller.js';

@Module({
  imports: [CompletionModule],
  controllers: [
    CertificateApiController,
    CampaignCertificatesApiController,
    SessionCertificatesApiController,
    MyCertificatesApiController,
    CheckPagesController,
    MyCertificatesPagesController,
    RoomPagesController,
    SignatoryPagesController,
    TextsApiController,
    TextsPagesController,
    LogosApiController,
    LogosPagesController,
    StaffCampaignPagesController,
    BatchJobPagesController,
    StaffCertificatePagesController,
  ],
  providers: [
    CertificateQuery,
    CertificateStore,
    CertificatePrinter,
    CertificateIssuer,
    CertificateService,
    CertificateChangeService,
    CertificateBatchQuery,
    CertificateBatchService,
    CertificateBatchHandler,
    CertificateNoticeHandler,
    CertificateCheckService,
    CertificateLink,
    CertificateJournal,
    CertificateNotice,
    CertificateRoomQuery,
    CertificateRoomService,
    CertificateScopeQuery,
    CertificateStaffGate,
    CertificateTextsService,
    CompletionGate,
    IssueChecks,
    LogoService,
    LogoStore,
    NameConfirmationService,
    SignatoryService,
    SpecimenService,
    BatchRequest,
  ],
  exports: [CertificateQuery, CertificateIssuer, CertificateLink],
})
export class CertificatesModule {}
