import { HttpException } from '@nestjs/common';
import {
  DomainError,
  type ErrorKind,
  type Facts,
  type FieldError,
  InvalidFields,
  TooMany,
} from './domain-error.js';
import { fieldDetail } from './field-detail.js';
import { hasWords, type Locale, type Params, t } from '../i18n/i18n.js';
import { postgresFailure } from '../database/database.errors.js';

const STATUS: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  unsupported: 415,
  invalid: 422,
  'too-many': 429,
  unavailable: 503,
};

/** Codes of what the framework itself refuses, by HTTP status. */
const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'malformed',
  401: 'sign-in-required',
  403: 'role-not-allowed',
  404: 'not-found',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  409: 'conflict',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'unsupported-media-type',
  422: 'invalid-fields',
  429: 'too-many-requests',
  503: 'unavailable',
};

/** What the edge tells of an error, before it is put into words. */
export interface Failure {
  status: number;
  code: string;
  params: Params;
  facts: Facts;
  errors?: readonly FieldError[];
  retryAfterSeconds?: number;
}

/** RFC 9457 problem details with `code`, the field errors and the error's own facts as extension members. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  errors?: Array<FieldError & { detail: string }>;
  [extension: string]: unknown;
}

// A statement or lock took too long, or the server is starting, stopping or out of connections.
const BUSY_STATES = new Set(['57014', '55P03', '57P01', '57P02', '57P03', '53300', '08006', '08001']);
const BUSY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ETIMEDOUT']);
const BUSY_RETRY_SECONDS = 5;

function isBusy(error: Error): boolean {
  if (BUSY_STATES.has(postgresFailure(error)?.code ?? '')) return true;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'connect' && BUSY_CODES.has(code ?? '');
}

// A page that refers to a row that is gone, or text PostgreSQL cannot hold: bad input, not a bug.
const BAD_INPUT_STATES = new Set(['22P02', '22021', '22003', '22007', '22008', '22P05']);

/** Maps any error to its status and code. Unexpected ones become a bare 500: their message may hold SQL or a path. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DomainError) {
    return {
      status: STATUS[error.kind],
      code: error.code,
      params: error.params,
      facts: error.facts,
      ...(error instanceof InvalidFields ? { errors: error.errors } : {}),
      ...(error instanceof TooMany ? { retryAfterSeconds: error.retryAfterSeconds } : {}),
    };
  }
  const blank = { params: {}, facts: {} };
  const status = statusOf(error);
  if (status !== undefined && status < 500)
    return { ...blank, status, code: CODE_OF_STATUS[status] ?? 'malformed', ...bodyLimit(status) };
  if (error instanceof Error && isBusy(error)) {
    return { ...blank, status: 503, code: 'unavailable', retryAfterSeconds: BUSY_RETRY_SECONDS };
  }
  if (BAD_INPUT_STATES.has(postgresFailure(error)?.code ?? ''))
    return { ...blank, status: 422, code: 'invalid-fields' };
  return {
    ...blank,
    status: status === 503 ? 503 : 500,
    code: status === 503 ? 'unavailable' : 'internal-error',
  };
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : undefined;
}

// A feature's own limit is a domain error; what is left with this status is the limit of every body.
function bodyLimit(status: number): Partial<Failure> {
  return status === 413 ? { params: { limit: '1 MB' }, facts: { limitBytes: BODY_LIMIT_BYTES } } : {};
}

/** Largest JSON or form body, in bytes. */
export const BODY_LIMIT_BYTES = 1024 * 1024;

export { fieldDetail };

/** Errors named in one answer: whoever has more sends no form of ours, and gets no megabytes back. */
const MOST_ERRORS = 100;

/** Puts a failure into the reader's words. `instance` is the id of the request in the logs. */
export function problemOf(failure: Failure, locale: Locale, instance: string): Problem {
  const key = hasWords(locale, `errors:${failure.code}.title`) ? failure.code : 'internal-error';
  return {
    ...failure.facts,
    type: `/problems/${failure.code}`,
    title: t(locale, `errors:${key}.title`, failure.params),
    status: failure.status,
    detail: t(locale, `errors:${key}.detail`, failure.params),
    instance,
    code: failure.code,
    ...(failure.errors
      ? {
          errors: failure.errors
            .slice(0, MOST_ERRORS)
            .map((error) => ({ ...error, detail: fieldDetail(locale, error) })),
        }
      : {}),
  };
}
