import { demoId } from './demo-id.js';

/** The campaign that is over, with its people, and the one that is open. */
export const CAMPAIGN_2021 = demoId('campaign apdn-2021');
export const CAMPAIGN_2027 = demoId('campaign caravane-2027');
