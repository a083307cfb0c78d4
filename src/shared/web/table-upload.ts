import { InvalidFields } from '../errors/domain-error.js';
import { MAX_TABLE_BYTES } from '../tables/table-limits.js';
import { nameOfUpload } from './upload-parser.js';

/** The file and what a form puts around it. */
export const TABLE_FORM_BYTES = MAX_TABLE_BYTES + 64 * 1024;

/** The file of a form. @throws InvalidFields when none was chosen */
export function tableFile(body: unknown): Buffer {
  const file: unknown = typeof body === 'object' && body !== null && 'file' in body ? body.file : undefined;
  if (!Buffer.isBuffer(file) || nameOfUpload(file) === '')
    throw new InvalidFields([{ pointer: '/file', code: 'file-required' }]);
  return file;
}
