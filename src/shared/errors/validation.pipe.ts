import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { type FieldError, InvalidFields } from './domain-error.js';

/** class-validator's rule names → our stable codes; the sentence of a code is in `errors/locales`. */
const CODES: Readonly<Record<string, string>> = {
  isDefined: 'required',
  isNotEmpty: 'required',
  whitelistValidation: 'unknown-field',
  isIn: 'not-a-choice',
  isEnum: 'not-a-choice',
  isInt: 'not-a-whole-number',
  isNumber: 'not-a-number',
  min: 'too-small',
  max: 'too-large',
  minLength: 'too-short',
  maxLength: 'too-long',
  isLength: 'wrong-length',
  isUuid: 'not-an-id',
  isEmail: 'not-an-email',
  isISO8601: 'not-a-date',
  isBoolean: 'not-a-yes-or-no',
  isString: 'not-text',
  isArray: 'not-a-list',
  arrayMaxSize: 'too-many',
  arrayMinSize: 'too-few',
  arrayUnique: 'repeated',
  isObject: 'not-an-object',
  nestedValidation: 'not-an-object',
  matches: 'wrong-shape',
};

/** `contexts[rule]` may carry `{ code, params }`, so that a DTO names limits and codes of its own. */
interface RuleContext {
  code?: string;
  params?: Record<string, string | number>;
}

function flatten(errors: readonly ValidationError[], prefix = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${prefix}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const [rule] = Object.keys(error.constraints ?? {});
    const own: FieldError[] = [];
    if (rule !== undefined) {
      const missing = error.value === undefined || error.value === null || error.value === '';
      const context = error.contexts?.[rule] as RuleContext | undefined;
      const code =
        missing && rule !== 'whitelistValidation' ? 'required' : (context?.code ?? CODES[rule] ?? 'invalid');
      own.push({ pointer, code, ...(context?.params ? { params: context.params } : {}) });
    }
    return [...own, ...flatten(error.children ?? [], pointer)];
  });
}

/** One entry per field that is wrong; an unknown field is an error, never dropped in silence. */
export const validationPipe = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: true },
  exceptionFactory: (errors) => new InvalidFields(flatten(errors)),
});
