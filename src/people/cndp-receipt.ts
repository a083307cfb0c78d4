import type { AppConfig } from '../config/app-config.js';

/** Number of the CNDP's receipt: an invented one in the demo, none where none was configured. */
export function cndpReceipt(config: AppConfig): string | undefined {
  return config.QAFILA_CNDP_RECEIPT ?? (config.isDemo ? 'D-000/2027' : undefined);
}
