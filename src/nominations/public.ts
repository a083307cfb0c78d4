export { ImportConfirmation } from './import-confirmation.service.js';
export { ImportService } from './import.service.js';
export { NominationsModule } from './nominations.module.js';
export type { ImportRecord } from './import.store.js';
