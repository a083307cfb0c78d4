import type { VideoScene } from '../course-file/course-document.js';
import { rasterized, stillJpeg } from './video-frames.js';
import { pictureAt, steppedPicture } from './picture-steps.js';

/** Later than anything moves in a scene, in milliseconds. */
const AFTER_ALL = 60_000;

/** The last moment of a scene as the still picture of its video. */
export async function lastMoment(svg: string, { narration, camera }: VideoScene): Promise<Buffer> {
  const starts = (narration.fr ?? []).map(() => 0);
  return stillJpeg(await rasterized(pictureAt(steppedPicture(svg), starts, camera, AFTER_ALL)));
}
