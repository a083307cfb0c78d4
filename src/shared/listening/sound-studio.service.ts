import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { VOICE } from '../files/media-shelf.service.js';
import { probeDurationMs } from './probe.js';
import { RecordingRefused } from './recording.errors.js';
import {
  breaksOff,
  complaintOf,
  encodeArguments,
  gainFor,
  LONGEST_MS,
  measureArguments,
  measuredLufs,
  measuredMs,
  SHORTEST_MS,
  SILENCE_LUFS,
  SOUND_BYTES,
  type SoundFormat,
  soundFormat,
} from './sound-arguments.js';

/** A sound as it is kept, in a folder that is gone after the work. */
export interface MadeSound {
  readonly folder: string;
  readonly file: string;
  readonly bytes: number;
  readonly durationMs: number;
}

/** Milliseconds that one run of ffmpeg may take. */
const RUN_MS = 60_000;
/** Sounds made at once in a process: the others wait, and the site answers meanwhile. */
const AT_ONCE = 2;
/** How long "ffmpeg is not there" is believed: somebody may be installing it. */
const BELIEVED_MS = 30_000;

/** Makes every recording alike: decoded, brought to one loudness, encoded anew. */
@Injectable()
export class SoundStudio {
  /** The program, as the system finds it. */
  protected readonly program: string = 'ffmpeg';
  private free = AT_ONCE;
  private readonly waiting: (() => void)[] = [];
  private known?: { readonly there: Promise<boolean>; readonly until: number };

  /** Can recordings be taken in here? */
  isReady(): Promise<boolean> {
    const now = performance.now();
    if (!this.known || this.known.until < now) {
      const there = run(this.program, ['-version']).then(
        () => true,
        () => false,
      );
      this.known = { there, until: now + BELIEVED_MS };
    }
    return this.known.there;
  }

  /**
   * Makes a recording of ours from whatever was recorded or chosen, and hands it to `work`.
   *
   * @param longestMs milliseconds of the longest that is taken
   * @throws RecordingRefused for what is none, is broken, silent, too long or too large, or when ffmpeg is missing
   */
  async make<T>(sound: Buffer, work: (made: MadeSound) => Promise<T>, longestMs = LONGEST_MS): Promise<T> {
    if (sound.length === 0) throw new RecordingRefused('empty');
    if (sound.length > SOUND_BYTES)
      throw new RecordingRefused('too-large', { limit: '10 MB', limitBytes: SOUND_BYTES });
    const format = soundFormat(sound.subarray(0, 16));
    if (!format) throw new RecordingRefused('not-sound');
    if (!(await this.isReady())) throw new RecordingRefused('no-ffmpeg');
    await this.enter();
    let folder: string | undefined;
    try {
      folder = await mkdtemp(join(tmpdir(), 'qafila-sound-'));
      return await work(await this.encode(sound, format, folder, longestMs));
    } finally {
      this.leave();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  }

  private async encode(
    sound: Buffer,
    format: SoundFormat,
    folder: string,
    longestMs: number,
  ): Promise<MadeSound> {
    const [taken, file] = [join(folder, 'taken'), join(folder, VOICE)];
    await writeFile(taken, sound);
    const measured = await ffmpeg(this.program, measureArguments(taken, format, longestMs));
    const lufs = measuredLufs(measured);
    if (lufs === undefined) throw new RecordingRefused('not-sound');
    const lengthMs = measuredMs(measured);
    if (breaksOff(measured, format, lengthMs, longestMs))
      throw new RecordingRefused('corrupt', { why: 'unexpected end of file' });
    if (lengthMs < SHORTEST_MS) throw new RecordingRefused('too-short');
    if (lengthMs > longestMs) throw new RecordingRefused('too-long', { minutes: longestMs / 60_000 });
    if (lufs < SILENCE_LUFS) throw new RecordingRefused('silent');
    await ffmpeg(this.program, encodeArguments(taken, format, file, { gainDb: gainFor(lufs), longestMs }));
    const durationMs = await probeDurationMs(file);
    return { folder, file: VOICE, bytes: (await stat(file)).size, durationMs };
  }

  private async enter(): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}

/** Runs ffmpeg and judges by what it says: on some broken input it ends well all the same. */
async function ffmpeg(program: string, args: readonly string[]): Promise<string> {
  const { stderr, failed } = await run(program, args);
  if (/does not contain any stream|matches no streams/.test(stderr)) throw new RecordingRefused('not-sound');
  const why = complaintOf(stderr);
  if (failed || why) throw new RecordingRefused('corrupt', { why: why ?? 'ffmpeg' });
  return stderr;
}

/** @throws RecordingRefused when the program is missing, or takes too long */
function run(program: string, args: readonly string[]): Promise<{ stderr: string; failed: boolean }> {
  return new Promise((resolve, reject) => {
    const options = { timeout: RUN_MS, killSignal: 'SIGKILL' as const, maxBuffer: 4 * 1024 * 1024 };
    execFile(program, args, options, (error, _stdout, stderr) => {
      if (error?.code === 'ENOENT') reject(new RecordingRefused('no-ffmpeg'));
      else if (error?.killed) reject(new RecordingRefused('too-slow', { seconds: RUN_MS / 1000 }));
      else resolve({ stderr, failed: error !== null });
    });
  });
}
