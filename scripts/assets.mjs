import { createHash } from 'node:crypto';
import { readFile, readdir, mkdir, writeFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import Handlebars from 'handlebars';
import sharp from 'sharp';

/** Oldest browsers whose pages we keep whole; older ones still get the HTML. */
const TARGET = ['es2020', 'safari15', 'chrome87', 'firefox90'];
const STYLE_ENTRY = 'src/shared/web/styles/site.css';
const ICON_LIST = 'src/shared/web/icons.json';
/** The drawings of the installed application: as it is, and with room around it for a phone that cuts its icons. */
const APP_ICONS = 'src/shared/web/app-icons';
/** Pixels of a side, by the drawing. */
const APP_ICON_SIZES = { icon: [192, 512], maskable: [180, 192, 512] };
/** As the server compiles its views (`COMPILE_OPTIONS`). */
const VIEW_OPTIONS = { explicitPartialContext: true, preventIndent: true };
/** URL under which `outDir` is served, without a trailing slash. */
const PUBLIC_PATH = '/assets';

/** What a first page may weigh; a heavier file stops the build. */
const BUDGETS = { 'site.css': { gzBytes: 15 * 1024 }, 'site.js': { bytes: 3 * 1024 } };

const brotli = promisify(brotliCompress);
const gz = promisify(gzip);

/** Every `.ts` directly inside a `browser/` folder is a page script of its own; deeper files are their parts. */
async function browserEntries(root) {
  const files = await readdir(path.join(root, 'src'), { recursive: true, withFileTypes: true });
  const entries = files
    .filter((f) => f.isFile() && path.basename(f.parentPath) === 'browser')
    .filter((f) => f.name.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(f.name))
    .map((f) => path.join(f.parentPath, f.name))
    .sort();
  const byName = new Map();
  for (const file of entries) {
    const name = path.basename(file, '.ts');
    if (byName.has(name))
      throw new Error(`Two browser scripts are called ${name}: ${byName.get(name)} and ${file}`);
    byName.set(name, file);
  }
  return byName;
}

/** What a script of ours shares with the server, as a phone needs it: words that were stored, compiled views, icons. */
const sharedWithServer = (root) => ({
  name: 'shared-with-server',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/i18n\/i18n\.js$/ }, () => ({
      path: path.join(root, 'src/shared/i18n/phone-words.ts'),
    }));
    onLoad({ filter: /\.hbs$/ }, async (view) => {
      const source = await readFile(view.path, 'utf8');
      return { contents: `export const view = ${Handlebars.precompile(source, VIEW_OPTIONS)}`, loader: 'js' };
    });
    onResolve({ filter: /^built:icons$/ }, () => ({ path: 'icons', namespace: 'built' }));
    onLoad({ filter: /^icons$/, namespace: 'built' }, async () => ({
      contents: `export const icons = ${JSON.stringify(await icons(root))}`,
      loader: 'js',
    }));
  },
});

/** One esbuild run for one entry, so that no chunk is ever shared and each page loads one file. */
async function bundle(root, outDir, name, file) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: { [name]: file },
    outdir: outDir,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: TARGET,
    charset: 'utf8',
    legalComments: 'none',
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    publicPath: PUBLIC_PATH,
    plugins: [sharedWithServer(root)],
    metafile: true,
    logLevel: 'warning',
  });
  return Object.entries(result.metafile.outputs).map(([output, meta]) => ({
    logical: logicalName(output, meta),
    file: path.resolve(root, output),
  }));
}

/** `dist/assets/site-ABCD1234.css` is known to templates as `site.css`. */
function logicalName(output, meta) {
  const extension = path.extname(output);
  const source = meta.entryPoint ?? Object.keys(meta.inputs)[0];
  return path.basename(source, path.extname(source)) + extension;
}

