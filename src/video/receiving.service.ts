import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { HttpException, Injectable } from '@nestjs/common';
import type { StaffActor } from '../shared/access/actor.js';
import { DomainError, NotFound } from '../shared/errors/domain-error.js';
import type { ComingFile } from '../shared/web/form-stream.js';
import { HeadGate } from './head-gate.js';
import { LARGEST_BYTES, type NewUpload, type Upload } from './upload.js';
import { UploadFinish } from './upload-finish.service.js';
import { UploadFolder } from './upload-folder.js';
import { type TusAnswer, UploadProtocol } from './upload-protocol.js';
import { NoRoomForVideo, NotAVideo, OffsetDiffers, VideoBrokeOff, VideoTooLarge } from './upload.errors.js';
import { UploadStore } from './upload.store.js';
import { Uploads } from './uploads.service.js';

/** Less is no room at all. */
const FULL_BELOW_BYTES = 16 * 1024 * 1024;
/** What a form has around its file, at most. */
const FORM_BYTES = 64 * 1024;

/** Takes bytes in: piece by piece under the protocol, or in one go by a form. */
@Injectable()
export class Receiving {
  constructor(
    private readonly uploads: Uploads,
    private readonly store: UploadStore,
    private readonly folder: UploadFolder,
    private readonly protocol: UploadProtocol,
    private readonly finish: UploadFinish,
  ) {}

  /** Begins an upload. @throws as {@link Uploads.begin} */
  async create(actor: StaffActor, asked: NewUpload, request: IncomingMessage): Promise<TusAnswer> {
    const id = await this.uploads.begin(actor, asked);
    try {
      const headers = {
        'tus-resumable': request.headers['tus-resumable'],
        'upload-length': String(asked.bytes),
      };
      return accepted(await this.protocol.answer({ method: 'POST', id, headers }));
    } catch (error) {
      await this.store.forget(id);
      await this.folder.remove(id);
      throw error;
    }
  }

  /** How far an upload is; one that has all its bytes is finished on the way. @throws NotFound, NotAVideo */
  async offset(actor: StaffActor, id: string, request: IncomingMessage): Promise<TusAnswer> {
    const upload = await this.uploads.own(actor, id);
    if (await this.isWhole(actor, upload)) return answerOf(200, upload);
    try {
      return accepted(await this.protocol.answer({ method: 'HEAD', id, headers: request.headers }));
    } catch (error) {
      // The row is there and its file is not: the process died between the two, or the disk was changed.
      if (error instanceof NotFound) await this.uploads.drop(id);
      throw error;
    }
  }

  /**
   * Takes the next bytes; with the last one the upload is finished.
   *
   * @throws NotFound, NotAVideo, OffsetDiffers, VideoTooLarge, NoRoomForVideo
   */
  async append(actor: StaffActor, id: string, request: IncomingMessage): Promise<TusAnswer> {
    const upload = await this.uploads.own(actor, id);
    const offset = Number(request.headers['upload-offset'] ?? NaN);
    if (await this.isWhole(actor, upload)) return nothingMore(upload, offset);
    const before = offset > 0 && Number.isInteger(offset) ? await this.head(id) : Buffer.alloc(0);
    if (!before) {
      // Another request has finished it since, or it was cancelled, or the disk was changed.
      if ((await this.store.find(id))?.state === 'received') return nothingMore(upload, offset);
      throw new NotFound('upload');
    }
    const gate = new HeadGate(before.subarray(0, offset || 0), offset || 0, upload.bytes);
    const answer = await this.write(id, request, gate);
    if (gate.refusal) {
      await this.uploads.drop(id, gate.refusal);
      throw gate.refusal;
    }
    await this.store.touch(id);
    if (answer.status >= 500 && (await this.folder.freeBytes()) < FULL_BELOW_BYTES)
      throw new NoRoomForVideo();
    const taken = accepted(answer);
    if (Number(taken.headers['upload-offset']) === upload.bytes) await this.finish.finish(actor, upload);
    return taken;
  }

