export { type FilmState, Films } from './films.service.js';
export { VideoModule } from './video.module.js';
