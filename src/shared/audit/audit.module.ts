import { Global, Module } from '@nestjs/common';
import { AuditLog } from './audit-log.js';
import { AuditSealService } from './audit-seal.service.js';

@Global()
@Module({ providers: [AuditLog, AuditSealService], exports: [AuditLog, AuditSealService] })
export class AuditModule {}
