import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { type MadeTrack, type OwnSound } from '../courses/public.js';
import { AAC } from '../shared/film/master-playlist.js';
import { filesBelow } from '../shared/film/media-files.js';
import { playlistFigures } from '../shared/film/playlist-figures.js';
import { RecordingRefused } from '../shared/listening/recording.errors.js';
import {
  breaksOff,
  measuredLufs,
  measuredMs,
  SHORTEST_MS,
  SILENCE_LUFS,
  type SoundFormat,
  soundFormat,
} from '../shared/listening/sound-arguments.js';
import { filmGain } from './film-arguments.js';
import { judgeRun } from './film-complaints.js';
import { GRACE_MS } from './film-limits.js';
import { runFilmProgram } from './film-process.js';
import { handOver, makeFolders, makeScratch } from './film-scratch.js';
import { takeBack } from './film-takeback.js';
import { isWhole } from './film-writer.js';
import { FilmFailed } from './film.errors.js';
import { OneAtATime } from './one-at-a-time.js';
import { trackArguments, trackLoudness } from './track-arguments.js';
import { soundCut } from './track-cut.js';
import { trackRefusal } from './track-refusal.js';
import { TrackBusy, TrackTooLong } from './track.errors.js';

/** A sound that becomes one of a film's. */
export interface TrackOrder {
  readonly sound: Buffer;
  /** Of the film; its own sound says how another is cut. */
  readonly durationMs: number;
  readonly own: OwnSound;
  /** Milliseconds of the film before the sound begins. */
  readonly offsetMs: number;
}

/** What a track's maker says of it; who speaks, and in which language, its sender does. */
export type EncodedTrack = Pick<MadeTrack, 'folder' | 'files' | 'rates'>;

/** Bytes of a sound as it is sent: half an hour as a browser records it, twice. */
export const TRACK_BYTES = 32 * 1024 ** 2;
/** Milliseconds that any run may take, and for each second of a sound on a slow processor. */
const RUN_MS = 60_000;
const MS_FOR_EACH_MS = 0.2;
/** Sounds that may wait while one is made. */
const MOST_WAITING = 4;
const NAME = 'track';

/** How ffmpeg is run on a sound. */
interface TrackRun {
  readonly format: SoundFormat;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

/** Makes sounds of films of what somebody recorded: shut in as films are, and as long as their pictures. */
@Injectable()
export class TrackStudio implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  /** Others wait: the site answers meanwhile. */
  private readonly turn = new OneAtATime();

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /**
   * Makes a sound and hands it to `work`; its folder is gone afterwards, however it went.
   *
   * @throws RecordingRefused for what is no sound, is broken, silent or too large, or when ffmpeg is missing;
   *   TrackTooLong; NoRoomForVideo, also when `work` finds the disk full; TrackBusy when too many wait, or the server stops
   */
  async make<T>(order: TrackOrder, work: (made: EncodedTrack) => Promise<T>): Promise<T> {
    const { sound } = order;
    if (sound.length === 0) throw new RecordingRefused('empty');
    if (sound.length > TRACK_BYTES)
      throw new RecordingRefused('too-large', { limit: '32 MB', limitBytes: TRACK_BYTES });
    const format = soundFormat(sound.subarray(0, 16));
    if (!format) throw new RecordingRefused('not-sound');
    const { signal } = this.stopping;
    // Each that waits holds its sound in memory.
    if (this.turn.size > MOST_WAITING) throw new TrackBusy();
    const limitMs = RUN_MS + MS_FOR_EACH_MS * order.durationMs;
    try {
      return await this.turn.take(signal, () => this.shutIn(order, { format, limitMs, signal }, work));
    } catch (error) {
      // Also of `work`: the disk that is full may be the file store's.
      throw trackRefusal(error, limitMs);
    }
  }

  private async shutIn<T>(
    order: TrackOrder,
    run: TrackRun,
    work: (made: EncodedTrack) => Promise<T>,
  ): Promise<T> {
    const folder = await makeScratch();
    try {
      return await work(await this.encode(folder, order, run));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async encode(
    folder: string,
    { sound, durationMs, own, offsetMs }: TrackOrder,
    { format, limitMs, signal }: TrackRun,
  ): Promise<EncodedTrack> {
    const file = join(folder, 'source');
    await writeFile(file, sound);
    await handOver(file);
    // Whoever records stops a little after the picture.
    const longestMs = durationMs + GRACE_MS - offsetMs;
    const common = { program: 'ffmpeg' as const, folder, limitMs, signal };
    const heard = await runFilmProgram({ ...common, args: trackLoudness(file, format, longestMs) });
    judgeRun(heard, durationMs / 20);
    const lufs = measuredLufs(heard.stderr);
    const lengthMs = measuredMs(heard.stderr);
    if (lufs === undefined) throw new RecordingRefused('not-sound');
    if (breaksOff(heard.stderr, format, lengthMs, longestMs))
      throw new RecordingRefused('corrupt', { why: 'unexpected end of file' });
    if (lengthMs < SHORTEST_MS) throw new RecordingRefused('too-short');
    if (lengthMs > longestMs) throw new TrackTooLong(durationMs);
    if (lufs < SILENCE_LUFS) throw new RecordingRefused('silent');
    await makeFolders(folder, ['made', 'made/hls', `made/hls/${NAME}`]);
    const out = join(folder, 'made/hls', NAME);
    const recipe = {
      ...{ durationMs, offsetMs, gainDb: filmGain(lufs) },
      cut: soundCut(own.playlist, own.init),
    };
    judgeRun(await runFilmProgram({ ...common, args: trackArguments(file, format, out, recipe) }));
    await takeBack(folder, [NAME], { poster: false });
    const playlist = join(out, 'index.m3u8');
    if (!(await isWhole(playlist))) throw new FilmFailed('no-room');
    const { peak, average, bytes } = await playlistFigures(playlist);
    const rates = { codecs: AAC, bandwidth: peak, averageBandwidth: average, bytes };
    return { folder: out, files: await filesBelow(out), rates };
  }
}
