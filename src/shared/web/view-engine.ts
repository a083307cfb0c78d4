import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import view from '@fastify/view';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Handlebars from 'handlebars';
import { t } from '../i18n/i18n.js';
import { COMPILE_OPTIONS, registerHelpers } from './handlebars/helpers.js';
import { registerPartials } from './handlebars/partials.js';

interface Manifest {
  [name: string]: { path: string };
}

/** The built files by their logical names; the build writes the list. */
function readManifest(assetsRoot: string): Manifest {
  return JSON.parse(readFileSync(join(assetsRoot, 'manifest.json'), 'utf8')) as Manifest;
}

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
  assetsRoot: string,
): Promise<void> {
  const manifest = readManifest(assetsRoot);
  const icons = JSON.parse(readFileSync(join(assetsRoot, 'icons.json'), 'utf8')) as Record<string, string>;
  const handlebars = Handlebars.create();
  registerHelpers(handlebars, {
    translate: (locale, key, params) => t(locale, key, params as Record<string, string>),
    asset: (name) => {
      const file = manifest[name];
      if (!file) throw new Error(`No built file is named ${name}`);
      return file.path;
    },
    icon: (name) => {
      const body = icons[name];
      if (!body) throw new Error(`No icon is named ${name}`);
      return body;
    },
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
