import {
  chown,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterHome } from './cluster-home.js';
import { EmbeddedPostgresFailed } from './embedded.errors.js';
import { settingsText } from './pg-settings.js';
import { defuseStalePidFile, livePostmaster, type Postmaster } from './postmaster.js';
import { runCommand, runShell, type Outcome } from './run-command.js';
import { makeSocketDir } from './socket-dir.js';

/** How a cluster is to be run, beyond where it lives. */
export interface PgClusterOptions {
  home: ClusterHome;
  /** Port on 127.0.0.1; absent: unix socket only. */
  tcpPort?: number | undefined;
  /** Overrides of settings by name. */
  settings?: Record<string, string> | undefined;
}

/** Superuser of the cluster, and owner of the database. */
export const SUPERUSER = 'qafila';

/** Time limits in seconds. Recovery after a crash replays at most `max_wal_size`, but on a slow disk. */
const LIMIT_S = { initdb: 300, start: 180, stopFast: 6, stopAtOnce: 3 };

/** Written last: a data folder without it is unfinished. */
const READY = 'qafila-ready';

/** Our settings, beside the data folder and included by its `postgresql.conf`. */
const SETTINGS = 'settings.conf';

/** Largest log file kept across a start, in bytes. */
const MAX_LOG_BYTES = 20_000_000;

/** One PostgreSQL data folder and the server on it, driven by `initdb` and `pg_ctl`. */
export class PgCluster {
  readonly dataDir: string;
  private readonly logDir: string;
  private readonly startLog: string;

  constructor(private readonly options: PgClusterOptions) {
    const { base } = options.home;
    this.dataDir = join(base, 'data');
    this.logDir = join(base, 'log');
    this.startLog = join(this.logDir, 'start.log');
  }

  /** True when `initdb` once ran to its end: the data folder gets its name only then. */
  isInitialised(): boolean {
    return existsSync(join(this.dataDir, 'PG_VERSION')) && existsSync(join(this.dataDir, READY));
  }

  /** Major version that made the data. */
  async dataMajor(): Promise<number> {
    return Number.parseInt(await readFile(join(this.dataDir, 'PG_VERSION'), 'utf8'), 10);
  }

  /** The server that runs on the data, also one that an earlier process left; null when none does. */
  async status(): Promise<Postmaster | null> {
    return livePostmaster(this.dataDir);
  }

  /**
   * Makes the data folder: in a folder of its own name, moved into place when complete, so that a start that was killed
   * half-way (and whose initdb may still be running) leaves nothing that could be mistaken for data.
   */
  async init(secret: string): Promise<void> {
    const { base, runAs, binaries } = this.options.home;
    await this.removeLeftovers();
    const fresh = await mkdtemp(join(base, 'init-'));
    const pwfile = `${fresh}.password`;
    await writeFile(pwfile, secret, { mode: 0o600 });
    if (runAs) await Promise.all([fresh, pwfile].map((path) => chown(path, runAs.uid, runAs.gid)));
    const noSync = this.options.settings?.['fsync'] === 'off' ? ['--no-sync'] : [];
    const outcome = await this.program('initdb', LIMIT_S.initdb, [
      ...[
        '-D',
        fresh,
        '--username',
        SUPERUSER,
        '--pwfile',
        pwfile,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
      ],
      // Without these, a machine without LANG gets SQL_ASCII, where an Arabic letter counts for two.
      ...(binaries.major >= 17
        ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8']
        : ['--locale=C.UTF-8']),
      ...['--no-instructions', ...noSync],
    ]);
    await rm(pwfile, { force: true });
    if (outcome.code !== 0) throw failed('could not be set up', outcome.output);
    const script = `printf '%s\\n' "$2" >> "$1/postgresql.conf" && : > "$1/$3"`;
    await runShell(script, [fresh, `include '../${SETTINGS}'`, READY], runAs);
    if (noSync.length === 0) await syncFiles([join(fresh, 'postgresql.conf'), join(fresh, READY), fresh]);
    await rename(fresh, this.dataDir);
  }

  /** Starts the server and waits until it takes connections. */
  async start(): Promise<Postmaster> {
    const { base, runAs } = this.options.home;
    await this.ownFolder(this.logDir);
    await this.trimLogs();
    // Replaced, not overwritten: root may have written the last one into an ordinary user's folder.
    await rm(join(base, SETTINGS), { force: true });
    await writeFile(join(base, SETTINGS), await this.settings());
    const sinceMs = Date.now();
    let outcome: Outcome;
    for (let attempt = 0; ; attempt++) {
      await defuseStalePidFile(this.dataDir, join(base, 'pid.spare'), runAs);
      await this.clearSocketDir();
      await rm(this.startLog, { force: true });
      outcome = await this.pgCtl(LIMIT_S.start, [
        'start',
        '-w',
        '-t',
        String(LIMIT_S.start),
        '-l',
        this.startLog,
      ]);
      // Backends of a killed server need a moment to notice and leave.
      const busy = (await readFile(this.startLog, 'utf8').catch(() => '')).includes('shared memory block');
      if (outcome.code === 0 || !busy || attempt === 40) break;
      await sleep(500);
    }
    const server = await this.status();
    if (outcome.code !== 0 || !server)
      throw failed('did not start', (await this.lastWords(sinceMs)) || outcome.output);
    return server;
  }

