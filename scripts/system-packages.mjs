/** What the tests need from the system: found, installed with apt where that is possible, or asked for by name. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../test/support/programs.mjs';

/** Debian's package, and how one sees that what it brings is there. */
const NEEDED = [
  { name: 'redis-server', isThere: () => findProgram('redis-server') },
  // Only its programs: the tests make their own clusters.
  { name: 'postgresql-15', isThere: () => findProgram('/usr/lib/postgresql/15/bin/postgres') },
  { name: 'ffmpeg', isThere: () => findProgram('ffmpeg') && findProgram('ffprobe') },
  // Readers of the PDFs we write.
  {
    name: 'poppler-utils',
    isThere: () => findProgram('pdftotext') && findProgram('pdftoppm') && findProgram('pdfinfo'),
  },
  { name: 'qpdf', isThere: () => findProgram('qpdf') },
  // A web server in front of ours, and an object store that speaks S3: what the documentation says of them is run.
  { name: 'nginx-light', isThere: () => findProgram('nginx') },
  {
    name: 'python3-swift',
    isThere: () => existsSync('/usr/lib/python3/dist-packages/swift/common/middleware/s3api'),
  },
  // A reader of calendars besides those from npm.
  {
    name: 'python3-vobject',
    isThere: () => existsSync('/usr/lib/python3/dist-packages/vobject'),
  },
  // Certificates of the sites that tests lead links to.
  { name: 'openssl', isThere: () => findProgram('openssl') },
  {
    name: 'chromium',
    isThere: () => findProgram('chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'),
  },
  {
    name: 'fonts-noto-core',
    // Arabic in screenshots where a page's own font does not apply.
    isThere: () => existsSync('/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf'),
  },
];

/** What the tests can do without, and take much longer: not every system has it. */
const WELCOME = [
  // Chromium without the windows of a browser, which nobody sees here and which take two thirds of its time.
  { name: 'chromium-headless-shell', isThere: () => findProgram('chromium-headless-shell') },
];

function missing(packages) {
  return packages.filter(({ isThere }) => !isThere()).map(({ name }) => name);
}

/** The beginning of a command that may install packages; null where nobody may. */
function privileged() {
  const environment = ['DEBIAN_FRONTEND=noninteractive'];
  const env = findProgram('env');
  if (!env || !findProgram('apt-get')) return null;
  if (process.geteuid?.() === 0) return [env, ...environment];
  const sudo = findProgram('sudo');
  if (sudo && spawnSync(sudo, ['-n', 'true']).status === 0) return [sudo, '-n', env, ...environment];
  return null;
}

function apt(prefix, args) {
  const [program, ...rest] = [
    ...prefix,
    findProgram('apt-get'),
    '-o',
    'DPkg::Lock::Timeout=300',
    '-qq',
    ...args,
  ];
  return spawnSync(program, rest, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/**
 * Makes sure that everything is there, and what is welcome where it can be had.
 *
 * @throws Error that names the missing packages
 */
export function requireSystemPackages(log) {
  const prefix = privileged();
  const wanted = [missing(NEEDED), missing(WELCOME)].filter((names) => names.length > 0);
  if (wanted.length === 0) return;
  // A failed update may be one unreachable source of several: what counts is whether the packages arrive.
  if (prefix) apt(prefix, ['update']);
  for (const names of prefix ? wanted : []) {
    log(`Installing from the system's packages: ${names.join(', ')}`);
    apt(prefix, ['install', '-y', '--no-install-recommends', ...names]);
  }
  const still = missing(NEEDED);
  if (still.length === 0) return;
  const how = prefix
    ? 'apt-get could not install them'
    : 'they cannot be installed from here (not root, no sudo)';
  throw new Error(`Missing packages: ${still.join(', ')}; ${how}. Run: apt-get install ${still.join(' ')}`);
}
