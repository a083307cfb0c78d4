import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { FastifyRequest } from 'fastify';

/** A file of a form while it comes; whoever reads it must do so before answering. */
export interface ComingFile {
  /** As whoever sent it calls it, without any folder. */
  readonly name: string;
  readonly content: Readable;
}

/** Texts of a form that come before its file, and the file under its own name. */
export type ComingForm = Readonly<Record<string, string | ComingFile>>;

/** Texts of such a form: some words each, never a text that somebody writes. */
const LIMITS = { fieldSize: 2000, fields: 20, files: 1, parts: 30, fieldNameSize: 100, headerPairs: 20 };

/** What carries a status to the error filter. */
class Unreadable extends Error {
  readonly statusCode = 400;
}

/**
 * Reads a form as far as its file begins: `_csrf` and the other texts stand before it in our forms, so that what is
 * refused is refused before the file is read. A form without a file ends with its texts.
 */
export function readFormStream(
  request: FastifyRequest,
  payload: Readable,
  done: (error: Error | null, body?: ComingForm) => void,
): void {
  const fields = Object.create(null) as Record<string, string | ComingFile>;
  let parser: InstanceType<typeof Busboy>;
  try {
    const headers = { ...request.headers, 'content-type': request.headers['content-type'] ?? '' };
    parser = new Busboy({ headers, limits: LIMITS });
  } catch {
    return done(new Unreadable('A form without a boundary'));
  }
  let isTold = false;
  const tell = (error: Error | null): void => {
    if (isTold) return;
    isTold = true;
    if (error) payload.unpipe(parser);
    done(error, error ? undefined : fields);
  };
  let coming: Readable | undefined;
  parser.on('field', (name, value) => {
    fields[name] = value;
  });
  parser.on('file', (name, content, filename) => {
    coming = content;
    // It may break off before anybody reads it, and an error that nobody hears ends the process; its reader is told too.
    content.on('error', () => undefined);
    fields[name] = { name: filename?.split(/[\\/]/).at(-1) ?? '', content };
    tell(null);
  });
  const fail = (): void => {
    coming?.destroy(new Unreadable('The form broke off'));
    tell(new Unreadable('No form, or not a whole one'));
  };
  parser.on('error', fail);
  parser.on('finish', () => tell(null));
  payload.on('error', fail);
  payload.on('close', () => {
    if (!request.raw.complete) fail();
  });
  payload.pipe(parser);
}

/** The file of a form that came as a stream; undefined when none was chosen. */
export function comingFile(form: unknown, field: string): ComingFile | undefined {
  const value = (form as ComingForm | undefined)?.[field];
  return typeof value === 'object' && value.name !== '' ? value : undefined;
}
