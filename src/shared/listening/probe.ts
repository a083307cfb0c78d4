import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Length of an audio or video file in whole milliseconds, by ffprobe. */
export async function probeDurationMs(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)('ffprobe', [
    ...['-v', 'error', '-show_entries', 'format=duration', '-of', 'default=noprint_wrappers=1:nokey=1', file],
  ]);
  return Math.round(Number(stdout) * 1000);
}
