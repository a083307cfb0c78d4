export type { Deed } from './engine/action.js';
export { PracticeModule } from './practice.module.js';
export { ScenarioShelf } from './scenario-shelf.service.js';
