import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../shared/access/access-rule.js';
import { NotFound } from '../../shared/errors/domain-error.js';
import { FileStore } from '../../shared/files/file-store.js';
import { MediaShelf, type ShelvedFile } from '../../shared/files/media-shelf.service.js';
import { isListeningLanguage } from '../../shared/listening/listening-language.js';
import { attachmentHeaders } from './attachment-headers.js';
import { byteRangeOf } from './byte-range.js';
import { narrowed, type Wanted } from './master-playlist.js';
import { mediaTypeOf } from './media-type.js';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const DIGEST = /^[0-9a-f]{64}$/;

/** Public media of the courses, under addresses whose content never changes. */
@ApiExcludeController()
@Controller('media')
export class MediaController {
  constructor(
    private readonly shelf: MediaShelf,
    private readonly files: FileStore,
  ) {}

  @Get(':bundle/*')
  @Public()
  async file(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('bundle') bundle: string,
  ): Promise<void> {
    const path = (request.params as { '*': string })['*'];
    const file =
      DIGEST.test(bundle) && !path.includes('\0') ? await this.shelf.find(bundle, path) : undefined;
    if (!file) throw new NotFound('file');
    const wanted = path.endsWith('.m3u8') ? wantedOf(request) : undefined;
    const etag = `"${file.sha256.slice(0, 32)}${wanted?.height ?? ''}${wanted?.sound ?? ''}"`;
    void reply.headers({ etag, 'cache-control': IMMUTABLE, 'accept-ranges': 'bytes' });
    void reply.headers(attachmentHeaders(path));
    if (isKnown(request, etag)) return void (await reply.status(304).send());
    void reply.type(mediaTypeOf(path));
    if (wanted) return void (await reply.send(narrowed(await this.text(file), wanted)));
    await this.send(request, reply, file, etag);
  }

  private async text({ sha256 }: ShelvedFile): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.files.read(sha256)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }

  private async send(
    request: FastifyRequest,
    reply: FastifyReply,
    file: ShelvedFile,
    etag: string,
  ): Promise<void> {
    const { bytes, sha256 } = file;
    const condition = request.headers['if-range'];
    const asked = condition === undefined || condition === etag ? request.headers.range : undefined;
    const range = byteRangeOf(asked, bytes);
    if (range === 'unsatisfiable') {
      void reply.removeHeader('cache-control').header('content-range', `bytes */${bytes}`);
      return void (await reply.status(416).send());
    }
    if (range === 'whole') {
      void reply.header('content-length', bytes);
      return void (await reply.send(await this.files.read(sha256)));
    }
    void reply.headers({
      'content-range': `bytes ${range.start}-${range.end}/${bytes}`,
      'content-length': range.end - range.start + 1,
    });
    await reply.status(206).send(await this.files.read(sha256, range));
  }
}

function isKnown(request: FastifyRequest, etag: string): boolean {
  const header = request.headers['if-none-match'];
  return (
    header !== undefined &&
    (header === '*' || header.split(/,\s*/).some((tag) => tag.replace(/^W\//, '') === etag))
  );
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
