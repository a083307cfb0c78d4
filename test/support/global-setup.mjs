import { build } from '../../scripts/build.mjs';
import { startServers } from './start-servers.mjs';

/** Gives the end-to-end tests their servers, by environment variables that jest's workers inherit. */
export default async function globalSetup() {
  const started = performance.now();
  await build();
  const servers = await startServers();
  Object.assign(process.env, servers.env);
  globalThis.qafilaTestServers = servers;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `\nPostgreSQL ${process.env['QAFILA_TEST_PG'] ?? '18'} and Redis for the tests: ready in ${seconds} s`,
  );
}
