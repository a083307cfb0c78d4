import type { AppConfig } from '../config/app-config.js';
import { localSecret } from './local-secret.js';
import { randomInt } from 'node:crypto';

/** Letters and digits that nobody confuses when reading a password off a screen. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const LENGTH = 12;

/** Accounts of the demo campaigns; their people are invented. */
export const DEMO_ACCOUNTS = ['admin', 'manager', 'trainer', 'funder', 'auditor'] as const;

function readablePassword(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** The password of the demo accounts: the given one, else one made at the first start and kept. */
export async function demoPassword(config: AppConfig): Promise<string> {
  return config.QAFILA_DEMO_PASSWORD ?? localSecret(config.varDir, 'demo-password', readablePassword);
}

/** What a person sees when the server is ready. */
export function printWelcome(
  say: (line: string) => void,
  config: AppConfig,
  port: number,
  password?: string,
): void {
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
  say(`Qafila is ready at ${config.PUBLIC_URL ?? `http://${host}:${port}`}`);
  if (password === undefined) return;
  say('Demo accounts (invented people, this machine only):');
  for (const account of DEMO_ACCOUNTS) say(`  ${account}@qafila.test   ${password}`);
}
