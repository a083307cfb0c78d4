import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** The compiler of the build and of the unit tests: it writes the types of constructors out, which Nest asks for. */
const OPTIONS = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2022',
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

const isOurs = (url) => url?.startsWith('file:') && !url.includes('/node_modules/');

/** Our sources name the JavaScript that will be built of them; here they are read as they are. */
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && specifier.endsWith('.js') && isOurs(context.parentURL)) {
    return await next(`${specifier.slice(0, -3)}.ts`, context).catch(() => next(specifier, context));
  }
  return await next(specifier, context);
}

export async function load(url, context, next) {
  const { pathname } = new URL(url);
  if (!pathname.endsWith('.ts') || !isOurs(url)) return await next(url, context);
  const filename = fileURLToPath(new URL(pathname, url));
  const { code } = await transform(await readFile(filename, 'utf8'), { ...OPTIONS, filename });
  return { format: 'module', source: code, shortCircuit: true };
}
