import type { AppConfig } from './app-config.js';

/** Address of the installation as people type it; a demo without one answers on its own machine. */
export function publicAddress(config: AppConfig): string {
  const { PUBLIC_URL, HOST, PORT } = config;
  return PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}
