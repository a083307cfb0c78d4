import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A folder for sounds, gone after the work. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'qafila-sounds-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Makes a sound by ffmpeg, from a source as its `lavfi` device describes it. */
export function soundOf(source: string, name: string, ...options: string[]): Promise<Buffer> {
  return inFolder(async (folder) => {
    const file = join(folder, name);
    await run('ffmpeg', ['-loglevel', 'error', '-f', 'lavfi', '-i', source, ...options, file]);
    return readFile(file);
  });
}

/** A tone that comes and goes as syllables do. */
export function speech(seconds: number, amplitude = 0.2, tone = 220): string {
  return `aevalsrc='${amplitude}*sin(2*PI*${tone}*t)*abs(sin(2*PI*2*t))':d=${seconds}:s=48000`;
}

/** What a kept sound is, as other programs see it. */
export function described(sound: Buffer): Promise<{
  codec: string;
  channels: number;
  tags: object;
  lufs: number;
  seconds: number;
  bitrate: number;
}> {
  return inFolder(async (folder) => {
    const file = join(folder, 'sound.m4a');
    await writeFile(file, sound);
    const { stdout } = await run('ffprobe', [
      '-v',
      'error',
      '-show_format',
      '-show_streams',
      '-of',
      'json',
      file,
    ]);
    const { streams, format } = JSON.parse(stdout) as {
      streams: { codec_name: string; channels: number; tags?: object; bit_rate: string }[];
      format: { duration: string; tags?: Record<string, string> };
    };
    const { stderr } = await run('ffmpeg', ['-i', file, '-af', 'ebur128', '-f', 'null', '-']);
    const lufs = Number([...stderr.matchAll(/I:\s+(-?[\d.]+) LUFS/g)].at(-1)?.[1]);
    const [stream] = streams;
    return {
      ...{
        codec: stream?.codec_name ?? '',
        channels: stream?.channels ?? 0,
        tags: { ...format.tags, ...stream?.tags },
      },
      ...{ lufs, seconds: Number(format.duration), bitrate: Number(stream?.bit_rate) },
    };
  });
}

/** A form with files as a browser sends it. */
export async function fileForm(
  fields: Readonly<Record<string, string>>,
  files: readonly { readonly field: string; readonly name: string; readonly content: Buffer }[],
): Promise<{ payload: Buffer; headers: Record<string, string> }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { field, name, content } of files) form.append(field, new Blob([new Uint8Array(content)]), name);
  const made = new Response(form);
  return {
    payload: Buffer.from(await made.arrayBuffer()),
    headers: { 'content-type': made.headers.get('content-type') ?? '' },
  };
}
