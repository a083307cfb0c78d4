import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Organisation } from './organisation.entity.js';
import { OrganisationService } from './organisation.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Organisation], 'requests'),
    TypeOrmModule.forFeature([Organisation], 'jobs'),
  ],
  providers: [OrganisationService],
  exports: [OrganisationService],
})
export class OrganisationsModule {}
