import { hasWords, type Locale, type Params, t } from '../shared/i18n/i18n.js';
import type { Channel } from './message.js';
import { toGsm } from './gsm-text.js';

/** A template without words: a mistake in the code. */
export class UnknownTemplate extends Error {
  constructor(template: string) {
    super(`No words for a message called ${template}`);
  }
}

/**
 * The text of a message in the reader's language; an SMS in Latin script uses letters that cost one place. Those of an
 * e-mail have their subject beside them, in a word of that name.
 */
export function messageText(
  template: string,
  channel: Channel,
  language: Locale,
  values: Params = {},
): string {
  const text = words(template, language, values);
  return channel === 'sms' && language !== 'ar' ? toGsm(text) : text;
}

/** The subject of an e-mail, in one line. */
export function mailSubject(template: string, language: Locale, values: Params = {}): string {
  return words(template.replace(/[^.:]+$/, 'subject'), language, values).replace(/\s+/g, ' ');
}

function words(template: string, language: Locale, values: Params): string {
  const key = template.includes(':') ? template : `messages:${template}`;
  if (!hasWords(language, key)) throw new UnknownTemplate(template);
  return t(language, key, values);
}

/** The same text with stars in place of the values that open something. */
export function withoutSecrets(values: Params, secrets: readonly string[]): Params {
  return { ...values, ...Object.fromEntries(secrets.map((name) => [name, '******'])) };
}
