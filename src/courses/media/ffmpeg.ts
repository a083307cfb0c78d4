import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Characters of ffmpeg's complaint that are shown. */
const STDERR_TAIL = 2000;

/** Runs ffmpeg with `input` on its standard input; anything it complains about is a failure, as it exits 0 on some broken input. */
export async function runFfmpeg(
  args: readonly string[],
  input: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const child = spawn('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_TAIL)));
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new Error('ffmpeg is not installed (apt-get install ffmpeg)') : error);
    });
    child.once('close', resolve);
  });
  // When ffmpeg dies the pipe breaks too; its own words say more, so they come first.
  const written = pipeline(Readable.from(input), child.stdin).then(
    () => undefined,
    (error: Error) => error,
  );
  const code = await exited;
  const broken = await written;
  if (code !== 0 || stderr.trim() !== '') throw new Error(`ffmpeg failed (${code}): ${stderr.trim()}`);
  if (broken) throw broken;
}
