import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock/clock.js';
import { Database } from '../shared/database/database.js';
import { InvalidFields } from '../shared/errors/domain-error.js';
import { keepablePhoto, PHOTO_TYPE } from '../shared/files/photo.js';
import { StoredFiles } from '../shared/files/stored-files.js';
import { JobQueue } from '../shared/jobs/job.queue.js';
import { RateLimiter } from '../shared/limits/rate-limiter.js';
import { isUuid } from '../shared/new-id.js';
import type { OpenShop } from './open-shop.js';
import { ShopService } from './shop.service.js';

/** Job that takes a photo out of the store. */
export const PHOTO_GONE = 'practice.photo-gone';
/** Photos of one person in an hour: they cost time to make. */
const MAX_AN_HOUR = 60;
/** Longest side of what is kept, in pixels: a phone's screen, and half a page of the catalogue. */
const PHOTO_SIDE = 1000;

const FIND = `SELECT hash FROM practice_photo WHERE shop_id = $1 AND good = $2`;
const SET = `
  INSERT INTO practice_photo (shop_id, good, hash, taken_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT ON CONSTRAINT practice_photo_pkey DO UPDATE SET hash = excluded.hash, taken_at = excluded.taken_at`;
const REMOVE = `DELETE FROM practice_photo WHERE shop_id = $1 AND good = $2`;

/** A photo for a good, as it was sent; `id` is the deed's, made by the client. */
export interface PhotoGiven {
  readonly id: unknown;
  readonly good: string;
  readonly photo: unknown;
}

/** Trainees' own photos: kept with the deed that shows them, one a good; a replaced one leaves the store. */
@Injectable()
export class ShopPhotos {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly shops: ShopService,
    private readonly files: StoredFiles,
    private readonly jobs: JobQueue,
    private readonly limiter: RateLimiter,
  ) {}

  /**
   * Puts a photo on the sheet of a good, in place of the one before. The same id again changes nothing.
   *
   * @throws NotFound; InvalidFields; PhotoTooLarge, NotAPhoto, PhotoUnusable; DeedRefused for a good nobody makes; TooMany
   */
  async put(personId: string, shopId: string, given: PhotoGiven): Promise<OpenShop> {
    const { good } = given;
    await this.shops.own(personId, shopId);
    const { id, photo } = readPhoto(given);
    await this.limiter.hit({ bucket: `practice-photo:${personId}`, max: MAX_AN_HOUR, windowSeconds: 3600 });
    const content = await keepablePhoto(photo, PHOTO_SIDE);
    return this.shops.perform(
      personId,
      shopId,
      () => ({ id, deed: { kind: 'photo.add', good } }),
      async () => {
        const before = await this.hashOf(shopId, good);
        const hash = await this.files.keep(content, PHOTO_TYPE);
        await this.db.write('practice.setPhoto', SET, [shopId, good, hash, this.clock.now()]);
        if (before !== undefined && before !== hash) await this.forget(before);
      },
    );
  }

  /** Takes it away again, from the sheet and from the store. @throws NotFound; InvalidFields; DeedRefused when there is none */
  async remove(personId: string, shopId: string, { id, good }: Omit<PhotoGiven, 'photo'>): Promise<OpenShop> {
    return this.shops.perform(
      personId,
      shopId,
      () => ({ id: readId(id), deed: { kind: 'photo.remove', good } }),
      async () => {
        const hash = await this.hashOf(shopId, good);
        await this.db.write('practice.removePhoto', REMOVE, [shopId, good]);
        if (hash !== undefined) await this.forget(hash);
      },
    );
  }

  /** Name of the photo in the store. */
  async hashOf(shopId: string, good: string): Promise<string | undefined> {
    return (await this.db.readOne<{ hash: string }>('practice.photo', FIND, [shopId, good]))?.hash;
  }

  private async forget(hash: string): Promise<void> {
    await this.jobs.enqueue({ kind: PHOTO_GONE, payload: { hash } });
  }
}

function readId(id: unknown): string {
  if (typeof id !== 'string' || !isUuid(id))
    throw new InvalidFields([{ pointer: '/id', code: id === undefined ? 'required' : 'not-an-id' }]);
  return id.toLowerCase();
}

function readPhoto({ id, photo }: PhotoGiven): { id: string; photo: Buffer } {
  if (Buffer.isBuffer(photo) && photo.length > 0) return { id: readId(id), photo };
  // A form without a file sends its name with nothing.
  const isMissing = photo === undefined || photo === '' || Buffer.isBuffer(photo);
  throw new InvalidFields([{ pointer: '/photo', code: isMissing ? 'required' : 'not-a-file' }]);
}
