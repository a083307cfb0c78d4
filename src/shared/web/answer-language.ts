import type { FastifyRequest } from 'fastify';
import { isLocale, type Locale } from '../i18n/i18n.js';

/** The language of an API answer: `?lang=` when it names one of ours, else what the request asks for. */
export function answerLanguage(request: FastifyRequest): Locale {
  const { lang } = request.query as { lang?: unknown };
  return isLocale(lang) ? lang : request.locale;
}
