import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

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
  // By `.swcrc`, as the build: it writes the types of constructors out, which Nest asks for.
  const { code } = await transform(await readFile(filename, 'utf8'), { filename, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
