import { InvalidFields } from '../../shared/errors/domain-error.js';
import { MAX_TABLE_BYTES } from '../../shared/tables/table-limits.js';
import { nameOfUpload } from '../../shared/web/upload-parser.js';

/** The file and what a form puts around it. */
export const IMPORT_FORM_BYTES = MAX_TABLE_BYTES + 64 * 1024;

/** The file of a form. @throws InvalidFields when none was chosen */
export function importFile(body: unknown): Buffer {
  const file: unknown = typeof body === 'object' && body !== null && 'file' in body ? body.file : undefined;
  if (!Buffer.isBuffer(file) || nameOfUpload(file) === '')
    throw new InvalidFields([{ pointer: '/file', code: 'file-required' }]);
  return file;
}
