export { ToursModule } from './tours.module.js';
export { SeatsFreed, SessionHooks, SessionWatcher } from './session-hooks.js';
export { SessionQuery } from './session.query.js';
export { seatsLeft, SESSION_SELECT, type SessionRow, type UnitRow } from './session.row.js';
export {
  NOBODY_TOLD,
  type ToldInLanguage,
  type ToldPreview,
  ToldReckoner,
  ToldReckoning,
} from './told-preview.js';
export { SessionNotEditable } from './session.errors.js';
export { TourQuery } from './tour.query.js';
export { SessionDto } from './web/session.dto.js';
export { presentSession } from './web/session.presenter.js';
export { ToldPreviewDto } from './web/told.dto.js';
export { presentTold } from './web/told.view.js';
export { ClockRederiveService } from './clock-rederive.service.js';
