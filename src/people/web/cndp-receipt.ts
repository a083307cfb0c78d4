import type { AppConfig } from '../../config/app-config.js';
import { leftToRight } from './left-to-right.js';

/** Number of the CNDP's receipt to show: an invented one in the demo, none where none was configured. */
export function cndpReceipt(config: AppConfig): string | undefined {
  const receipt = config.QAFILA_CNDP_RECEIPT ?? (config.isDemo ? 'D-000/2027' : undefined);
  return receipt && leftToRight(receipt);
}
