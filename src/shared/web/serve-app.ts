import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { directionOf, LOCALES, t } from '../i18n/i18n.js';
import type { BuiltFiles } from './built-files.js';

/** What the page without a network is made of: in every language, kept as soon as the service worker is there. */
const SHELL = ['site.css', 'site.js', 'offline.js', 'readex-latin.woff2', 'readex-arabic.woff2'];
const PAPER = '#fbf7ef';
const PRIMARY_DEEP = '#073b47';

/** The installed application in the reader's language: its name, where it begins, its icons. */
function manifestFor({ locale }: FastifyRequest, built: BuiltFiles): object {
  const icons = (['icon', 'maskable'] as const).flatMap((drawing) =>
    [192, 512].map((size) => ({
      src: built.file(`${drawing}-${size}.png`).path,
      ...{ sizes: `${size}x${size}`, type: 'image/png' },
      purpose: drawing === 'icon' ? 'any' : 'maskable',
    })),
  );
  return {
    // One application in whichever language: a person who changes theirs has not another one.
    id: '/',
    name: t(locale, 'web:app.name'),
    short_name: t(locale, 'web:name'),
    description: t(locale, 'web:app.description'),
    ...{ lang: locale, dir: directionOf(locale) },
    ...{ start_url: `/${locale}/courses`, scope: '/', display: 'standalone' },
    ...{ background_color: PAPER, theme_color: PRIMARY_DEEP },
    categories: ['education', 'business'],
    icons,
  };
}

/**
 * What makes the site an application that is installed: a manifest for each language, and the service worker, at the
 * root because it may only look after what lies below it. Its text names the files it keeps, so that it changes with them.
 */
export function serveApp(app: NestFastifyApplication, built: BuiltFiles): void {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const shell = {
    pages: LOCALES.map((locale) => `/${locale}/offline`),
    files: SHELL.map((name) => built.file(name).path),
  };
  const worker = `self.SHELL=${JSON.stringify(shell)};\n${built.text('service-worker.js')}`;
  const config = { access: 'public' as const };
  fastify.get('/sw.js', { config }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(worker),
  );
  fastify.get('/app.webmanifest', { config }, (request, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .type('application/manifest+json; charset=utf-8')
      .send(JSON.stringify(manifestFor(request, built))),
  );
}
