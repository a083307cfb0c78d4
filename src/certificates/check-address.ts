import type { AppConfig } from '../config/app-config.js';
import { publicAddress } from '../config/public-address.js';

/** Where anybody checks a certificate: printed, in the QR code, and shared. */
export function checkAddress(config: AppConfig, code: string): string {
  return `${publicAddress(config)}/v/${code}`;
}
