import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { readFormStream } from './form-stream.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bytes of a form with files that the route takes; unset: it takes none. */
    uploadBytes?: number;
  }
}

const MEGABYTE = 1024 * 1024;
/** Bytes after which nobody listens any more: until then the rest of a form that is too large is read and dropped. */
export const DEAF_AFTER = 64 * MEGABYTE;

/** Parts of one form; the largest of ours, a session's recordings, has some hundreds. */
const MOST_PARTS = 1000;
/** What stands between two parts, whatever the boundary. */
const BETWEEN_PARTS = '\r\n--';

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
    if (request.routeOptions.config?.stream === 'form') return readFormStream(request, payload, done);
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
        (error: unknown) => done(error instanceof Refused ? error : new Refused(400)),
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
  if (hasTooManyParts(body)) throw new Refused(413);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const texts = new Map<string, string[]>();
  const files = new Map<string, Buffer[]>();
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') listOf(texts, name).push(value);
    else {
      const file = Buffer.from(await value.arrayBuffer());
      names.set(file, value.name.split(/[\\/]/).at(-1) ?? '');
      listOf(files, name).push(file);
    }
  }
  const fields: Record<string, Field> = Object.create(null) as Record<string, Field>;
  for (const [name, all] of texts) fields[name] = all.length > 1 ? all : (all[0] ?? '');
  for (const [name, all] of files) {
    const last = all.at(-1);
    if (last) fields[name] = name.endsWith('[]') ? all.filter((file) => nameOfUpload(file) !== '') : last;
  }
  return fields;
}

function listOf<T>(lists: Map<string, T[]>, name: string): T[] {
  const known = lists.get(name);
  if (known) return known;
  const made: T[] = [];
  lists.set(name, made);
  return made;
}

/** Counted before anything is read: each part costs far more than its bytes. */
function hasTooManyParts(body: Buffer): boolean {
  let at = -1;
  for (let parts = 0; parts <= MOST_PARTS; parts += 1) {
    at = body.indexOf(BETWEEN_PARTS, at + 1, 'latin1');
    if (at < 0) return false;
  }
  return true;
}
