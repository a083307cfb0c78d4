import type { MediaManifest, VideoBlock } from './course-document.js';

/** The video of a block, where the media have it: rendered from its script, or filmed for it and no other. */
export function videoOf(
  { id, script }: VideoBlock,
  media: MediaManifest | undefined,
): MediaManifest['video'] | undefined {
  const video = media?.video;
  return video && (script ? video.block === undefined : video.block === id) ? video : undefined;
}
