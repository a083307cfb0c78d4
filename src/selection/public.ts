export { sha256 } from './draw.js';
export { DrawSecrets } from './draw-secret.js';
export { type Contender, rank } from './ranking.js';
export { SelectionModule } from './selection.module.js';
