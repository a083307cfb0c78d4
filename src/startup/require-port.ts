import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AppConfig } from '../config/app-config.js';

/**
 * Opens the port and lets go of it: one that is taken is told before a database is started or a job is begun.
 *
 * @throws EADDRINUSE, EACCES, EADDRNOTAVAIL
 */
export async function requirePort({ answersRequests, PORT, HOST }: AppConfig): Promise<void> {
  if (!answersRequests) return;
  const probe = createServer().listen(PORT, HOST);
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