/** The bodies of the listed icons (stroke inherited), written for the `icon` helper; inlining them costs no request. */
async function icons(root) {
  const names = JSON.parse(await readFile(path.join(root, ICON_LIST), 'utf8'));
  const set = createRequire(path.join(root, 'package.json'))('@iconify-json/lucide/icons.json').icons;
  const bodies = {};
  for (const name of names) {
    if (!set[name]) throw new Error(`${ICON_LIST} names "${name}", which lucide does not have`);
    // The presentation attributes are the same on every icon: the stylesheet's `.icon` carries them once.
    bodies[name] = set[name].body
      .replace(
        / (fill="none"|stroke="currentColor"|stroke-linecap="round"|stroke-linejoin="round"|stroke-width="2")/g,
        '',
      )
      .replace(/^<g>(.*)<\/g>$/, '$1');
  }
  return bodies;
}

/** The icons of the installed application as PNG, which every phone takes, under hashed names. */
async function appIcons(root, outDir) {
  const outputs = [];
  for (const [drawing, sizes] of Object.entries(APP_ICON_SIZES)) {
    const source = await readFile(path.join(root, APP_ICONS, `${drawing}.svg`));
    for (const size of sizes) {
      const png = await sharp(source, { density: size }).resize(size, size).png({ palette: true }).toBuffer();
      const hash = createHash('sha256').update(png).digest('hex').slice(0, 8).toUpperCase();
      const file = path.join(outDir, `${drawing}-${size}-${hash}.png`);
      await writeFile(file, png);
      outputs.push({ logical: `${drawing}-${size}.png`, file });
    }
  }
  return outputs;
}

/** Writes `.br` and `.gz` beside a text file and says how heavy each is; fonts and pictures are already compressed. */
async function describe(file) {
  const content = await readFile(file);
  const entry = { path: `${PUBLIC_PATH}/${path.basename(file)}`, bytes: content.length };
  if (/\.(woff2|png)$/.test(file)) return entry;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  const [br, zipped] = await Promise.all([brotli(content, { params }), gz(content, { level: 9 })]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, zipped)]);
  return { ...entry, brBytes: br.length, gzBytes: zipped.length };
}

/** Refuses a build whose shared files have outgrown the first page. */
function keepBudgets(manifest) {
  for (const [name, limits] of Object.entries(BUDGETS)) {
    for (const [measure, limit] of Object.entries(limits)) {
      const size = manifest[name]?.[measure];
      if (size === undefined || size > limit)
        throw new Error(`${name}: ${measure} is ${size}, at most ${limit}`);
    }
  }
}

/**
 * Builds everything a browser loads into `outDir`, under content-hashed names, and writes `manifest.json`
 * (logical name → `{ path, bytes, brBytes?, gzBytes? }`, sizes in bytes) and `icons.json` (name → SVG body).
 */
export async function buildAssets({ root, outDir }) {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const outputs = await bundle(root, outDir, 'site', STYLE_ENTRY);
  for (const [name, file] of await browserEntries(root))
    outputs.push(...(await bundle(root, outDir, name, file)));
  outputs.push(...(await appIcons(root, outDir)));

  const manifest = {};
  for (const { logical, file } of outputs) {
    const known = manifest[logical];
    if (known && known.path !== `${PUBLIC_PATH}/${path.basename(file)}`)
      throw new Error(`Two assets are called ${logical}`);
    manifest[logical] ??= await describe(file);
  }
  keepBudgets(manifest);
  await writeFile(path.join(outDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await writeFile(path.join(outDir, 'icons.json'), `${JSON.stringify(await icons(root))}\n`);
  return manifest;
}

/** A short digest of the manifest, for pages that name one version of all assets (service worker, caches). */
export function assetsVersion(manifest) {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex').slice(0, 12);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const manifest = await buildAssets({ root, outDir: path.join(root, 'dist/assets') });
  for (const [name, entry] of Object.entries(manifest)) {
    process.stdout.write(
      `${name}\t${entry.bytes} B\tbr ${entry.brBytes ?? '-'}\tgz ${entry.gzBytes ?? '-'}\n`,
    );
  }
}
