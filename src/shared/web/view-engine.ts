import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import view from '@fastify/view';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Handlebars from 'handlebars';
import { t } from '../i18n/i18n.js';
import type { BuiltFiles } from './built-files.js';
import { formatPhone } from './handlebars/phone-text.js';
import { COMPILE_OPTIONS, registerHelpers } from './handlebars/helpers.js';
import { registerPartials } from './handlebars/partials.js';

/** `shared` and every feature may have partials; a name is taken once. */
function partialFolders(sourceRoot: string): string[] {
  return readdirSync(sourceRoot)
    .map((feature) => join(sourceRoot, feature, 'web/views/partials'))
    .filter((folder) => existsSync(folder));
}

/** Handlebars behind @fastify/view. `production` keeps compiled templates: it otherwise compiles at each render. */
export async function useViews(
  app: NestFastifyApplication,
  sourceRoot: string,
  built: BuiltFiles,
): Promise<void> {
  const handlebars = Handlebars.create();
  registerHelpers(handlebars, {
    translate: (locale, key, params) => t(locale, key, params as Record<string, string>),
    asset: (name) => built.file(name).path,
    phone: formatPhone,
    icon: (name) => built.icon(name),
  });
  for (const folder of partialFolders(sourceRoot)) registerPartials(handlebars, folder);
  await app.register(view, {
    engine: { handlebars },
    root: sourceRoot,
    production: true,
    maxCache: 2000,
    options: { compileOptions: COMPILE_OPTIONS },
  });
}
