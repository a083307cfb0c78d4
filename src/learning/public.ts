export { LearningHooks, LearningWatcher } from './learning-hooks.js';
export { LearningModule } from './learning.module.js';
export { LearningQuery, type ModuleFacts, type ModuleProgress, type QuizProgress } from './learning.query.js';
export type { VideoProgress } from './progress.service.js';
export { ProgressStore } from './progress.store.js';
export { type Answers, markQuiz } from './quiz-marking.js';
export { parseProgress } from './progress-events.js';
