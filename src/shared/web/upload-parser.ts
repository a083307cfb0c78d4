import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bytes of a form with files that the route takes; unset: it takes none. */
    uploadBytes?: number;
  }
}

const MEGABYTE = 1024 * 1024;
/** Bytes after which nobody listens any more: until then the rest of a form that is too large is read and dropped. */
const DEAF_AFTER = 64 * MEGABYTE;

/** A form with a file is larger than its route takes. */
class UploadTooLarge extends DomainError {
  readonly kind = 'too-large';
  readonly code = 'body-too-large';
  override readonly params;
  override readonly facts;

  constructor(limitBytes: number) {
    super(`A form of more than ${limitBytes} bytes`);
    this.params = { limit: `${Math.floor(limitBytes / MEGABYTE)} MB` };
    this.facts = { limitBytes };
  }
}

/** What carries a status to the error filter. */
class Refused extends Error {
  constructor(readonly statusCode: number) {
    super(`Refused with ${statusCode}`);
  }
}

/** Names that files came with; beside the buffers, which are all that most forms ask for. */
const names = new WeakMap<Buffer, string>();

/** The name that a file of a form came with, without any folder; whoever sent it chose it. */
export function nameOfUpload(file: Buffer): string {
  return names.get(file) ?? '';
}

/** Every file of a field that takes several. */
export function uploadsOf(value: unknown): Buffer[] {
  return [value].flat().filter((each): each is Buffer => Buffer.isBuffer(each) && nameOfUpload(each) !== '');
}

/** Forms with files, on the routes that take them: texts as texts, files as buffers. Elsewhere the type is refused unread. */
export function takeUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('multipart/form-data', { bodyLimit: DEAF_AFTER }, (request, payload, done) => {
    const limit = request.routeOptions.config?.uploadBytes;
    if (limit === undefined) return done(new Refused(415));
    const chunks: Buffer[] = [];
    let bytes = 0;
    payload.on('data', (chunk: Buffer) => {
      const fitted = bytes <= limit;
      bytes += chunk.length;
      if (bytes <= limit) chunks.push(chunk);
      // The answer goes out at once; a browser that is cut off while it sends would not see it.
      else if (fitted) done(new UploadTooLarge(limit));
      if (bytes > DEAF_AFTER) payload.destroy();
    });
    payload.on('error', done);
    payload.on('end', () => {
      if (bytes > limit) return;
      fieldsOf(Buffer.concat(chunks), request.headers['content-type'] ?? '').then(
        (fields) => done(null, fields),
        () => done(new Refused(400)),
      );
    });
  });
}

type Field = string | string[] | Buffer | Buffer[];

/**
 * A name that comes several times holds the list of its texts, as in forms without files. A name that ends with `[]`
 * holds all its files; of any other the last file counts.
 */
async function fieldsOf(body: Buffer, type: string): Promise<Record<string, Field>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields: Record<string, Field> = Object.create(null) as Record<string, Field>;
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') {
      const before = fields[name];
      const texts = [before, value].flat().filter((text) => typeof text === 'string');
      fields[name] = texts.length > 1 ? texts : value;
      continue;
    }
    const file = Buffer.from(await value.arrayBuffer());
    names.set(file, value.name.split(/[\\/]/).at(-1) ?? '');
    fields[name] = name.endsWith('[]') ? [...uploadsOf(fields[name]), file] : file;
  }
  return fields;
}
