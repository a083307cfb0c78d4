import type { PackFile } from '../lesson-pack.js';
import type { PackBytesDto } from './pack.dto.js';

/** What files weigh, each once. */
export function presentBytes(files: readonly PackFile[]): PackBytesDto {
  const bytes = { withoutVideo: 0, withVideo: 0 };
  for (const file of new Map(files.map((each) => [each.url, each])).values()) {
    bytes.withVideo += file.bytes;
    if (file.part !== 'video' && file.part !== 'player') bytes.withoutVideo += file.bytes;
  }
  return bytes;
}
