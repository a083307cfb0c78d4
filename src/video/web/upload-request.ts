import type { IncomingHttpHeaders } from 'node:http';
import { Metadata } from '@tus/server';
import { type FieldError, InvalidFields } from '../../shared/errors/domain-error.js';
import { isSpoken, type Spoken } from '../upload.js';

/** What somebody asks for who begins an upload; `bytes` of the whole file. */
export interface AskedUpload {
  readonly course: string;
  readonly module: string;
  readonly part: string;
  readonly spoken: Spoken;
  readonly fileName: string;
  readonly bytes: number;
}

const LONGEST_NAME = 200;
/** Ids and slugs are shorter. */
const LONGEST_KEY = 200;

/**
 * Reads the headers that begin an upload: `Upload-Length`, and `Upload-Metadata` with `course`, `module`, `part`,
 * `spoken`, `filename`.
 *
 * @throws InvalidFields naming each that is missing or wrong, `bytes` for the length
 */
export function askedUpload(headers: IncomingHttpHeaders): AskedUpload {
  const errors: FieldError[] = [];
  const told = metadataOf(headers, errors);
  const key = (name: 'course' | 'module' | 'part'): string => {
    const value = told[name] ?? '';
    if (value === '') errors.push({ pointer: `/${name}`, code: 'required' });
    else if (value.length > LONGEST_KEY) errors.push({ pointer: `/${name}`, code: 'too-long' });
    return value;
  };
  const place = { course: key('course'), module: key('module'), part: key('part') };
  const spoken = spokenIn(told['spoken'] ?? '', errors);
  const fileName = cleanName(told['filename'] ?? '');
  if (fileName === '') errors.push({ pointer: '/filename', code: 'required' });
  const bytes = lengthOf(headers, errors);
  if (errors.length > 0 || !spoken) throw new InvalidFields(errors);
  return { ...place, spoken, fileName, bytes };
}

/** The language of a form or of metadata. */
export function spokenIn(text: string, errors: FieldError[]): Spoken | undefined {
  if (isSpoken(text)) return text;
  errors.push({ pointer: '/spoken', code: text === '' ? 'required' : 'not-a-choice' });
  return undefined;
}

/** A name as it is shown and kept: no folder, nothing that changes how the text around it reads, not too long. */
export function cleanName(given: string): string {
  const name = (given.split(/[\\/]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  return [...name].slice(0, LONGEST_NAME).join('');
}

function metadataOf(headers: IncomingHttpHeaders, errors: FieldError[]): Record<string, string | null> {
  const text = String(headers['upload-metadata'] ?? '');
  if (text.trim() === '') return {};
  try {
    return Metadata.parse(text);
  } catch {
    errors.push({ pointer: '/metadata', code: 'wrong-shape' });
    return {};
  }
}

function lengthOf(headers: IncomingHttpHeaders, errors: FieldError[]): number {
  const text = String(headers['upload-length'] ?? '');
  const bytes = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (text === '') errors.push({ pointer: '/bytes', code: 'required' });
  else if (Number.isNaN(bytes)) errors.push({ pointer: '/bytes', code: 'not-a-whole-number' });
  else if (bytes < 1) errors.push({ pointer: '/bytes', code: 'too-small' });
  return bytes;
}
