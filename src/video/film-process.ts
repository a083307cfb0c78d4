import { spawn } from 'node:child_process';
import { type Readable } from 'node:stream';
import { ensureServiceUser, isRoot } from '../shared/database/embedded/service-user.js';
import { FilmFailed } from './film.errors.js';

/** A program of ffmpeg on a file that somebody sent. */
export interface FilmCommand {
  readonly program: 'ffmpeg' | 'ffprobe';
  readonly args: readonly string[];
  /** Scratch folder; the program starts in it. */
  readonly folder: string;
  /** After so many milliseconds it is killed. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Lines of its standard output as they come; without it they are collected. */
  readonly onLine?: (line: string) => void;
}

export interface FilmOutcome {
  /** Exit code; 128 and the number of the signal for what was killed. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bytes of memory that can be addressed: decoding 8K and four encoders take a third of it. */
const MEMORY_BYTES = 4 * 1024 ** 3;
/** Bytes of one file that may be written; a segment takes a hundredth. */
const FILE_BYTES = 64 * 1024 ** 2;
/** Seconds of processor for each second of time. */
const PROCESSORS = 8;
/** Characters of what a program says that are kept: of an answer, and of complaints, the first and the last. */
const ANSWER = 8_000_000;
const COMPLAINTS = 100_000;

/**
 * Sets limits, starts the program and watches the pipe on descriptor 3: when this process is gone, however it went,
 * the pipe ends and the group is killed. A limit that the system has set lower already stays.
 */
const WATCHED = `
ulimit -c 0 2>/dev/null; ulimit -n 256 2>/dev/null
ulimit -f "$1" 2>/dev/null; ulimit -v "$2" 2>/dev/null; ulimit -t "$3" 2>/dev/null
shift 3
"$@" 3<&- </dev/null &
work=$!
{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 &
watch=$!
exec 3<&- 1>&- 2>&-
wait $work
code=$?
kill -KILL $watch
exit $code`;

/** The whole environment: nothing of ours leaks in, and no home is read. */
const ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', TZ: 'UTC', HOME: '/nonexistent', LC_ALL: 'C' };

/** The system user that ffmpeg runs as when Qafila is root. It owns scratch folders and nothing else. */
export const FILM_USER = 'qafila-film';

/** Who runs ffmpeg when this process is root: not the user of the embedded PostgreSQL, who owns every row we have. */
export async function filmUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (!isRoot()) return undefined;
  const { uid, gid } = await ensureServiceUser(() => undefined, FILM_USER);
  return { uid, gid };
}

/**
 * Runs ffmpeg or ffprobe shut in: limited in time, memory, processor and file size, as a user without rights where we
 * are root, in a group of its own that ends with this process.
 *
 * @throws FilmFailed when it is not installed, takes too long, or is aborted
 */
export async function runFilmProgram(command: FilmCommand): Promise<FilmOutcome> {
  const { program, args, folder, limitMs, signal, onLine } = command;
  if (signal.aborted) throw new FilmFailed('interrupted');
  const limits = [FILE_BYTES / 512, MEMORY_BYTES / 1024, Math.ceil((limitMs / 1000) * PROCESSORS)];
  const child = spawn('/bin/sh', ['-c', WATCHED, 'sh', ...limits.map(String), program, ...args], {
    ...(await filmUser()),
    ...{ cwd: folder, env: ENVIRONMENT, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  });
  let stopped: 'too-slow' | 'interrupted' | undefined;
  const stop = (why: typeof stopped): void => {
    stopped ??= why;
    killGroup(child.pid);
  };
  const abort = (): void => stop('interrupted');
  const timer = setTimeout(() => stop('too-slow'), limitMs);
  signal.addEventListener('abort', abort, { once: true });
  try {
    const stdout = onLine
      ? followed(child.stdout as Readable, onLine)
      : collected(child.stdout as Readable, ANSWER);
    const stderr = collected(child.stderr as Readable, COMPLAINTS);
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve(status ?? 137));
    });
    if (stopped) throw new FilmFailed(stopped, `${program}, ${limitMs / 1000} s`);
    // What the shell answers for a program that is not there.
    if (code === 127) throw new FilmFailed('no-ffmpeg');
    return { code, stdout: stdout(), stderr: stderr() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** The first and the last of a text that may be endless. */
function collected(stream: Readable, most: number): () => string {
  let [head, tail] = ['', ''];
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const room = Math.max(0, most / 2 - head.length);
    head += chunk.slice(0, room);
    tail = (tail + chunk.slice(room)).slice(-most / 2);
  });
  return () => head + tail;
}

function followed(stream: Readable, onLine: (line: string) => void): () => string {
  let rest = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(0, 10_000);
    for (const line of lines) onLine(line);
  });
  return () => '';
}
