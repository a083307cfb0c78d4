import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app-config.js';
import { FileStore, type StoredFile } from '../files/file-store.js';
import { SmallFiles } from '../files/small-files.js';
import { storedPath } from '../files/stored-path.js';
import { byteRangeOf } from './byte-range.js';

/** Answers with stored files, whole or in part. */
@Injectable()
export class FileSender {
  constructor(
    private readonly files: FileStore,
    private readonly small: SmallFiles,
    private readonly config: AppConfig,
  ) {}

  /** @returns undefined when there is no such file */
  stat(hash: string): Promise<StoredFile | undefined> {
    return this.files.stat(hash);
  }

  /**
   * Sends a file under the headers that the reply has already: its type, how long it may be kept, its `etag`.
   * Answers 206 and 416 where a range is asked for, 304 where `etag` is known. Where a web server in front of us has the
   * files, it is told which one to send, in which part, and how long what it sends may be kept.
   *
   * @param stays nobody ever removes the file, so that it may be sent from memory
   */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    file: StoredFile,
    { stays = false }: { stays?: boolean } = {},
  ): Promise<void> {
    const etag = reply.getHeader('etag');
    if (typeof etag === 'string' && isKnown(request, etag)) return void (await reply.status(304).send());
    const { hash, bytes } = file;
    const front = this.config.QAFILA_ACCEL_PATH;
    if (front !== undefined && isLeftToFront(request, bytes)) {
      // As `cache-control` it would stay on a refusal of the server in front, which may be kept by nobody.
      const keep = reply.getHeader('cache-control');
      void reply.removeHeader('cache-control').header('x-stored-cache-control', keep);
      return void (await reply.header('x-accel-redirect', `${front}${storedPath(hash)}`).send());
    }
    void reply.header('accept-ranges', 'bytes');
    const range = byteRangeOf(rangeAsked(request, etag), bytes);
    if (range === 'unsatisfiable') {
      void reply.header('cache-control', 'no-store').header('content-range', `bytes */${bytes}`);
      return void (await reply.status(416).send());
    }
    const known = stays && request.method === 'GET' ? await this.small.read(file) : undefined;
    if (range === 'whole')
      return this.stream(request, reply, bytes, async () => known ?? this.files.read(hash));
    void reply.status(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
    return this.stream(
      request,
      reply,
      range.end - range.start + 1,
      async () => known?.subarray(range.start, range.end + 1) ?? this.files.read(hash, range),
    );
  }

  private async stream(
    { method }: FastifyRequest,
    reply: FastifyReply,
    bytes: number,
    read: () => Promise<Readable | Buffer>,
  ): Promise<void> {
    void reply.header('content-length', bytes);
    // Who asks for the headers alone makes nobody read a film; an empty stream leaves the length as it is said.
    await reply.send(method === 'HEAD' ? Readable.from([]) : await read());
  }
}

/** True when the client has this very content (RFC 9110 §13.1.2). */
export function isKnown(request: FastifyRequest, etag: string): boolean {
  const header = request.headers['if-none-match'];
  return (
    header !== undefined &&
    (header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
  );
}

/** A range that we would not send a part for is answered here: nginx would refuse it under the headers of the file. */
function isLeftToFront({ headers }: FastifyRequest, bytes: number): boolean {
  return headers.range === undefined || typeof byteRangeOf(headers.range, bytes) === 'object';
}

/** A range counts for GET alone (§14.2), and under `If-Range` only for the content that the client has a part of. */
function rangeAsked({ method, headers }: FastifyRequest, etag: unknown): string | undefined {
  const condition = headers['if-range'];
  return method === 'GET' && (condition === undefined || condition === etag) ? headers.range : undefined;
}
