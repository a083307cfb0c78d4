import { Injectable } from '@nestjs/common';
import { keepablePhoto, PHOTO_TYPE } from '../shared/files/photo.js';
import { StoredFiles } from '../shared/files/stored-files.js';
import type { Answers } from './application.js';
import type { AnswersRead } from './answers.js';

/** Longest side of a photo that is kept, in pixels: whoever selects looks at details. */
const SIDE = 1600;

/** Photos of answers, made anew and not kept yet; by the id of the field. */
export type MadePhotos = ReadonlyMap<string, Buffer>;

/** Photos that come with answers. */
@Injectable()
export class ApplicationPhotos {
  constructor(private readonly files: StoredFiles) {}

  /** Decodes and encodes anew; takes time, so before any transaction. @throws PhotoTooLarge, NotAPhoto, PhotoUnusable */
  async make({ photos }: AnswersRead): Promise<MadePhotos> {
    const made = new Map<string, Buffer>();
    for (const [field, content] of photos) made.set(field, await keepablePhoto(content, SIDE));
    return made;
  }

  /** Keeps them in the open transaction. @returns the answers with their names, and the names alone */
  async keep(answers: Answers, made: MadePhotos): Promise<{ answers: Answers; hashes: string[] }> {
    const kept: Record<string, string> = {};
    for (const [field, content] of made) kept[field] = await this.files.keep(content, PHOTO_TYPE);
    return { answers: { ...answers, ...kept }, hashes: Object.values(kept) };
  }
}
