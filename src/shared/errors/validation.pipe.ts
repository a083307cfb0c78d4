import { type ArgumentMetadata, ValidationPipe, type ValidationError } from '@nestjs/common';
import { misshapen, notUnicode } from './body-shape.js';
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

/** A value of the wrong kind is told so before its length or size is judged: a list is not "too long". */
const KINDS = [
  'isDefined',
  'isString',
  'isInt',
  'isNumber',
  'isBoolean',
  'isArray',
  'isObject',
  'nestedValidation',
];

function ruleOf(constraints: Readonly<Record<string, string>> = {}): string | undefined {
  return KINDS.find((rule) => rule in constraints) ?? Object.keys(constraints)[0];
}

function flatten(errors: readonly ValidationError[], prefix = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${prefix}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const rule = ruleOf(error.constraints);
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

/**
 * The framework's pipe with what it does not look at: a body too deep or too large for readers that visit all of it, and
 * texts that the database would refuse or change. Bodies that a feature reads by itself pass untouched.
 */
class InputPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isInput = metadata.type === 'body' || metadata.type === 'query';
    if (!isInput || !this.toValidate(metadata)) return super.transform(value, metadata);
    const fault = misshapen(value);
    if (fault) throw new InvalidFields([fault]);
    const checked: unknown = await super.transform(value, metadata);
    const unreadable = notUnicode(value);
    if (unreadable.length > 0) throw new InvalidFields(unreadable);
    return checked;
  }
}

/** One entry per field that is wrong; an unknown field is an error, never dropped in silence. */
export const validationPipe = new InputPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: true },
  exceptionFactory: (errors) => new InvalidFields(flatten(errors)),
});
