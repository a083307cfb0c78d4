import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FileSender, isKnown } from '../../shared/web/file-sender.js';
import { FileStore } from '../../shared/files/file-store.js';
import type { ShelvedFile } from '../../shared/files/media-shelf.service.js';
import { isListeningLanguage } from '../../shared/listening/listening-language.js';
import { attachmentHeaders } from './attachment-headers.js';
import { narrowed, type Wanted } from './master-playlist.js';
import { mediaTypeOf } from './media-type.js';

/** Sends one file of a bundle, as whoever may have it is told to keep it. */
@Injectable()
export class MediaAnswer {
  constructor(
    private readonly files: FileStore,
    private readonly sender: FileSender,
  ) {}

  /**
   * @param caching value of `cache-control`
   * @param stays nobody ever takes the file off the shelf
   */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ShelvedFile,
    caching: string,
    { stays = false }: { stays?: boolean } = {},
  ): Promise<void> {
    const { path, sha256, bytes } = file;
    const wanted = path.endsWith('.m3u8') ? wantedOf(request) : undefined;
    const etag = `"${sha256.slice(0, 32)}${wanted?.height ?? ''}${wanted?.sound ?? ''}"`;
    void reply
      .headers({ etag, 'cache-control': caching, ...attachmentHeaders(path) })
      .type(mediaTypeOf(path));
    if (wanted === undefined) return this.sender.send(request, reply, { hash: sha256, bytes }, { stays });
    if (isKnown(request, etag)) return void (await reply.status(304).send());
    await reply.send(narrowed(await this.text(sha256), wanted));
  }

  private async text(sha256: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.files.read(sha256)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
}

/** `?height=240&sound=ary` asks a master playlist for the pictures of that height, and that language, alone. */
function wantedOf(request: FastifyRequest): Wanted | undefined {
  const { height, sound } = request.query as { height?: unknown; sound?: unknown };
  const wanted = {
    ...(typeof height === 'string' && /^\d{2,4}$/.test(height) ? { height: Number(height) } : {}),
    ...(sound === 'none' || isListeningLanguage(sound) ? { sound } : {}),
  };
  return Object.keys(wanted).length > 0 ? wanted : undefined;
}
