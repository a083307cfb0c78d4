export { CompletionModule } from './completion.module.js';
export type { CourseOfCampaign } from './completion.query.js';
export {
  type CompletionEvidence,
  type CompletionRule,
  type Learned,
  unitsNeeded,
} from './completion.rule.js';
export { CompletionService, type CompletionStanding } from './completion.service.js';
export { LearningFacts } from './learning-facts.js';
