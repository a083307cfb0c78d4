import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** The one file that asks Node and PostgreSQL about zones, to compare them. */
const EXCEPTION = 'src/shared/clock/zone-readers.ts';

/** Ways to a zone that is not the clock's: the runtime's, the server's own zone, or the database's. */
const FORBIDDEN: readonly RegExp[] = [
  /Intl\s*\.\s*DateTimeFormat/,
  /\.toLocale(Date|Time)String\b/,
  /\.get(Hours|Minutes|Date|Day|Month|FullYear|TimezoneOffset)\(/,
  /\.set(Hours|Minutes|Date|Month|FullYear)\(/,
  /\bAT\s+TIME\s+ZONE\b/i,
  /['"]moment(-timezone)?['"]/,
];
const ZONE_PACKAGE = /['"]moment(-timezone)?['"]/;

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(ts|sql|hbs|mjs)$/.test(entry.name) && !/spec\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** UTC needs no zone data; and a comment may name what is forbidden. */
const HARMLESS = /^\s*(\*|\/\/|\/\*)|timeZone: 'UTC'/;

/** Lines that leave the clock's path, as `file:line`. */
function offences(path: string): string[] {
  const name = relative(ROOT, path);
  const rules =
    name === 'src/shared/clock/zone-data.ts'
      ? FORBIDDEN.filter((rule) => rule.source !== ZONE_PACKAGE.source)
      : FORBIDDEN;
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, n) =>
      !HARMLESS.test(line) && rules.some((rule) => rule.test(line)) ? [`${name}:${n + 1}`] : [],
    );
}

it('no code outside the clock converts zones, by Intl, by SQL or by the zone of the server', () => {
  const files = sources(join(ROOT, 'src')).filter((path) => relative(ROOT, path) !== EXCEPTION);
  expect(files.length).toBeGreaterThan(5);
  expect(files.flatMap(offences)).toEqual([]);
});

it('the check sees the one file that may', () => {
  expect(offences(join(ROOT, EXCEPTION)).length).toBeGreaterThan(0);
});
