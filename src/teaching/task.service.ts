import { Injectable } from '@nestjs/common';
import type { ExerciseBlock, PublishedModule } from '../courses/public.js';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { NotFound } from '../shared/errors/domain-error.js';
import { FileStore } from '../shared/files/file-store.js';
import { keepablePhoto } from '../shared/files/photo.js';
import { RateLimiter } from '../shared/limits/rate-limiter.js';
import { newId } from '../shared/new-id.js';
import { type HandInGiven, readHandIn } from './hand-in.js';
import type { Task } from './task.js';
import { TaskAccepted } from './task.errors.js';
import { TaskStore } from './task.store.js';

/** Hand-ins of one person in an hour: pictures cost time to make. */
const MAX_AN_HOUR = 30;
/** Longest side of a photo that is kept, in pixels: a trainer looks at details. */
const PHOTO_SIDE = 1600;

/** What people hand in for the exercises of the lessons. */
@Injectable()
export class TaskService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly store: TaskStore,
    private readonly files: FileStore,
    private readonly limiter: RateLimiter,
  ) {}

  /**
   * Takes what a person hands in. The same id again is the same step; after a return, and before any decision, one
   * hands in again, and all of it is kept.
   *
   * @throws NotFound for no such exercise; InvalidFields; PhotoTooLarge, NotAPhoto, PhotoUnusable; TaskAccepted; TooMany
   */
  async handIn(personId: string, module: PublishedModule, block: string, given: HandInGiven): Promise<Task> {
    const exercise = exerciseOf(module, block);
    const { photo, ...said } = readHandIn(given, exercise.proof);
    await this.limiter.hit({ bucket: `task:${personId}`, max: MAX_AN_HOUR, windowSeconds: 3600 });
    const kept = photo && (await this.files.put(await keepablePhoto(photo, PHOTO_SIDE)));
    const { id: moduleId, courseId, versionId } = module;
    return this.db.transaction(async () => {
      const at = this.clock.now();
      const task = await this.store.open(newId(), { personId, courseId, moduleId, block }, at);
      if (task.steps.some(({ id }) => id === said.id)) return task;
      if (task.state === 'accepted') throw new TaskAccepted();
      if (kept) await this.store.addFile(kept);
      await this.store.add(task.id, { ...said, kind: 'handed-in', at, versionId, photo: kept?.hash ?? null });
      return (await this.store.byId(task.id)) ?? task;
    });
  }
}

/** @throws NotFound for anything but an exercise of the module */
export function exerciseOf({ document }: PublishedModule, blockId: string): ExerciseBlock {
  const block = document.blocks.find(({ id }) => id === blockId);
  if (block?.kind !== 'exercise') throw new NotFound('exercise');
  return block;
}
