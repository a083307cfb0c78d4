/** Runs a script of Node with the servers of the tests: `node test/support/with-servers.mjs scripts/schema.mjs --check`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startServers } from './start-servers.mjs';

const servers = await startServers();
const child = spawn(process.execPath, process.argv.slice(2), {
  stdio: 'inherit',
  env: { ...process.env, ...servers.env },
});
const [code] = await once(child, 'exit');
await servers.stop();
process.exit(code ?? 1);