  /** What the protocol can do here; for clients that ask first. */
  options(): Promise<TusAnswer> {
    return this.protocol.answer({ method: 'OPTIONS', id: '', headers: {} });
  }

  /**
   * Takes a whole file in, as a form sends it. What breaks off is gone: a form cannot go on.
   *
   * @param asked its `bytes` are those of the whole form, as announced; unknown: NaN
   * @throws as {@link Uploads.begin}; NotAVideo, VideoBrokeOff
   */
  async takeForm(actor: StaffActor, asked: NewUpload, file: ComingFile): Promise<void> {
    if (asked.bytes > LARGEST_BYTES + FORM_BYTES) throw new VideoTooLarge();
    const announced = Math.min(asked.bytes || LARGEST_BYTES, LARGEST_BYTES);
    const id = await this.uploads.begin(actor, { ...asked, bytes: announced });
    try {
      const gate = new HeadGate(Buffer.alloc(0), 0);
      gate.on('data', () => {
        if (gate.passed > LARGEST_BYTES) gate.destroy(new VideoTooLarge());
      });
      await pipeline(file.content, gate, createWriteStream(this.folder.file(id)));
      await this.store.measure(id, gate.passed);
      await this.finish.finish(actor, await this.uploads.own(actor, id));
    } catch (error) {
      await this.uploads.drop(id, error instanceof NotAVideo ? error : undefined);
      if (error instanceof DomainError) throw error;
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new NoRoomForVideo();
      throw file.content.errored ? new VideoBrokeOff() : error;
    }
  }

  /** Hands a request's bytes on, and ends cleanly when the phone is gone in the middle: what came stays. */
  private async write(id: string, request: IncomingMessage, gate: HeadGate): Promise<TusAnswer> {
    const cut = (): void => {
      if (!request.complete) gate.destroy(new Error('The request broke off'));
    };
    request.once('close', cut);
    request.pipe(gate);
    // Destroyed by whoever reads it; said there.
    gate.on('error', () => request.unpipe(gate));
    try {
      return await this.protocol.answer({ method: 'PATCH', id, headers: request.headers, body: gate });
    } finally {
      request.off('close', cut);
      request.unpipe(gate);
      gate.destroy();
    }
  }

  /** The beginning of what is there; undefined when the file is gone. */
  private async head(id: string): Promise<Buffer | undefined> {
    try {
      return await this.folder.head(id);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** True when all bytes are there; then they are kept. */
  private async isWhole(actor: StaffActor, upload: Upload): Promise<boolean> {
    if (upload.state === 'received') return true;
    const size = await this.folder.size(upload.id);
    // Its file may have gone into the store since its row was read.
    if (size === undefined) return (await this.store.find(upload.id))?.state === 'received';
    if (size !== upload.bytes) return false;
    await this.finish.finish(actor, upload);
    return true;
  }
}

/** The answer to whoever sends more of an upload that has all its bytes. @throws OffsetDiffers */
function nothingMore(upload: Upload, offset: number): TusAnswer {
  if (offset !== upload.bytes) throw new OffsetDiffers();
  return answerOf(204, upload);
}

function answerOf(status: number, { bytes }: Upload): TusAnswer {
  const headers = {
    'tus-resumable': '1.0.0',
    'upload-offset': String(bytes),
    'upload-length': String(bytes),
  };
  return { status, headers, text: '' };
}

/** Says a refusal of the protocol as the house says its own. @throws DomainError, HttpException */
function accepted(answer: TusAnswer): TusAnswer {
  if (answer.status < 400) return answer;
  if (answer.status === 404 || answer.status === 410) throw new NotFound('upload');
  if (answer.status === 409) throw new OffsetDiffers();
  if (answer.status === 413) throw new VideoTooLarge();
  throw new HttpException(answer.text, answer.status);
}