  /** Stops the server: transactions are rolled back, clients cut off. Returns when it is gone. */
  async stop(): Promise<void> {
    const server = await this.status();
    if (!server) return;
    for (const [mode, limit] of [
      ['fast', LIMIT_S.stopFast],
      ['immediate', LIMIT_S.stopAtOnce],
    ] as const) {
      const { code } = await this.pgCtl(limit + 2, ['stop', '-m', mode, '-w', '-t', String(limit)]);
      if (code !== 0 && (await this.status())) continue;
      // One outside of ours must not pile up in the temporary folder.
      const own = join(this.options.home.base, 'run');
      if (server.socketDir.startsWith('/') && server.socketDir !== own) {
        await rmdir(server.socketDir).catch(() => undefined);
      }
      return;
    }
    throw failed('did not stop');
  }

  /** True when the running server was started with the settings we would start it with. */
  async settingsAreCurrent(): Promise<boolean> {
    const running = await readFile(join(this.options.home.base, SETTINGS), 'utf8').catch(() => '');
    return running === (await this.settings());
  }

  private async settings(): Promise<string> {
    const { home, tcpPort, settings } = this.options;
    const socketDir = await makeSocketDir(home.base, home.runAs);
    return settingsText({
      major: home.binaries.major,
      socketDir,
      logDir: this.logDir,
      tcpPort,
      extra: settings,
    });
  }

  private async program(name: string, limitS: number, args: string[]): Promise<Outcome> {
    const { binaries, runAs } = this.options.home;
    return runCommand({ file: join(binaries.binDir, name), args, runAs, timeoutMs: limitS * 1000 });
  }

  private async pgCtl(limitS: number, args: string[]): Promise<Outcome> {
    return this.program('pg_ctl', limitS + 10, ['-s', '-D', this.dataDir, ...args]);
  }

  private async ownFolder(path: string): Promise<void> {
    const { runAs } = this.options.home;
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (runAs) await chown(path, runAs.uid, runAs.gid);
  }

  /** The socket's own lock file has the same trouble with reused process ids as the pid file; nobody else uses the folder. */
  private async clearSocketDir(): Promise<void> {
    const dir = await makeSocketDir(this.options.home.base, this.options.home.runAs);
    for (const name of await readdir(dir))
      if (name.startsWith('.s.PGSQL.')) await rm(join(dir, name), { force: true });
  }

  private async removeLeftovers(): Promise<void> {
    const { base } = this.options.home;
    for (const name of await readdir(base)) {
      // An initdb that outlived its node may still write there: then a later start removes the rest.
      if (name.startsWith('init-'))
        await rm(join(base, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }

  /** A file of last week is of no use, and a server started every Monday would append to Monday's for ever. */
  private async trimLogs(): Promise<void> {
    const oldest = Date.now() - 6 * 24 * 3600 * 1000;
    for (const name of await readdir(this.logDir)) {
      const path = join(this.logDir, name);
      const { size, mtimeMs } = await stat(path);
      if (size > MAX_LOG_BYTES || mtimeMs < oldest) await rm(path, { force: true });
    }
  }

  /** The end of what the server wrote at this start: first to the start log, later to the log of the day. */
  private async lastWords(sinceMs: number): Promise<string> {
    const ends: string[] = [];
    for (const name of (await readdir(this.logDir)).sort()) {
      const path = join(this.logDir, name);
      if ((await stat(path)).mtimeMs < sinceMs) continue;
      ends.push((await readFile(path, 'utf8')).trim().split('\n').slice(-6).join('\n'));
    }
    return ends.join('\n');
  }
}

function failed(what: string, output = ''): EmbeddedPostgresFailed {
  const reason =
    output.split('\n').findLast((line) => /FATAL|PANIC|ERROR|error:/.test(line)) ?? output.split('\n').at(-1);
  return new EmbeddedPostgresFailed(reason ? `${what} (${reason.trim()})` : what, output);
}

async function syncFiles(paths: string[]): Promise<void> {
  for (const path of paths) {
    const file = await open(path, 'r');
    await file.sync().finally(() => file.close());
  }
}
