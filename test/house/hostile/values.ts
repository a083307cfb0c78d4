import type { LightMyRequestResponse } from 'fastify';
import { isTurn } from '../../support/turns.js';

const DEEP = JSON.parse('['.repeat(2_000) + ']'.repeat(2_000)) as unknown;

/** Text that no column can hold as it is: it must be refused, or kept raw, and never be changed in silence. */
export const NOT_UNICODE: ReadonlyArray<readonly [string, string]> = [
  ['NUL', 'a\0b'],
  ['half a character', 'a\ud800b'],
];

/** Text that a program may stumble over. */
export const HOSTILE_TEXTS: ReadonlyArray<readonly [string, string]> = [
  ...NOT_UNICODE,
  ['10,000 characters', 'ف'.repeat(10_000)],
  ['nothing', ''],
  ['blanks', ' \u200f\t'],
  ['markup', `"><script>alert(1)</script><img src=x onerror=alert(1)>`],
  ['emoji of several parts', '👩🏽‍🌾👨‍👩‍👧‍👦'],
  ['marks of direction', '\u202eقافلة\u200f\u2066'],
  ['SQL', `1'; DROP TABLE person; --`],
  ['a template', '{{constructor.constructor("return process")()}}${7*7}'],
  ['a prototype', '__proto__'],
  ['a method', 'constructor'],
  ['a number below zero', '-1'],
  ['a number beyond all', '1e308'],
  ['no number', 'NaN'],
  ['a day that is not', '2027-02-30'],
  ['a week as a day', '2027-W01-1'],
  ['an hour that is not', '24:60'],
  ['an instant beyond all calendars', '+275760-09-13T00:00:00.001Z'],
  ['a path', '../../../../etc/passwd'],
];

/** The texts for the n-th field of a form: all in a long run, else those that found the most and every sixth other. */
export function textsFor(n: number): ReadonlyArray<readonly [string, string]> {
  const always = new Set(['NUL', 'markup', 'nothing']);
  return HOSTILE_TEXTS.filter(([name], i) => always.has(name) || isTurn(n, i, 6));
}

/** Values of every wrong kind for a field of a JSON body. */
export const HOSTILE_VALUES: ReadonlyArray<readonly [string, unknown]> = [
  ...HOSTILE_TEXTS,
  ['null', null],
  ['yes', true],
  ['zero', 0],
  ['less than zero', -1],
  ['a fraction', 1.5],
  ['more than an integer column', 1e9 * 9],
  ['beyond all integers', 1e308],
  ['an empty list', []],
  ['a list of nothing', [null]],
  ['a list of lists', [[['x']]]],
  ['10,000 times the same', new Array<string>(10_000).fill('x')],
  ['an empty object', {}],
  ['an object of strange keys', { constructor: 1, toString: 'x', $gt: '', '': {} }],
  ['a deep list', DEEP],
];

/** Parts of an address, already written for it. */
export const HOSTILE_PARTS: readonly string[] = [
  'x',
  '0199aaaa-0000-7000-8000-000000000000',
  '0199aaaa-0000-7000-8000-00000000000',
  '%00',
  '-1',
  '1e308',
  '__proto__',
  'constructor',
  'x'.repeat(290),
  encodeURIComponent(`' OR 1=1 --`),
  encodeURIComponent('👩🏽‍🌾\u202e'),
  encodeURIComponent('<script>alert(1)</script>'),
  '..%2f..%2fpackage.json',
  '%2e%2e',
];

const SNEAKED = ['<script>alert(1)', '<img src=x onerror'];

/** What is wrong with an answer as such, whatever was asked; undefined when nothing is. */
export function faultOf(answer: LightMyRequestResponse, isApi: boolean): string | undefined {
  const { statusCode, body } = answer;
  const type = String(answer.headers['content-type'] ?? '');
  if (statusCode >= 500) return `${statusCode} ${body.slice(0, 200)}`;
  if (type.includes('text/html') && SNEAKED.some((text) => body.includes(text)))
    return `${statusCode}: markup came back unescaped`;
  if (statusCode < 400 || !isApi) return undefined;
  if (!type.startsWith('application/problem+json')) return `${statusCode} as ${type}`;
  return problemFault(statusCode, JSON.parse(body) as Record<string, unknown>);
}

interface WrittenError {
  pointer?: unknown;
  code?: unknown;
  detail?: unknown;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.length > 0;

function problemFault(status: number, problem: Record<string, unknown>): string | undefined {
  const { code, type, title, detail } = problem;
  const told = `${status} ${String(code)}`;
  if (
    problem['status'] !== status ||
    type !== `/problems/${String(code)}` ||
    !isText(title) ||
    !isText(detail)
  )
    return `${told}: not a whole problem`;
  if (code === 'internal-error') return `${told}: no words of its own`;
  const errors = problem['errors'] as WrittenError[] | undefined;
  if (code !== 'invalid-fields') return undefined;
  if (!errors || errors.length === 0) return `${told}: names no field`;
  const isWhole = errors.every(
    (error) => isText(error.code) && isText(error.detail) && /^(\/|$)/.test(String(error.pointer)),
  );
  return isWhole ? undefined : `${told}: ${JSON.stringify(errors).slice(0, 200)}`;
}
