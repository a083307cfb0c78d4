import type { FastifyReply } from 'fastify';
import { NotFound } from '../errors/domain-error.js';
import type { FileSender } from './file-sender.js';
import { PHOTO_TYPE } from '../files/photo.js';

/** Sends a photo that is nobody else's business. @throws NotFound when there is none, or none any more */
export async function sendPhoto(
  reply: FastifyReply,
  sender: FileSender,
  hash: string | null | undefined,
): Promise<void> {
  const file = hash && (await sender.stat(hash));
  if (!file) throw new NotFound('photo');
  void reply
    .header('cache-control', 'private, no-store')
    .header('content-disposition', 'inline')
    .type(PHOTO_TYPE);
  await sender.send(reply.request, reply, file);
}
