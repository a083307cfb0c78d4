export { CampaignsModule } from './campaigns.module.js';
export { CampaignQuery, type CampaignRow, isEnrolmentOpen, type Words } from './campaign.query.js';
export {
  type CampaignScope,
  hasRoleIn,
  MANAGING_ROLES,
  mayManage,
  mayReadPlan,
  type Reach,
  reachOf,
  READING_ROLES,
} from './campaign.policy.js';
export { CampaignCourseDto, NamedDto } from './web/campaign.dto.js';
export { inLanguage } from './web/campaign.presenter.js';
