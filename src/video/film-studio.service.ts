import { createWriteStream } from 'node:fs';
import { lstat, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { measuredLufs } from '../shared/listening/sound-arguments.js';
import {
  filmArguments,
  filmGain,
  filmSeconds,
  loudnessArguments,
  packetArguments,
  posterArguments,
  probeArguments,
  type Recipe,
} from './film-arguments.js';
import { judgeRun } from './film-complaints.js';
import { constantRate, ladder } from './film-ladder.js';
import { MOST_PACKETS } from './film-limits.js';
import {
  type Container,
  containerOf,
  judge,
  judgeLengths,
  type Judgement,
  type Lengths,
  type Plan,
  type Probe,
} from './film-probe.js';
import { type FilmCommand, runFilmProgram } from './film-process.js';
import { handOver, makeFolders, makeScratch } from './film-scratch.js';
import { takeBack } from './film-takeback.js';
import { isWhole, POSTER, writeFilm } from './film-writer.js';
import { PacketCount } from './packet-count.js';
import { FilmFailed, FilmRefused } from './film.errors.js';
import { type MadeFilm } from './film.js';
import { type Spoken } from './upload.js';

/** What a film is made of, and for whom. */
export interface FilmOrder {
  /** Opens the file that was sent. */
  readonly source: () => Promise<Readable>;
  /** Its SHA-256 and size. */
  readonly sha256: string;
  readonly bytes: number;
  readonly spoken: Spoken;
  readonly signal: AbortSignal;
  /** Called some twice a second with milliseconds of the source that are done, and all. */
  readonly onProgress: (doneMs: number, totalMs: number) => void;
}

/** Milliseconds that a look at a file may take, and that one second of a film may take on two slow processors. */
const LOOK_MS = 60_000;
const MS_FOR_EACH_MS = 6;
/** Bytes below which a disk is full: less than a segment and the copy of a segment. */
const LEAST_ROOM = 2 * 1024 ** 2;

/** Makes films: looks at what was sent, refuses it with a reason or encodes it, shut in and in a folder of its own. */
@Injectable()
export class FilmStudio {
  /**
   * Makes a film and hands it to `work`; its folder is gone afterwards, however it went.
   *
   * @throws FilmRefused for a file that no film can be made of, FilmFailed when the work broke off
   */
  async make<T>(order: FilmOrder, work: (made: MadeFilm) => Promise<T>): Promise<T> {
    let folder: string | undefined;
    try {
      folder = await makeScratch();
      return await work(await this.encode(folder, order));
    } catch (error) {
      throw isNoRoom(error) ? new FilmFailed('no-room') : error;
    } finally {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  }

  private async encode(folder: string, order: FilmOrder): Promise<MadeFilm> {
    const file = join(folder, 'source');
    await pipeline(await order.source(), createWriteStream(file), { signal: order.signal }).catch((error) => {
      throw order.signal.aborted ? new FilmFailed('interrupted') : error;
    });
    await handOver(file);
    const container = containerOf(await headOf(file));
    if (!container) throw new FilmRefused('not-video');
    const plan = await this.plan(folder, file, container, order);
    const lengths = await this.lengths(folder, file, container, plan, order.signal);
    const { width, height, average, base } = plan.video;
    const rate = constantRate(average, base);
    const durationMs = Math.max(lengths.videoMs, lengths.audioMs);
    order.onProgress(0, durationMs);
    const gainDb = plan.audio
      ? await this.gain(folder, file, container, plan.audio.index, durationMs, order)
      : 0;
    const renditions = ladder(width, height, rate);
    const recipe: Recipe = { container, plan, durationMs, renditions, rate, gainDb };
    const made = join(folder, 'made');
    await this.run(folder, made, file, recipe, lengths, order);
    const film = await writeFilm(made, recipe, { spoken: order.spoken, sourceDigest: order.sha256 });
    // What is shorter than was read has lost pictures without a word.
    if (film.video.durationMs < filmSeconds(recipe) * 1000 - (2000 * rate.den) / rate.num)
      throw new FilmRefused('damaged', { why: 'pictures are missing' });
    return { folder: made, film };
  }

  private async plan(
    folder: string,
    file: string,
    container: Container,
    { bytes, signal }: FilmOrder,
  ): Promise<Plan> {
    const args = probeArguments(file, container);
    const outcome = await runFilmProgram({ program: 'ffprobe', args, folder, limitMs: LOOK_MS, signal });
    if (outcome.code !== 0) judgeRun(outcome);
    return accepted(judge(JSON.parse(outcome.stdout) as Probe, { container, bytes }));
  }

  /** Reads every packet once, without decoding: heads promise what is not there, or say nothing. */
  private async lengths(
    folder: string,
    file: string,
    container: Container,
    plan: Plan,
    signal: AbortSignal,
  ): Promise<Lengths> {
    const count = new PacketCount(plan);
    const onLine = (line: string): void => count.add(line);
    const args = packetArguments(file, container);
    const outcome = await runFilmProgram({
      ...{ program: 'ffprobe', args, folder, signal, onLine },
      limitMs: 2 * LOOK_MS,
    });
    if (outcome.code !== 0) judgeRun(outcome);
    const lengths = count.lengths();
    const refused = judgeLengths(plan, lengths);
    if (refused) accepted(refused);
    if (count.packets > MOST_PACKETS) throw new FilmRefused('damaged', { why: `${count.packets} packets` });
    return lengths;
  }

  private async gain(
    folder: string,
    file: string,
    container: Container,
    stream: number,
    durationMs: number,
    { signal }: FilmOrder,
  ): Promise<number> {
    const args = loudnessArguments(file, container, stream);
    const limitMs = LOOK_MS + durationMs;
    const outcome = await runFilmProgram({ program: 'ffmpeg', args, folder, limitMs, signal });
    // A piece of sound is some 20 ms.
    judgeRun(outcome, durationMs / 20);
    return filmGain(measuredLufs(outcome.stderr));
  }

  private async run(
    folder: string,
    made: string,
    file: string,
    recipe: Recipe,
    { pictures }: Lengths,
    { signal, onProgress }: FilmOrder,
  ): Promise<void> {
    const names = [...recipe.renditions.map(({ name }) => name), 'audio'];
    await makeFolders(folder, ['made', 'made/hls', ...names.map((name) => `made/hls/${name}`)]);
    const { durationMs } = recipe;
    const onLine = (line: string): void => {
      const [, micros] = /^out_time_us=(\d+)$/.exec(line) ?? [];
      if (micros !== undefined)
        onProgress(Math.min(durationMs, Math.floor(Number(micros) / 1000)), durationMs);
    };
    const limitMs = 2 * LOOK_MS + MS_FOR_EACH_MS * durationMs;
    const common = { folder, limitMs, signal, program: 'ffmpeg' as const };
    judgeRun(await runFilmProgram({ ...common, args: filmArguments(file, made, recipe), onLine }), pictures);
    // Before we look at anything that it wrote: the last that ffmpeg is asked for.
    await this.poster(made, recipe, common);
    await takeBack(folder, names);
    for (const name of names) {
      if (!(await isWhole(join(made, 'hls', name, 'index.m3u8')))) throw await unfinished(made, name);
    }
  }

  private async poster(made: string, recipe: Recipe, common: Omit<FilmCommand, 'args'>): Promise<void> {
    const largest = join(made, 'hls', recipe.renditions.at(-1)?.name ?? '', 'index.m3u8');
    const out = join(made, POSTER);
    for (const evenBlack of [false, true]) {
      const args = posterArguments(largest, out, { evenBlack });
      const outcome = await runFilmProgram({ ...common, args });
      if ((await lstat(out).catch(() => undefined))?.size) return;
      if (evenBlack) throw await unfinished(made, outcome.stderr.slice(0, 300));
    }
  }
}

function accepted(judgement: Judgement): Plan {
  if (judgement.plan) return judgement.plan;
  throw new FilmRefused(judgement.refused.code, judgement.refused.params);
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Why something is missing that ffmpeg did not complain of: the disk is full, or it is not known. */
async function unfinished(folder: string, detail: string): Promise<FilmFailed> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < LEAST_ROOM
    ? new FilmFailed('no-room')
    : new FilmFailed('broke', `unfinished: ${detail}`);
}

/** The disk is full, or what we may take of it. */
function isNoRoom(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'ENOSPC' || code === 'EDQUOT';
}
