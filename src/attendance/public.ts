export { AttendanceModule } from './attendance.module.js';
export { AttendanceService, type BatchAnswer } from './attendance.service.js';
export { type Batch, readBatch } from './batch-reader.js';
export { ClosingService } from './closing.service.js';
export { type Pass, PassService } from './pass.service.js';
export type { Mark } from './presence.js';
export { PresenceHooks, PresenceWatcher } from './presence-hooks.js';
export { PresenceRebuildService, type RebuildReport } from './presence-rebuild.service.js';
