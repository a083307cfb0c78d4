export { CompletionModule } from './completion.module.js';
export type { CourseOfCampaign } from './completion.query.js';
export type { CompletionEvidence, CompletionRule, Learned } from './completion.rule.js';
export { CompletionService, type CompletionStanding } from './completion.service.js';
export { LearningFacts } from './learning-facts.js';
