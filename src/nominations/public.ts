export { ImportService } from './import.service.js';
export { NominationsModule } from './nominations.module.js';
