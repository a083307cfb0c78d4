import { Module } from '@nestjs/common';
import { CampaignQuery } from './campaign.query.js';
import { CampaignApiController } from './web/campaign.api.controller.js';

@Module({ controllers: [CampaignApiController], providers: [CampaignQuery], exports: [CampaignQuery] })
export class CampaignsModule {}
