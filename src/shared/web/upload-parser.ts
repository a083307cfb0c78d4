import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bytes of a form with files that the route takes; unset: it takes none. */
    uploadBytes?: number;
  }
}

/** Bytes of the largest form with a file that any route takes. */
const LARGEST = 16 * 1024 * 1024;

/** What carries a status to the error filter. */
class Refused extends Error {
  constructor(readonly statusCode: number) {
    super(`Refused with ${statusCode}`);
  }
}

/** Forms with files, on the routes that take them: texts as texts, files as buffers. Elsewhere the type is refused unread. */
export function takeUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('multipart/form-data', { bodyLimit: LARGEST }, (request, payload, done) => {
    const limit = request.routeOptions.config?.uploadBytes;
    if (limit === undefined) return done(new Refused(415));
    const chunks: Buffer[] = [];
    let bytes = 0;
    payload.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limit) chunks.push(chunk);
      else payload.destroy(new Refused(413));
    });
    payload.on('error', done);
    payload.on('end', () => {
      fieldsOf(Buffer.concat(chunks), request.headers['content-type'] ?? '').then(
        (fields) => done(null, fields),
        () => done(new Refused(400)),
      );
    });
  });
}

async function fieldsOf(body: Buffer, type: string): Promise<Record<string, string | Buffer>> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields: Record<string, string | Buffer> = Object.create(null) as Record<string, string | Buffer>;
  for (const [name, value] of form.entries())
    fields[name] = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer());
  return fields;
}
