import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresUnavailable } from './embedded.errors.js';
import { runCommand, type SystemUser } from './run-command.js';

/** The system user PostgreSQL runs as when Qafila itself runs as root, which PostgreSQL refuses. */
export const SERVICE_USER = 'qafila';

/** Home of the service user, and of data and binaries that it could not reach elsewhere. */
export const SERVICE_HOME = '/var/lib/qafila';

/** True when this process is root. */
export function isRoot(): boolean {
  return process.geteuid?.() === 0;
}

/**
 * Finds a system user without rights and creates it when it is missing. Only root may call it.
 *
 * @param name of its own for each purpose: who may not read another's files must not be that other
 * @throws EmbeddedPostgresUnavailable
 */
export async function ensureServiceUser(
  log: (line: string) => void,
  name = SERVICE_USER,
): Promise<SystemUser> {
  const known = await findUser(name);
  if (known) return known;
  const useradd = ['/usr/sbin/useradd', '/sbin/useradd', '/usr/bin/useradd'].find((path) => existsSync(path));
  if (!useradd) throw unavailable(name, 'there is no useradd');
  const args = ['--system', '--user-group', '--no-create-home', '--home-dir', SERVICE_HOME];
  const shell = ['--shell', '/usr/sbin/nologin', name];
  let output = '';
  // Another start may hold the lock on /etc/passwd, or have just created the same user.
  for (let attempt = 0; attempt < 5; attempt++) {
    ({ output } = await runCommand({ file: useradd, args: [...args, ...shell], timeoutMs: 30_000 }));
    const created = await findUser(name);
    if (created) {
      log(
        `Not everything may run as root: created the system user ${name} (uid ${created.uid}) without rights`,
      );
      return created;
    }
    await sleep(300);
  }
  throw unavailable(name, `useradd said: ${output}`);
}

async function findUser(name: string): Promise<SystemUser | null> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
  if (uid === undefined || gid === undefined) return null;
  if (uid === '0') throw unavailable(name, `the user ${name} is root itself`);
  return { uid: Number(uid), gid: Number(gid), name };
}

function unavailable(name: string, reason: string): EmbeddedPostgresUnavailable {
  return new EmbeddedPostgresUnavailable(
    `Not everything may run as root, and the system user ${name} could not be created (${reason})`,
  );
}
