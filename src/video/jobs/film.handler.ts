import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { FilmElsewhere, FilmOfScript } from '../../courses/public.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { FileStore } from '../../shared/files/file-store.js';
import { type JobControl, type JobHandler, type JobPayload, LeaseLost } from '../../shared/jobs/job.js';
import { JobRunner } from '../../shared/jobs/job.runner.js';
import { FilmPlacement } from '../film-placement.service.js';
import { FilmProgress } from '../film-progress.js';
import { sweepScratch } from '../film-scratch.js';
import { FilmStudio } from '../film-studio.service.js';
import { FilmFailed, FilmRefused } from '../film.errors.js';
import { FilmStore, type FilmWork } from '../film.store.js';
import { FILM_KIND, FILM_TRIES } from '../films.service.js';
import { OneAtATime } from '../one-at-a-time.js';

/** Makes the film of an upload and puts it into its block. */
@Injectable()
export class FilmHandler implements JobHandler, OnModuleInit {
  readonly kind = FILM_KIND;
  private readonly logger = new Logger(FilmHandler.name);
  /** Encoding takes every processor: a second film only makes both late. */
  private readonly turn = new OneAtATime();

  constructor(
    private readonly runner: JobRunner,
    private readonly files: FileStore,
    private readonly store: FilmStore,
    private readonly studio: FilmStudio,
    private readonly placement: FilmPlacement,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async run(payload: JobPayload, control: JobControl): Promise<JobPayload> {
    const filmId = String(payload['filmId']);
    await this.sweep();
    const work = await this.store.work(filmId);
    // Placed by a run whose worker died before it could say so, or its upload is gone.
    if (work?.state !== 'working') return {};
    try {
      return await this.turn.take(control.signal, () => this.make(filmId, work, control));
    } catch (error) {
      return this.settle(filmId, reasonOf(error), control);
    }
  }

  private async make(filmId: string, work: FilmWork, control: JobControl): Promise<JobPayload> {
    const { sha256, bytes, spoken } = work;
    const progress = new FilmProgress((done, total) => control.progress(done, total));
    try {
      const source = () => this.files.read(sha256);
      const onProgress = (done: number, total: number): void => progress.show(done, total);
      const order = { source, sha256, bytes, spoken, signal: control.signal, onProgress };
      return await this.studio.make(order, async (made) => {
        await this.placement.place(filmId, work, made, (step) => control.commit(step));
        const { hash, durationMs } = made.film.video;
        return { hash, durationMs };
      });
    } finally {
      await progress.end();
    }
  }

  /** A file at fault is the end of it; anything else is tried again, and the last time its reason is kept. */
  private async settle(filmId: string, error: unknown, control: JobControl): Promise<JobPayload> {
    if (error instanceof LeaseLost) throw error;
    if (error instanceof FilmRefused) {
      const { code, params } = error;
      // What ffmpeg said is for whoever runs the server, not for the page.
      this.logger.log(`No film ${filmId}: ${code} ${JSON.stringify(params)}`);
      await control.commit(() => this.placement.fail(filmId, code, params));
      return { refused: code };
    }
    // A process that stops gives the try back: the next one makes the film.
    if (control.attempt >= FILM_TRIES && !control.isStopping()) {
      const code = error instanceof FilmFailed ? error.code : 'film-broke';
      await control.commit(() => this.placement.fail(filmId, code));
    }
    throw error;
  }

  /** What workers that were killed have left: folders, and films whose job was given up. */
  private async sweep(): Promise<void> {
    try {
      await sweepScratch();
      await this.placement.endAbandoned();
    } catch (error) {
      // It is tried again with the next film, and is no reason not to make this one.
      this.logger.warn(`What earlier films left could not be tidied: ${(error as Error).message}`);
    }
  }
}

/** The block it was made for may have gone meanwhile, or have been given a script. */
function reasonOf(error: unknown): unknown {
  const isGone = error instanceof NotFound && (error.what === 'part' || error.what === 'course');
  const isTaken = error instanceof FilmOfScript || error instanceof FilmElsewhere;
  return isGone || isTaken ? new FilmRefused('place-gone') : error;
}
