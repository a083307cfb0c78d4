import type { FastifyReply } from 'fastify';
import { NotFound } from '../errors/domain-error.js';
import type { FileStore } from '../files/file-store.js';
import { PHOTO_TYPE } from '../files/photo.js';

/** Sends a photo that is nobody else's business. @throws NotFound when there is none, or none any more */
export async function sendPhoto(
  reply: FastifyReply,
  files: FileStore,
  hash: string | null | undefined,
): Promise<void> {
  const file = hash && (await files.stat(hash));
  if (!file) throw new NotFound('photo');
  void reply
    .header('cache-control', 'private, no-store')
    .header('content-disposition', 'inline')
    .header('content-length', String(file.bytes))
    .type(PHOTO_TYPE);
  await reply.send(await files.read(file.hash));
}
